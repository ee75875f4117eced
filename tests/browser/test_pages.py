"""What the page shows beside the forms and the claims: eligibility, a caseload, the rules, one's own ticket."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from drafts import employer
from playwright.sync_api import Page, Route, expect
from reader import Reader
from walk import acknowledging

PLACES = [
    ("harbor-submitter", ""),
    ("harbor-submitter", "check"),
    ("harbor-submitter", "unclaimed"),
    ("harbor-submitter", "assignability"),
    ("harbor-submitter", "filed/payment-requests"),
    ("harbor-submitter", "rules"),
    ("harbor-submitter", "rules/P1-02"),
    ("harbor-submitter", "rules/parameters"),
    ("harbor-submitter", "nowhere"),
    ("cedar-submitter", ""),
    ("field-office", ""),
    ("program-manager", ""),
    ("beneficiary", ""),
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
    """On a telephone nothing stands beside the screen, not in a table either."""
    page = reader.page
    page.set_viewport_size({"width": 320, "height": 640})
    reader.sign_in("harbor-submitter")
    forms = ["forms/payment-requests", "filed/payment-requests"]
    for way in ["", "check", *forms, "assignability", "unclaimed", "rules", "rules/P1-02", "rules/parameters"]:
        reader.open(way)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, way
        assert page.evaluate(WIDE) == [], way
        assert reader.barriers() == [], way


# The tables that are wider than their place.
WIDE = """[...document.querySelectorAll(".table")]
    .filter((it) => it.scrollWidth > it.clientWidth)
    .map((it) => it.innerText)"""


def test_a_table_wraps_its_sentences_and_is_a_stop_only_where_it_scrolls(reader: Reader) -> None:
    """Its rows have a head, and so has every column."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("unclaimed")
    assert page.evaluate(WIDE) == []
    assert page.locator(".table[tabindex]").count() == 0
    tables = page.get_by_role("table").count()
    assert tables == 2
    assert page.locator("th[scope=col]:empty").count() == 0
    assert page.locator("tbody tr").count() == page.locator("tbody th[scope=row]").count() > 0
    # Above the telephones rows are not stacked, and the widest table does not fit.
    page.set_viewport_size({"width": 490, "height": 740})
    region = page.get_by_role("region", name="Payments that are due")
    region.wait_for()
    assert region.get_attribute("tabindex") == "0"
    assert len(page.evaluate(WIDE)) == page.locator(".table[tabindex]").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 490


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
    page.get_by_role("button", name="Why? Phase 1 Milestone 2").click()
    page.get_by_role("heading", name=re.compile("^Payable: ")).wait_for()
    assert reader.barriers() == []
    claim = {"payment": "p1m4", "month": person["case"]["earnings"][-1]["month"]}
    page.get_by_label("Payment", exact=True).select_option(claim["payment"])
    page.get_by_label("Claim month").fill(claim["month"])
    page.get_by_role("button", name="Would it be paid?").click()
    page.get_by_role("heading", name="Not payable").wait_for()
    assert page.get_by_role("alert").count() == 0, "that is an answer, no error"
    answer = reader.house.ask("harbor-submitter", "POST", "/v1/eligibility", {"ssn": person["ssn"], "claim": claim})
    shown = page.locator("#why").inner_text()
    for reason in answer.json["reasons"]:
        if reason["holds"] is False:
            assert reason["text"] in shown
    page.get_by_text("rules that were asked").click()
    assert page.locator("#why tbody tr").count() == len(answer.json["reasons"])
    assert reader.barriers() == []


def altered(page: Page, path: str, change: Callable[[Any], None]) -> None:
    """From now on the API's answers under a path are changed before the page sees them."""

    def answer(route: Route) -> None:
        response = route.fetch()
        told = response.json()
        change(told)
        route.fulfill(response=response, json=told)

    page.route(f"**{path}", answer)


def look_up(reader: Reader, person: dict[str, Any]) -> Any:
    """The ledger of a person in the page; what the API says of it."""
    page = reader.page
    page.get_by_label("Beneficiary SSN").fill(person["ssn"])
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table", name=f"ending in {person['ssn'][-4:]}").wait_for()
    return reader.house.ask("harbor-submitter", "POST", "/v1/eligibility/ledger", {"ssn": person["ssn"]}).json


