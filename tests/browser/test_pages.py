"""What the page shows beside the forms and the claims: eligibility, a caseload, the rules, one's own ticket."""

from __future__ import annotations

import re

import pytest
from reader import Reader

PLACES = [
    ("harbor-submitter", ""),
    ("harbor-submitter", "check"),
    ("harbor-submitter", "unclaimed"),
    ("harbor-submitter", "assignability"),
    ("harbor-submitter", "filed/payment-requests"),
    ("harbor-submitter", "rules"),
    ("harbor-submitter", "rules/P1-02"),
    ("harbor-submitter", "nowhere"),
    ("cedar-submitter", ""),
    ("field-office", ""),
    ("beneficiary", "ticket"),
]


@pytest.mark.parametrize(("user", "way"), PLACES)
def test_every_place_can_be_read_by_everybody(reader: Reader, user: str, way: str) -> None:
    """No barrier that axe knows; one heading of the first level; nothing refused."""
    reader.sign_in(user)
    reader.open(way)
    assert reader.barriers() == []
    assert reader.page.get_by_role("heading", level=1).count() == 1
    assert reader.page.get_by_role("alert").count() == 0


def test_narrow_screens_scroll_down_alone(reader: Reader) -> None:
    """On a telephone nothing stands beside the screen but what scrolls by itself."""
    reader.page.set_viewport_size({"width": 360, "height": 740})
    reader.sign_in("harbor-submitter")
    for way in ["", "check", "forms/payment-requests", "filed/payment-requests", "rules", "unclaimed"]:
        reader.open(way)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360, way


def test_a_ticket_is_looked_up_and_each_payment_explained(reader: Reader) -> None:
    """The ledger, why a payment is payable, and whether another would be paid for a month."""
    page, world = reader.page, reader.house.world
    person = world.who("Seven months at the trial work level")
    reader.sign_in("harbor-submitter")
    reader.open("check")
    page.get_by_label("Beneficiary SSN").fill(person["ssn"])
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table").wait_for()
    told = reader.house.ask("harbor-submitter", "POST", "/v1/eligibility/ledger", {"ssn": person["ssn"]}).json
    row = page.get_by_role("row", name=re.compile("^Phase 1 Milestone 2 "))
    assert {"payable": "Payable", "paid": "Paid"}[told["rows"][1]["status"]] in row.inner_text()
    page.get_by_role("button", name="Why: Phase 1 Milestone 2").click()
    page.get_by_role("heading", name=re.compile("^Payable: ")).wait_for()
    assert reader.barriers() == []
    claim = {"payment": "p1m4", "month": person["case"]["earnings"][-1]["month"]}
    page.get_by_label("Payment").select_option(claim["payment"])
    page.get_by_label("Claim month").fill(claim["month"])
    page.get_by_role("button", name="Would it be paid?").click()
    page.get_by_role("heading", name="Not payable").wait_for()
    answer = reader.house.ask("harbor-submitter", "POST", "/v1/eligibility", {"ssn": person["ssn"], "claim": claim})
    shown = page.locator("#why").inner_text()
    for reason in answer.json["reasons"]:
        if reason["holds"] is False:
            assert reason["text"] in shown
    page.get_by_text("rules that were asked").click()
    assert page.locator("#why tbody tr").count() == len(answer.json["reasons"])
    assert reader.barriers() == []


def test_a_number_that_is_not_theirs_is_answered_as_the_portal_does(reader: Reader) -> None:
    """One sentence."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("check")
    page.get_by_label("Beneficiary SSN").fill("900-12-3456")
    page.get_by_role("button", name="Look up").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "does not have a ticket assigned with this organization" in alert.inner_text()


def test_unclaimed_payments_are_those_of_the_api(reader: Reader) -> None:
    """In its order, by the last day of a request."""
    page = reader.page
    told = reader.house.ask("harbor-submitter", "GET", "/v1/unclaimed").json["unclaimed"]
    assert told["rows"]
    reader.sign_in("harbor-submitter")
    reader.open("unclaimed")
    shown = page.get_by_role("row").all_inner_texts()[1:]
    assert [row.split("\t")[0] for row in shown] == [row["ticket"] for row in told["rows"]]


def test_assignability_answers_each_number_and_shows_none_whole(reader: Reader) -> None:
    """In the order of the numbers; what is none is told."""
    page, world = reader.page, reader.house.world
    held = world.held_by("EN-HARBOR")[0]["ssn"]
    reader.sign_in("harbor-submitter")
    reader.open("assignability")
    page.get_by_label("SSNs").fill(f"{held}\n123\n")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table").wait_for()
    rows = page.get_by_role("row").all_inner_texts()[1:]
    assert len(rows) == 2
    assert "Assigned to you" in rows[0]
    assert "not a Social Security number" in rows[1]
    assert held not in page.get_by_role("table").inner_text()
    assert reader.barriers() == []


def test_a_sign_in_that_is_over_leads_back_to_the_sign_in(reader: Reader) -> None:
    """With nothing of whoever it was; and from there to where one was."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("unclaimed")
    page.evaluate(
        """() => {
            const [name] = Object.keys(sessionStorage).filter((each) => each.startsWith("oidc.user:"));
            sessionStorage.setItem(name, JSON.stringify({ ...JSON.parse(sessionStorage[name]), access_token: "over" }));
        }"""
    )
    page.reload()
    page.get_by_role("button", name="Sign in").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
    page.get_by_role("button", name="Sign in").click()
    page.locator("a[href$='user=harbor-submitter']").click()
    page.get_by_role("heading", name="Unclaimed payments").wait_for()
    assert page.url == f"{reader.house.address}/#/unclaimed"


def test_a_server_that_does_not_answer_is_told(reader: Reader) -> None:
    """In a sentence, not by an empty page."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    page.route("**/v1/unclaimed", lambda route: route.abort())
    reader.open("unclaimed")
    page.get_by_role("alert").wait_for()
    assert "does not answer" in page.get_by_role("alert").inner_text()
    reader.complaints.clear()


def test_the_keyboard_is_enough(reader: Reader) -> None:
    """The first stop leads past the navigation, and a form is reviewed by Enter."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("check")
    page.reload()
    reader.settle()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "usa-skipnav"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ssn"
    page.keyboard.type("900123456")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