def test_no_answer_stands_under_another_number(reader: Reader) -> None:
    """Whatever comes late, and whatever is changed meanwhile."""
    page, world = reader.page, reader.house.world
    one, other = world.held_by("EN-HARBOR")[:2]
    held: list[Route] = []

    def release(route: Route) -> None:
        with page.expect_response(route.request.url):
            route.continue_()
        page.wait_for_timeout(100)

    def until(number: int) -> None:
        while len(held) < number:
            page.wait_for_timeout(20)

    page.route("**/v1/eligibility/ledger", lambda route: held.append(route))
    reader.sign_in("harbor-submitter")
    page.goto(f"{reader.house.address}/#/check")
    number, button = page.get_by_label("Beneficiary SSN"), page.get_by_role("button", name="Look up")
    assert number.get_attribute("spellcheck") == "false"
    number.fill(one["ssn"])
    button.click()
    page.get_by_text("Loading…").wait_for()
    number.fill(other["ssn"])
    expect(page.get_by_text("Loading…")).to_have_count(0)
    button.click()
    until(2)
    first, second = held
    release(second)
    table = page.get_by_role("table", name=f"ending in {other['ssn'][-4:]}")
    table.wait_for()
    release(first)
    assert page.get_by_role("table").count() == 1
    table.wait_for()

    # The answer to a question about a payment goes with the number too.
    page.route("**/v1/eligibility", lambda route: held.append(route))
    page.get_by_role("button", name="Why?").first.click()
    page.get_by_text("Loading…").wait_for()
    until(3)
    number.press("End")
    number.press("Backspace")
    assert page.get_by_role("table").count() == 0
    release(held[2])
    reader.settle()
    assert page.locator("#why").count() == 0
    assert page.get_by_label("Claim month").count() == 0


def test_what_is_empty_is_not_asked(reader: Reader) -> None:
    """It is told at its field, and the field is where one is led."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("check")
    page.get_by_role("button", name="Look up").click()
    page.get_by_text("Enter the number.").wait_for()
    assert page.evaluate("document.activeElement.id") == "ssn"
    assert page.locator("#ssn").get_attribute("aria-invalid") == "true"
    assert reader.barriers() == []
    look_up(reader, reader.house.world.held_by("EN-HARBOR")[0])
    page.get_by_role("button", name="Would it be paid?").click()
    page.get_by_text("Enter the month.").wait_for()
    assert page.evaluate("document.activeElement.id") == "month"
    reader.open("assignability")
    page.get_by_label("SSNs").fill(" ,\n;")
    page.get_by_role("button", name="Look up").click()
    page.get_by_text("Enter at least one number.").wait_for()
    asked = [url.rpartition("/v1/")[2] for url in reader.asked]
    assert asked.count("eligibility/ledger") == 1
    assert not {"eligibility", "assignability"} & set(asked)


def test_another_day_and_another_policy_can_be_asked_for(reader: Reader) -> None:
    """Of the ledger and of each payment."""
    page, world = reader.page, reader.house.world
    person, day = world.who("Seven months at the trial work level"), world.before(40)
    reader.sign_in("harbor-submitter")
    reader.open("check")
    page.get_by_text("On another day").click()
    page.get_by_label("Day of the request").fill(day)
    page.get_by_label("Policy").select_option("regulation")
    assert reader.barriers() == []
    page.get_by_label("Beneficiary SSN").fill(person["ssn"])
    with page.expect_request("**/v1/eligibility/ledger") as ledger:
        page.get_by_role("button", name="Look up").click()
    assert json.loads(ledger.value.post_data) == {"ssn": person["ssn"], "as_of": day, "policy": "regulation"}
    with page.expect_request("**/v1/eligibility") as why:
        page.get_by_role("button", name="Why? Phase 1 Milestone 1").click()
    sent = json.loads(why.value.post_data)
    assert (sent["requested_on"], sent["policy"], sent["ssn"]) == (day, "regulation", person["ssn"])
    page.get_by_text("policy regulation").wait_for(state="attached")


def test_what_is_not_known_is_named(reader: Reader) -> None:
    """The reasons that nobody knows of, the facts that are missing, and what they would settle."""
    page, world = reader.page, reader.house.world
    person = world.who("Benefits of some months are not on file")
    reader.sign_in("harbor-submitter")
    reader.open("check")
    ledger = look_up(reader, person)
    (row,) = [row for row in ledger["rows"] if row["status"] == "undetermined"]
    assert row["payment"] == "p1m3"
    page.get_by_role("button", name="Ask for a month Phase 1 Milestone 3").click()
    assert page.evaluate("document.activeElement.id") == "month"
    claim = {"payment": "p1m3", "month": person["case"]["earnings"][-1]["month"]}
    page.get_by_label("Claim month").fill(claim["month"])
    page.get_by_role("button", name="Would it be paid?").click()
    page.get_by_role("heading", name="Cannot be known").wait_for()
    answer = reader.house.ask("harbor-submitter", "POST", "/v1/eligibility", {"ssn": person["ssn"], "claim": claim})
    shown = page.locator("#why").inner_text()
    unknown = [reason["text"] for reason in answer.json["reasons"] if reason["holds"] is None]
    assert unknown
    assert all(text in shown for text in unknown)
    assert "Benefits of title II: " in shown
    assert page.locator("#why .usa-alert").get_by_role("link", name="OUT-02").count() == 1
    assert reader.barriers() == []


def test_a_ledger_says_what_its_sums_leave_out(reader: Reader) -> None:
    """Payments without a rate; what is pending. Of what was paid nothing is asked, of what is pending it can be."""
    page, world = reader.page, reader.house.world
    reader.sign_in("harbor-submitter")
    reader.open("check")
    ledger = look_up(reader, world.who("Benefits stopped after two milestones"))
    without = [row for row in ledger["rows"] if row["status"] == "payable" and row["amount"] is None]
    assert without
    assert ledger["totals"]["potential"] is None
    told = page.get_by_text("payable now").inner_text()
    assert f"without {len(without)} payments whose rate is not published yet" in told
    assert "What pending payments would bring is not known" in told
    for row in page.get_by_role("row").all()[1:]:
        asks = row.get_by_role("button").count()
        assert asks == (0 if row.get_by_role("cell", name="Paid", exact=True).count() else 1)
    # What no form asks for can be asked about.
    page.get_by_role("button", name="Why? Reconciliation").click()
    page.get_by_role("heading", name=re.compile("^Payable: ")).wait_for()
    assert page.get_by_label("Payment", exact=True).input_value() == "reconciliation"

    ledger = look_up(reader, world.who("Thirty-six months without benefits"))
    assert ledger["totals"]["potential"] == "0.00"
    page.get_by_text("Pending payments would bring $0.").wait_for()

    # More months than are needed are no fraction.
    look_up(reader, world.who("Nine months of work, but the agreed services"))
    page.get_by_role("cell", name=re.compile("^9 months needed, [0-9]+ there$")).wait_for()
    page.get_by_role("button", name="Why? Phase 1 Milestone 4").click()
    page.get_by_role("heading", name="Not payable").wait_for()
    page.get_by_text("What would help:").wait_for()
    # A payment has one name.
    named = page.get_by_role("rowheader").all_inner_texts()
    choices = page.get_by_label("Payment", exact=True).locator("option").all_inner_texts()
    assert {name for name in named if " to " not in name} <= set(choices)


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
    shown = page.get_by_role("table", name="Payments that are due").get_by_role("row").all_inner_texts()[1:]
    assert [row.split("\t")[0] for row in shown] == [row["ticket"] for row in told["rows"]]


def test_unclaimed_payments_that_are_late_are_seen(reader: Reader) -> None:
    """Each with the days that are left; a sum of a page is called so; what needs no request; what brings nothing."""
    page = reader.page

    def change(told: Any) -> None:
        told["next_cursor"] = "more"
        row = told["unclaimed"]["rows"][0]
        row["days_left"] = -3
        told["unclaimed"]["rows"][1]["days_left"] = 0
        told["unclaimed"]["totals"]["late"] = {"payments": 1, "amount": row["amount"], "without_rate": 0}

    reader.sign_in("harbor-submitter")
    reader.open("unclaimed")
    assert page.get_by_text("of this page").count() == 0
    told = reader.house.ask("harbor-submitter", "GET", "/v1/unclaimed").json["unclaimed"]
    assert page.get_by_role("cell", name="comes without a request").count() == sum(
        row["payment"] == "reconciliation" for row in told["rows"]
    )
    nothing = [ticket for ticket in told["tickets"] if ticket["why"]]
    assert nothing
    shown = page.get_by_role("table", name="Tickets that bring nothing now")
    assert [head.inner_text() for head in shown.get_by_role("rowheader").all()] == [each["ticket"] for each in nothing]
    assert nothing[0]["why"]["text"] in shown.inner_text()
    assert "Rates 2026" in page.get_by_role("table", name="Payments that are due").inner_text()
    with page.expect_download() as file:
        page.get_by_role("button", name="All of them (CSV)").click()
    assert file.value.suggested_filename == "unclaimed.csv"
    whole = file.value.path().read_text(encoding="utf-8").splitlines()
    assert len(whole) == len(told["rows"]) + 1
    # A table of more tickets than one answer takes comes in parts, and is one file all the same.
    parts: list[str] = []

    def in_parts(route: Route) -> None:
        parts.append(route.request.url)
        route.continue_(url=f"{route.request.url}{'&' if '?' in route.request.url else '?'}limit=2")

    page.route(re.compile(r"/v1/unclaimed\.csv"), in_parts)
    with page.expect_download() as file:
        page.get_by_role("button", name="All of them (CSV)").click()
    joined = file.value.path().read_text(encoding="utf-8").splitlines()
    assert len(parts) > 1
    assert joined[0] == whole[0]
    assert sorted(joined) == sorted(whole)
    altered(page, "/v1/unclaimed", change)
    page.reload()
    page.get_by_text(f"Of the {len(told['tickets'])} tickets of this page").wait_for()
    page.get_by_text("For some of it that day is over:").wait_for()
    rows = page.get_by_role("table", name="Payments that are due").get_by_role("row").all_inner_texts()
    assert "over since 3 days" in rows[1].lower()
    assert "today" in rows[2]
    assert re.search("[0-9]+ days left", rows[3])
    assert reader.barriers() == []
    page.get_by_role("link", name="Payment Request", exact=True).click()
    page.get_by_label("Beneficiary SSN").wait_for()


def test_turning_a_page_leads_to_its_top(reader: Reader) -> None:
    """The button that turned it is gone; the reader is not."""
    page = reader.page
    asked = []

    def change(told: Any) -> None:
        asked.append(told)
        told["next_cursor"] = "more"

    reader.sign_in("harbor-submitter")
    altered(page, "/v1/unclaimed", change)
    reader.open("unclaimed")
    page.route("**/v1/unclaimed?cursor=more", lambda route: route.fulfill(json={**asked[0], "next_cursor": None}))
    page.get_by_role("button", name="Next page").click()
    page.get_by_text("Page 2").wait_for()
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.get_by_role("button", name="Next page").count() == 0
    page.get_by_role("button", name="Back").click()
    page.get_by_text("Page 1").wait_for()


def test_assignability_answers_each_number_and_shows_none_whole(reader: Reader) -> None:
    """In the order of the numbers; what is none is told."""
    page, world = reader.page, reader.house.world
    held = world.held_by("EN-HARBOR")[0]["ssn"]
    reader.sign_in("harbor-submitter")
    reader.open("assignability")
    spaced = held.replace("-", " ")
    page.get_by_label("SSNs").fill(f"{spaced}\n\n123; 45\n")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table").wait_for()
    rows = page.get_by_role("row").all_inner_texts()[1:]
    assert [row.split("\t")[0] for row in rows] == ["1", "3", "3"]
    assert "Assigned to you" in rows[0]
    assert "not a Social Security number" in rows[1]
    assert held not in page.get_by_role("table").inner_text()
    assert reader.barriers() == []
    page.get_by_label("SSNs").fill("900-12-3456")
    assert page.get_by_role("table").count() == 0, "no answer stands beside other numbers"


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


def a_claim(reader: Reader, story: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    """A request for the first payment due for somebody of whom no other test claims: its number, and what was sent."""
    house = reader.house
    paper, person = house.world.paper("payment_request", False), house.world.who(story)
    rows = house.ask(paper.user, "POST", "/v1/eligibility/ledger", {"ssn": person["ssn"]}).json["rows"]
    due = next(row for row in rows if row["status"] == "payable")
    draft = (
        paper.draft | {"ssn": person["ssn"], "employer": employer(person), "claim_month": due["attained_in"]} | changes
    )
    assert due["payment"] == draft["request_type"]
    review = house.ask(paper.user, "POST", f"{paper.form.path}/review", draft)
    assert review.status == 200, review.json
    filed = house.ask(paper.user, "POST", paper.form.path, acknowledging(draft, review), uuid.uuid4().hex)
    return filed.json["confirmation"], draft


def test_a_claim_that_was_decided_meanwhile_says_so_and_is_closed(reader: Reader) -> None:
    """The refusal stays while the claim is read again; what was foreseen is past, and no sheet is offered."""
    page, house = reader.page, reader.house
    number, _ = a_claim(reader, "One good month, then little", proof_delivery="faxed_in")
    reader.sign_in("harbor-submitter")
    reader.open(f"filed/payment-requests/{number}")
    page.get_by_role("heading", name="What will probably become of it").wait_for()
    page.get_by_role("heading", name="Payment Request on file", level=1).wait_for()
    sheet = page.get_by_role("button", name="Fax cover sheet (PDF)")
    with page.expect_download():
        sheet.dblclick()
    page.get_by_role("button", name="Another copy of the cover sheet").wait_for()
    assert len([url for url in reader.asked if "cover-sheet" in url]) == 1, "a double click issues one"
    page.get_by_role("button", name="Withdraw").click()
    assert "cannot be taken up again" in page.evaluate("document.activeElement.innerText")
    assert reader.barriers() == []
    for step in [{"action": "open"}, {"action": "pay"}]:
        case = house.ask("program-manager", "GET", f"/v1/work-cases/{number}").json
        amount = {"amount": case["proposal"]["amount"]} if step["action"] == "pay" else {}
        sent = {"version": case["version"], **step, **amount}
        assert house.ask("program-manager", "POST", f"/v1/work-cases/{number}/decision", sent).status == 200
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_role("heading", name="What was foreseen when it was filed").wait_for()
    page.get_by_role("alert").wait_for()
    assert page.locator(".usa-tag").inner_text().lower() == "paid"
    assert "Conflict" not in page.inner_text("main")
    assert "The program manager decides" not in page.inner_text("main")
    assert page.get_by_role("button", name="Withdraw").count() == 0
    assert page.get_by_role("button", name="cover sheet").count() == 0
    assert reader.barriers() == []


def test_what_is_on_file_already_is_led_to(reader: Reader) -> None:
    """From the refusal of the second request to the first; and the list has a file of all."""
    page = reader.page
    number, draft = a_claim(reader, "The plan arrived forty days after")
    reader.sign_in("harbor-submitter")
    reader.open("filed/payment-requests")
    page.get_by_role("link", name=number).wait_for()
    with page.expect_download() as file:
        page.get_by_role("button", name="Status of all requests (CSV)").click()
    assert file.value.suggested_filename == "status.csv"
    text = file.value.path().read_text(encoding="utf-8")
    assert number in text
    assert draft["ssn"] not in text
    error = {
        "code": "PR_DUPLICATE_REQUEST",
        "class": "policy",
        "action": "do_not_resubmit",
        "path": "",
        "message": "A request is in process.",
        "params": {"confirmation": number},
    }
    problem = {"type": "about:blank", "title": "Conflict", "status": 409, "detail": "-", "errors": [error]}
    page.route("**/v1/unclaimed", lambda route: route.fulfill(status=409, json=problem))
    reader.open("unclaimed")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "Conflict" not in alert.inner_text()
    alert.get_by_role("link", name=number).click()
    page.get_by_text(f"Number {number}").wait_for()


def test_a_list_counts_people_in_words(reader: Reader) -> None:
    """One is a person."""
    page = reader.page

    def change(told: Any) -> None:
        line = {
            "confirmation": "0000-0000-0000-0000",
            "form": "earnings_inquiry",
            "submitted_at": "2026-01-02T15:00:00Z",
        }
        line |= {"date_of_request": "2026-01-02", "submitted_by": {"name": "A", "title": "B"}, "status": "received"}
        told["items"] = [line | {"beneficiaries": 1}, line | {"beneficiaries": 2}]

    reader.sign_in("harbor-submitter")
    altered(page, "/v1/earnings-inquiries", change)
    reader.open("filed/earnings-inquiries")
    page.get_by_role("cell", name="1 person").wait_for()
    page.get_by_role("cell", name="2 people").wait_for()


def test_what_is_over_is_said_to_be_over(reader: Reader) -> None:
    """The agreement and the registration, as warnings; who may not submit a form is told before."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    text = page.inner_text("main")
    assert "The agreement ends on" in text
    assert "The SAM registration expires on" in text
    assert "It is submitted by a signatory" in page.locator(".usa-card", has_text="Earnings Inquiry").inner_text()
    assert page.get_by_text("Not by you:").count() == 1

    def change(told: Any) -> None:
        told["organization"] |= {"agreement_ends_on": "2020-02-29", "sam_expires_on": "2020-03-01"}
        told["roles"] = ["signatory"]

    altered(page, "/v1/me", change)
    page.reload()
    page.get_by_text("The agreement ended on February 29, 2020.").wait_for()
    page.get_by_text("The SAM registration expired on March 1, 2020.").wait_for()
    assert page.locator(".usa-alert--warning").count() == 2
    assert page.get_by_text("Not by you:").count() == 0
    assert reader.barriers() == []


@pytest.mark.parametrize(
    ("user", "way", "name"),
    [
        ("program-manager", "queue", "Work queue"),
        ("field-office", "verification", "Verification"),
        ("beneficiary", "ticket", "My ticket"),
    ],
)
def test_who_has_no_organization_is_led_to_their_work(reader: Reader, user: str, way: str, name: str) -> None:
    """By a sentence and a link."""
    reader.sign_in(user)
    link = reader.page.locator("main").get_by_role("link", name=name)
    assert link.get_attribute("href") == f"#/{way}"


def test_a_rule_is_read_as_it_is_written(reader: Reader) -> None:
    """No sign of its Markdown is left; its name is spelled as people spell it; what there is no rule of is told."""
    page, house = reader.page, reader.house
    rules = house.ask("harbor-submitter", "GET", "/v1/rules").json
    # What the page can show: headings, paragraphs, words of code.
    for rule in rules["rules"]:
        for line in rule["page"].splitlines():
            assert not re.match(r"[-*>|+] |\d+\. |    |```|\|", line), (rule["id"], line)
            assert not re.search(r"\*\w|\]\(|<\w|\\", line), (rule["id"], line)
            assert line.count("`") % 2 == 0, (rule["id"], line)
    reader.sign_in("harbor-submitter")
    reader.open("rules/BEN-03")
    page.get_by_role("heading", name="BEN-03: Current pay title XVI", level=1).wait_for()
    for heading in ["Reading", "Example", "Sources"]:
        page.get_by_role("heading", name=heading, level=2).wait_for()
    assert page.locator("code").inner_text() == "operations"
    assert not re.search("[#`]", page.inner_text("main"))
    reader.open("rules/ABC-99")
    page.get_by_role("heading", level=1, name="Rule ABC-99").wait_for()
    page.get_by_role("alert").wait_for()
    reader.open("rules")
    assert len(rules["policy_differences"]) == (
        page.get_by_role("table", name="Where the two policies differ").get_by_role("rowheader").count()
    )
    names = page.locator("tbody tr > :nth-child(2)").all_inner_texts()
    names += page.get_by_role("table", name="Where the two policies differ").get_by_role("rowheader").all_inner_texts()
    assert len(names) > 100
    assert not [name for name in names if re.search(r"\b(ii|xvi|t16|vr|ssi)\b", name)]


def test_the_numbers_of_law_are_those_of_a_month_or_all(reader: Reader) -> None:
    """A parameter of which no value is known is there too."""
    page, house = reader.page, reader.house
    reader.sign_in("harbor-submitter")
    reader.open("rules")
    page.get_by_role("link", name="parameters").click()
    page.get_by_label("Month").fill("2016-08")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table", name="Values in August 2016").wait_for()
    row = page.get_by_role("row", name=re.compile("^Trial work level "))
    assert "$810 a month" in row.inner_text()
    page.get_by_label("Month").fill("")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("table", name="All values").wait_for()
    told = house.ask("harbor-submitter", "GET", "/v1/parameters").json["parameters"]
    rows = sum(len(parameter["values"]) or 1 for parameter in told)
    assert page.get_by_role("rowheader").count() == rows
    assert page.get_by_role("cell", name="None is known").count() == sum(not each["values"] for each in told) > 0


def test_a_ticket_says_what_is_requested_and_by_whom(reader: Reader) -> None:
    """Names where there are some; benefits, earnings, payments and the end of the ticket as they are on file."""
    page = reader.page
    told = reader.house.ask("beneficiary", "GET", "/v1/my-ticket").json
    (due, *_) = [row for row in told["ledgers"][0]["rows"] if row["status"] == "payable"]
    provider = told["ledgers"][0]["provider"]
    request = {
        "confirmation": "0000-0000-0000-0000",
        "form": "payment_request",
        "received_on": "2026-01-02",
        "provider": provider,
        "provider_name": "Harbor Employment Network",
        "payment": "p2",
        "month": due["attained_in"],
        "live": True,
    }

    def change(told: Any) -> None:
        told["filed"] = [request, request | {"payment": "p1m1", "month": "2020-01", "live": False}]
        told["case"]["ticket"]["terminates_in"] = "2030-05"

    altered(page, "/v1/my-ticket", change)
    reader.sign_in("beneficiary")
    reader.open("ticket")
    page.get_by_text("The ticket ends in May 2030.").wait_for()
    page.get_by_role("heading", name="What Harbor Employment Network is paid").wait_for()
    assert provider not in page.inner_text("main")
    ledger = page.get_by_role("table", name="Payments of the ticket")
    assert ledger.get_by_role("cell", name="Requested").count() == 1
    forms = page.get_by_role("table", name="Forms about the ticket")
    assert forms.get_by_role("cell", name="In process or paid").count() == 1
    assert forms.get_by_role("cell", name="Ended", exact=True).count() == 1
    for name, list_ in [("Payments made", "payments"), ("Your benefits", "benefits"), ("Your earnings", "earnings")]:
        assert page.get_by_role("table", name=name).get_by_role("rowheader").count() == len(told["case"][list_]) > 0
    assert reader.barriers() == []


@pytest.mark.parametrize(
    ("user", "way"),
    [
        ("harbor-submitter", "filed/payment-requests/900123456"),
        ("program-manager", "queue/900123456"),
        ("program-manager", "queue?provider=900-12-3456"),
        ("program-manager", "%E0%A4%A"),
    ],
)
def test_what_is_typed_into_the_address_is_not_asked_about(reader: Reader, user: str, way: str) -> None:
    """A number of a person there goes no further, and an address that cannot be read leads nowhere."""
    reader.sign_in(user)
    reader.open(way)
    assert reader.page.get_by_role("heading", level=1).count() == 1
    calls = [url for url in reader.asked if "/v1/" in url]
    assert calls
    assert not [url for url in calls if "900" in url.replace("-", "").partition("/v1/")[2]]
