"""Work cases in the page: the queue, one of them, what is decided of it; the caseload; verification of earnings."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from drafts import employer
from filling import field, fill, tick
from playwright.sync_api import Page, Route
from reader import House, Reader
from walk import acknowledging

MANAGER = "program-manager"
PLACES = [
    (MANAGER, "queue"),
    (MANAGER, "automatic-run"),
    (MANAGER, "recovery"),
    (MANAGER, "verification"),
    ("field-office", "verification"),
    ("field-office", "verification/work-determinations"),
    ("field-office", "verification/entries"),
    ("field-office", "verification/issues"),
]


@pytest.mark.parametrize(("user", "way"), PLACES)
def test_every_place_of_claims_can_be_read_by_everybody(reader: Reader, user: str, way: str) -> None:
    """No barrier that axe knows; one heading of the first level; nothing refused; and a way there."""
    page = reader.page
    reader.sign_in(user)
    page.get_by_role("navigation").locator(f"a[href='#/{way.partition('/')[0]}']").click()
    reader.open(way)
    assert reader.barriers() == []
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("alert").count() == 0


def file(house: House, draft: dict[str, Any] | None = None) -> str:
    """Files a claim beside the page: its number."""
    paper = house.world.paper("payment_request", True)
    draft = draft or {**paper.draft, "proof_delivery": "faxed_in"}
    review = house.ask(paper.user, "POST", f"{paper.form.path}/review", draft)
    assert review.status == 200, review
    filed = house.ask(paper.user, "POST", paper.form.path, acknowledging(draft, review), uuid.uuid4().hex)
    assert filed.status == 201, filed
    return filed.json["confirmation"]


def case_of(house: House, number: str) -> dict[str, Any]:
    """A work case as the API has it."""
    return house.ask(MANAGER, "GET", f"/v1/work-cases/{number}").json


def take_back(house: House, number: str) -> None:
    """So that the payment can be claimed anew."""
    assert house.ask("harbor-submitter", "POST", f"/v1/work-cases/{number}/withdraw", {}).status == 200


@pytest.fixture
def number(house: House) -> Iterator[str]:
    """A claim that waits for its evidence; it is taken back afterwards."""
    number = file(house)
    yield number
    take_back(house, number)


def open_case(reader: Reader, number: str) -> Page:
    """The program manager has the work case before them."""
    reader.sign_in(MANAGER)
    reader.open(f"queue/{number}")
    reader.page.get_by_role("button", name="Enter evidence").wait_for()
    return reader.page


def decide(page: Page, action: str, **also: str) -> None:
    """Enters a step, with what else is asked of it."""
    for name, code in {"action": action, **also}.items():
        choose(page, f"/{name}", code)
    page.get_by_role("button", name="Enter decision").click()


def choose(page: Page, pointer: str, code: str) -> None:
    """One of a field's choices."""
    control = page.locator(field(pointer))
    if control.evaluate("it => it.tagName") == "SELECT":
        control.select_option(code)
    else:
        tick(page, f"{field(pointer)}-{code}")


def has_focus(page: Page, role: str) -> str:
    """What is said where the reader was led."""
    said = page.locator(f"[role={role}]:focus, :focus > [role={role}]")
    said.wait_for()
    return said.inner_text()


def is_at_fault(page: Page, pointer: str) -> str:
    """What is said at a field that is wrong: the field names it."""
    page.locator(f"{field(pointer)}-wrong").wait_for()
    control = page.locator(field(pointer))
    assert control.get_attribute("aria-invalid") == "true"
    assert f"{field(pointer)[1:]}-wrong" in (control.get_attribute("aria-describedby") or "").split()
    return page.locator(f"{field(pointer)}-wrong").inner_text()


def test_who_was_too_slow_sees_the_case_as_it_is_now(reader: Reader, number: str) -> None:
    """The message stays, what was entered of the evidence too, and the next try is of the new version."""
    page, house = open_case(reader, number), reader.house
    page.get_by_label("Pages").fill("7")
    beside = {"version": case_of(house, number)["version"], "action": "open"}
    assert house.ask(MANAGER, "POST", f"/v1/work-cases/{number}/decision", beside).status == 200
    page.get_by_role("button", name="Enter evidence").click()
    assert "has changed since it was looked at" in has_focus(page, "alert")
    page.get_by_role("cell", name="Taken up").wait_for()
    assert page.locator(field("/action-open")).count() == 0, "it is taken up already"
    assert page.get_by_label("Pages").input_value() == "7"
    assert reader.barriers() == []
    page.get_by_role("button", name="Enter evidence").click()
    assert "Entered: Pay statements, 7 pages." in has_focus(page, "status")
    assert page.get_by_role("alert").get_by_text("has changed").count() == 0


def test_two_clicks_are_one_step_and_its_answer_is_shown(reader: Reader, number: str) -> None:
    """The buttons wait while a step is under way; the work case is not asked for again."""
    page = open_case(reader, number)
    asked: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route.request.method)
        held.append(route)

    page.route(f"**/v1/work-cases/{number}**", hold)
    page.route(f"**/v1/work-cases/{number}/decision", hold)
    choose(page, "/action", "open")
    page.get_by_role("button", name="Enter decision").dblclick()
    page.wait_for_timeout(300)
    assert page.get_by_role("button", name="Enter decision").is_disabled()
    assert page.get_by_role("button", name="Enter evidence").is_disabled()
    held[0].continue_()
    assert has_focus(page, "status") == "Entered: Take it up. The claim is now: In review."
    page.get_by_role("cell", name="Taken up").wait_for()
    assert asked == ["POST"]
    assert page.get_by_role("button", name="Enter evidence").is_enabled()


def test_what_may_be_done_is_offered_with_its_reasons(reader: Reader, number: str) -> None:
    """No other step, no other reason; what is not as proposed is explained, and the explanation asked for by name."""
    page, house = open_case(reader, number), reader.house
    held = case_of(house, number)
    assert held["proposal"]["action"] == "pay"
    assert choices(page, "/action") == [each["action"] for each in held["actions"]]
    assert page.locator(field("/action-pay")).is_checked(), "it is proposed"
    assert page.locator(field("/amount")).count() == 0, "the amount is proposed too"
    tick(page, field("/action-diary"))
    (diary,) = [each for each in held["actions"] if each["action"] == "diary"]
    assert choices(page, "/reason") == [reason["code"] for reason in diary["reasons"]]
    for reason in diary["reasons"]:
        assert page.get_by_label(reason["title"]).count() == 1
    page.get_by_role("button", name="Enter decision").click()
    assert "Reason" in has_focus(page, "alert")
    assert "required" in is_at_fault(page, "/reason")
    assert reader.barriers() == []
    decide(page, "diary", reason="NEED_ADDITIONAL_INFORMATION")
    told = is_at_fault(page, "/otherwise")
    assert "“Evidence is missing”" in told
    assert "evidence_missing" not in told
    page.get_by_role("alert").get_by_role("link", name="Why it is not as proposed").click()
    assert page.evaluate("document.activeElement.id") == "field-otherwise"
    decide(page, "diary", reason="NEED_ADDITIONAL_INFORMATION", otherwise="evidence_missing")
    assert "The claim is now: Diaried." in has_focus(page, "status")
    standing = page.get_by_text("Diaried since").inner_text()
    assert "Additional information is needed from the provider" in standing
    assert "Waiting on the provider for the additional information" in standing
    assert page.get_by_role("button", name="Enter decision").count() == 0, "nothing can be decided now"
    assert page.get_by_role("link", name="Information diary (DIA-02)").count() == 1
    assert reader.barriers() == []


def choices(page: Page, pointer: str) -> list[str]:
    """The codes among which is chosen."""
    control = page.locator(field(pointer))
    if control.evaluate("it => it.tagName") == "SELECT":
        return [code for code in control.locator("option").evaluate_all("all => all.map(it => it.value)") if code]
    ids = control.locator("input").evaluate_all("all => all.map(it => it.id)")
    return [each.removeprefix(f"{field(pointer)[1:]}-") for each in ids]


def not_payable(house: House, payment: str, place: int) -> dict[str, Any]:
    """A claim for a month by which nothing is reached yet."""
    person = house.world.who("Benefits of some months are not on file")
    paper = house.world.paper("payment_request", False)
    draft = {**paper.about(person["ssn"]), "employer": employer(person), "request_type": payment}
    draft.pop("p1m1_basis")
    return {**draft, "claim_month": person["case"]["earnings"][place]["month"]}


def test_of_several_reasons_none_is_preset(reader: Reader) -> None:
    """All of them are said; which it is, is chosen."""
    house = reader.house
    number = file(house, not_payable(house, "p1m3", 0))
    page = open_case(reader, number)
    proposal = case_of(house, number)["proposal"]
    assert proposal["action"] == "deny"
    assert len(proposal["reasons"]) > 1
    assert page.locator(field("/action-deny")).is_checked()
    shown = choices(page, "/reason")
    assert {reason["code"] for reason in proposal["reasons"]} <= set(shown)
    assert page.locator(field("/reason")).locator("input:checked").count() == 0
    page.get_by_role("button", name="Enter decision").click()
    assert is_at_fault(page, "/reason")
    take_back(house, number)


def test_a_denial_is_preset_by_the_proposed_reason(reader: Reader) -> None:
    """Afterwards it is said why it was denied, and on what."""
    house = reader.house
    number = file(house, not_payable(house, "p1m2", 1))
    page = open_case(reader, number)
    proposal = case_of(house, number)["proposal"]
    assert proposal["action"] == "deny"
    (reason,) = proposal["reasons"]
    assert page.locator(field("/action-deny")).is_checked()
    chosen = page.locator(field("/reason"))
    if chosen.evaluate("it => it.tagName") == "SELECT":
        assert chosen.input_value() == reason["code"]
    else:
        assert page.locator(field(f"/reason-{reason['code']}")).is_checked()
    page.get_by_role("button", name="Enter decision").click()
    assert "The claim is now: Denied." in has_focus(page, "status")
    assert reason["title"] in page.get_by_text("Denied since").inner_text()
    page.get_by_role("heading", name="What it was decided on").wait_for()
    assert page.get_by_role("button", name="Enter").count() == 0
    page.get_by_text("The facts", exact=True).click()
    assert page.get_by_role("table", name="Posted earnings").is_visible()
    assert reader.barriers() == []


def test_who_pays_without_a_rate_says_how_much(reader: Reader) -> None:
    """The amount is asked for where none is proposed, and nowhere else."""
    house = reader.house
    run = house.ask(MANAGER, "GET", "/v1/automatic-run").json["run"]
    due = next(each for each in run["proposals"] if each["provider"] == "EN-HARBOR" and each["amount"] is None)
    (person,) = [each for each in house.world.people if each["case"]["ticket"]["id"] == due["ticket"]]
    draft = house.world.paper("payment_request", False).about(person["ssn"])
    draft.pop("p1m1_basis")
    claim = {"request_type": due["payment"], "claim_month": due["month"], "employer": employer(person)}
    number = file(house, draft | claim)
    page = open_case(reader, number)
    assert page.locator(field("/action-pay")).is_checked()
    page.get_by_role("button", name="Enter decision").click()
    assert is_at_fault(page, "/amount")
    page.get_by_label("Amount in dollars").fill("1850.50")
    page.get_by_role("button", name="Enter decision").click()
    page.get_by_text("whole dollars").last.wait_for()
    assert reader.barriers() == []
    tick(page, field("/action-diary"))
    assert page.get_by_label("Amount in dollars").count() == 0
    take_back(house, number)


def test_evidence_has_its_day_and_says_what_is_wrong(reader: Reader, number: str) -> None:
    """The day is today's unless another is entered; pages go as they are written."""
    page, house = open_case(reader, number), reader.house
    day = page.get_by_label("Day on which it arrived")
    assert day.input_value() == house.world.day.isoformat()
    page.get_by_label("Pages").fill("abc")
    day.fill((house.world.day + timedelta(days=1)).isoformat())
    with page.expect_request("**/evidence") as sent:
        page.get_by_role("button", name="Enter evidence").click()
    assert json.loads(sent.value.post_data)["pages"] == "abc"
    assert "Pages" in has_focus(page, "alert")
    assert is_at_fault(page, "/pages")
    assert is_at_fault(page, "/arrived_on")
    assert reader.barriers() == []
    page.get_by_label("Pages").fill("2")
    day.fill(house.world.day.isoformat())
    page.get_by_role("button", name="Enter evidence").click()
    assert "Entered: Pay statements, 2 pages." in has_focus(page, "status")
    row = page.get_by_role("table", name="Evidence that arrived").get_by_role("row").nth(1)
    assert row.locator("th, td").all_inner_texts()[1:] == ["Pay statements", "2", "Yes", "Yes"]
    assert page.get_by_label("Pages").input_value() == ""


def test_what_is_due_and_which_days_are_over_is_said(reader: Reader, number: str) -> None:
    """In words, each with its rule; what cannot be read has ended no days."""
    page, house = reader.page, reader.house
    held = case_of(house, number)

    def late(route: Route) -> None:
        timeline = held["progress"]["timeline"]
        for clock in timeline["clocks"]:
            clock["gone_by"] = 15
        timeline["due"] = [{"rule": "DIA-01", "since": "2026-03-09", "demand": "documents_missing"}]
        timeline["waiting_for"] = {"what": "its turn: first in, first out", "from": "program_manager"}
        route.fulfill(json=held)

    page.route(f"**/v1/work-cases/{number}", late)
    open_case(reader, number)
    shown = page.inner_text("main")
    assert "Documents are missing since March 9, 2026 (DIA-01)." in shown
    assert "Waiting on the program manager for its turn: first in, first out." in shown
    assert "All 9 business days have gone by" in shown
    assert "15 of 30 calendar days have gone by" in shown
    assert page.get_by_role("link", name="Evidence in time (DIA-01)").get_attribute("href") == "#/rules/DIA-01"
    assert reader.barriers() == []
    tick(page, field("/legible-no"))
    page.get_by_label("Pages").fill("1")
    page.get_by_role("button", name="Enter evidence").click()
    assert "1 page." in has_focus(page, "status")
    row = page.get_by_role("table", name="Evidence that arrived").get_by_role("row").nth(1)
    assert row.locator("th, td").all_inner_texts()[1:] == ["Pay statements", "1", "No", "No"]


def test_a_step_whose_answer_is_lost_is_told_and_not_forgotten(reader: Reader, number: str) -> None:
    """Nothing that was entered is gone; the second try learns that the first was heard."""
    page = open_case(reader, number)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/evidence", lose, times=1)
    page.get_by_label("Pages").fill("4")
    page.get_by_role("button", name="Enter evidence").click()
    has_focus(page, "alert")
    reader.complaints.clear()
    assert page.get_by_label("Pages").input_value() == "4"
    page.get_by_role("button", name="Enter evidence").click()
    assert "has changed since it was looked at" in has_focus(page, "alert")
    page.get_by_role("table", name="Evidence that arrived").get_by_role("cell", name="4").wait_for()


def test_the_queue_is_there_again_as_it_was_asked_for(reader: Reader, number: str) -> None:
    """What is shown stands in the address; a visit to a work case leads back to it."""
    page = reader.page
    reader.sign_in(MANAGER)
    reader.open("queue")
    page.get_by_label("Order").select_option("due")
    page.get_by_label("Status").select_option("received")
    page.get_by_label("Provider").fill("EN-HARBOR")
    with page.expect_request(lambda request: "/v1/work-queue" in request.url) as asked:
        page.keyboard.press("Enter")
    assert asked.value.url.partition("?")[2] == "order=due&status=received&provider=EN-HARBOR"
    page.get_by_role("link", name=number).click()
    page.get_by_role("heading", name=f"Work case {number}").wait_for()
    page.get_by_role("link", name="Back to the work queue").click()
    page.get_by_role("link", name=number).wait_for()
    assert page.get_by_label("Status").input_value() == "received"
    assert page.get_by_label("Provider").input_value() == "EN-HARBOR"
    page.reload()
    page.get_by_role("link", name=number).wait_for()
    assert page.get_by_label("Order").input_value() == "due"
    page.get_by_label("Status").select_option("diaried")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=number).wait_for(state="detached")
    page.go_back()
    page.get_by_role("link", name=number).wait_for()
    assert page.get_by_label("Status").input_value() == "received"
    page.get_by_label("Provider").fill(reader.house.world.people[0]["ssn"])
    page.get_by_role("button", name="Show").click()
    assert page.get_by_label("Provider").get_attribute("aria-invalid") == "true"
    assert reader.barriers() == []


def test_pages_of_the_queue_are_turned_and_stand_in_the_address(reader: Reader) -> None:
    """The next page and the one before."""
    page = reader.page
    page.route(re.compile("/v1/work-queue"), leaf)
    reader.sign_in(MANAGER)
    reader.open("queue?status=received")
    page.get_by_role("button", name="Next page").click()
    page.get_by_role("button", name="Back").wait_for()
    assert page.url.endswith("#/queue?status=received&cursor=second")
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Next page").wait_for()
    assert page.url.endswith("#/queue?status=received")


def leaf(route: Route) -> None:
    """A queue of two pages."""
    is_second = "cursor=second" in route.request.url
    route.fulfill(json={"as_of": "2026-11-15", "items": [], "next_cursor": None if is_second else "second"})


def test_a_work_case_is_opened_by_its_number(reader: Reader, number: str) -> None:
    """However it is written; what is no such number is not asked about."""
    page = reader.page
    reader.sign_in(MANAGER)
    reader.open("queue")
    line = page.get_by_label("Work case number")
    line.fill(reader.house.world.people[0]["ssn"])
    line.press("Enter")
    assert line.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.id") == "number"
    assert reader.barriers() == []
    line.fill(f" {number.replace('-', '').lower()} ")
    line.press("Enter")
    page.get_by_role("heading", name=f"Work case {number}").wait_for()


def test_the_automatic_run_is_that_of_the_api(reader: Reader) -> None:
    """What it proposes, and why nothing else."""
    page = reader.page
    told = reader.house.ask(MANAGER, "GET", "/v1/automatic-run").json["run"]
    assert told["proposals"]
    reader.sign_in(MANAGER)
    reader.open("automatic-run")
    opened = page.get_by_role("table", name="Claims that can be opened").locator("tbody tr")
    assert opened.count() == len(told["proposals"])
    assert told["proposals"][0]["basis"]["text"] in opened.first.inner_text()
    others = page.get_by_role("table", name="What is not proposed").locator("tbody tr")
    assert others.count() == sum(len(ticket["not_proposed"]) for ticket in told["tickets"])


def test_recovery_says_what_later_facts_have_changed(reader: Reader) -> None:
    """Each difference with its claim and its reasons."""
    page = reader.page
    claim = "1NFK-J7G0-AJZ7-JEHQ"
    told = {
        "claim": claim,
        "ticket": "T-1001",
        "provider": "EN-HARBOR",
        "payment": "p1m1",
        "month": "2025-08",
        "before": "1850.00",
        "after": "0.00",
        "difference": "-1850.00",
        "effect": "overpaid",
        "recoverable": True,
        "rules": ["P1-01", "OVP-01"],
        "reasons": [{"rule": "P1-01", "text": "In August 2025 $20 was earned."}],
    }

    def answer(route: Route) -> None:
        held = route.fetch().json()
        held["recovery"]["adjustments"] = [told]
        held["recovery"]["not_compared"] = [
            {"claim": claim, "reason": "no_case", "text": "There is no case of its ticket."}
        ]
        route.fulfill(json=held)

    page.route("**/v1/recovery", answer)
    reader.sign_in(MANAGER)
    reader.open("recovery")
    row = page.get_by_role("table", name="Differences").get_by_role("row").nth(1).inner_text()
    assert "\N{MINUS SIGN}$1,850" in row
    assert "Overpaid" in row
    assert "In August 2025 $20 was earned. (P1-01)" in row
    assert page.get_by_role("table", name="not compared").get_by_text("There is no case of its ticket.").is_visible()
    assert page.get_by_role("link", name=claim).first.get_attribute("href") == f"#/queue/{claim}"
    assert reader.barriers() == []


WORK = {
    "title": "t2",
    "blind": False,
    "through": "2024-12",
    "disability": [{"from": "2010-01"}],
    "months": [{"month": "2024-01", "gross": "3000.00", "vrfd": "Y"}],
}


def fill_case(page: Page, case: dict[str, Any]) -> None:
    """The person's work."""
    fill(page, {"case": case})


def test_the_work_of_each_month_is_determined(reader: Reader) -> None:
    """By the field office; what is wrong stands at its field, with its row."""
    page = reader.page
    reader.sign_in("field-office")
    reader.open("verification/work-determinations")
    page.get_by_role("button", name="Determine").click()
    assert "things are to be mended" in has_focus(page, "alert")
    assert is_at_fault(page, "/case/through")
    assert reader.barriers() == []
    fill_case(page, WORK)
    page.get_by_role("button", name="Add month", exact=True).click()
    page.locator("#field-case-months-1:focus").wait_for()
    fill_case(page, {"months": [{}, {"month": "2024-13"}]})
    page.get_by_role("button", name="Determine").click()
    page.get_by_role("link", name="Month 2, Month").wait_for()
    page.get_by_role("button", name="Remove Month 2").click()
    page.locator("#field-case-months-add:focus").wait_for()
    page.get_by_role("button", name="Determine").click()
    page.get_by_role("table", name="Months with earnings").wait_for()
    asked = {"case": WORK}
    told = reader.house.ask("field-office", "POST", "/v1/verification/work-determinations", asked).json
    row = page.get_by_role("table", name="Months with earnings").get_by_role("row").nth(1).inner_text()
    assert told["months"][0]["work_det"] == "1"
    assert told["months"][0]["reasons"][0]["text"] in row
    assert page.get_by_role("table", name="Trial work periods").is_visible()
    assert page.locator(":focus").get_attribute("aria-labelledby") == "answer"
    assert reader.barriers() == []


def test_an_entry_is_checked_before_it_is_entered(reader: Reader) -> None:
    """What stands against it stands at its field; nested amounts go with it."""
    page = reader.page
    reader.sign_in("field-office")
    reader.open("verification/entries")
    fill_case(page, WORK)
    fill(page, {"entry": {"month": "2024-02", "work_det": "3", "gross": "50.00"}})
    page.get_by_role("button", name="Check").click()
    assert "enter O" in is_at_fault(page, "/entry/work_det")
    page.locator(field("/entry/work_det")).select_option("O")
    page.get_by_role("button", name="Add amount", exact=True).click()
    page.locator(field("/entry/not_counted/0/type")).select_option("PA")
    page.locator(field("/entry/not_counted/0/amount")).fill("10")
    page.get_by_role("button", name="Check").click()
    assert "PA and SI of title XVI" in is_at_fault(page, "/entry/not_counted/0/type")
    assert reader.barriers() == []
    page.locator(field("/entry/not_counted/0/type")).select_option("WE")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("heading", name="It can be entered so").wait_for()
    assert page.get_by_role("table", name="What the engine would enter").locator("tbody tr").count() == 1
    assert reader.barriers() == []


def test_issues_are_listed_as_an_office_works_them(reader: Reader) -> None:
    """Those that open, that are pending, how they are cleared."""
    page, day = reader.page, reader.house.world.day
    reader.sign_in(MANAGER)
    reader.open("verification/issues")
    opened = (day - timedelta(days=70)).isoformat()
    fill(
        page,
        {
            "postings": [
                {"person": "P-1", "month": "2024-03", "alleged": "2400.00", "title": "t2", "trial_work_over": False}
            ],
            "issues": [
                {"id": "1", "person": "P-1", "kind": "T2VY", "month": "2024-03", "office": "FO-A", "opened_on": opened}
            ],
        },
    )
    page.get_by_role("button", name="List").click()
    page.get_by_role("table", name="Aged issues").wait_for()
    assert page.get_by_role("table", name="Aged issues").get_by_role("cell", name="70").is_visible()
    assert page.get_by_role("table", name="cleared").get_by_role("cell", name="eWork").is_visible()
    assert reader.barriers() == []


def test_a_claim_is_filed_withdrawn_filed_again_evidenced_and_decided(reader: Reader) -> None:
    """By a provider and by the program manager, each in the page; the provider sees every step."""
    page, house = reader.page, reader.house
    paper = house.world.paper("payment_request", True)
    first = file(house)
    reader.sign_in(paper.user)
    reader.open(f"filed/payment-requests/{first}")
    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Withdraw it").click()
    page.get_by_text("Withdrawn", exact=True).first.wait_for()

    reader.open("forms/payment-requests")
    fill(page, {**paper.draft, "proof_delivery": "faxed_in"})
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    if page.get_by_label("I have read this").count():
        tick(page, "#acknowledged")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="submitted").wait_for()
    for button in ["Fax cover sheet (PDF)", "Another copy of the cover sheet"]:
        with page.expect_download() as sheet:
            page.get_by_role("button", name=button).click()
        assert sheet.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="See how far it is").click()
    page.get_by_text("Waiting on").wait_for()
    number = page.url.rpartition("/")[2]
    assert number != first

    sign_out(page)
    reader.sign_in(MANAGER)
    reader.open("queue")
    page.get_by_role("link", name=number).click()
    page.get_by_role("heading", name="What the engine proposes").wait_for()
    reader.settle()
    assert "It follows by fax, with the cover sheet." in page.inner_text("main")
    assert reader.barriers() == []
    page.get_by_label("Pages").fill("3")
    page.get_by_role("button", name="Enter evidence").click()
    page.get_by_role("cell", name="Pay statements").wait_for()
    decide(page, "open")
    page.get_by_role("cell", name="Taken up").wait_for()
    proposed = case_of(house, number)["proposal"]
    assert proposed["action"] == "pay", proposed
    decide(page, "pay")
    page.get_by_role("cell", name=re.compile("^Paid")).wait_for()
    assert has_focus(page, "status") == "Entered: Pay. The claim is now: Paid."
    assert page.get_by_role("button", name="Enter").count() == 0, "nothing is left to be done"
    page.get_by_role("heading", name="What it was decided on").wait_for()
    assert page.get_by_role("heading", name=re.compile("^Payable: ")).count() == 1
    assert reader.barriers() == []

    sign_out(page)
    reader.sign_in(paper.user)
    reader.open(f"filed/payment-requests/{number}")
    page.get_by_role("cell", name=re.compile("^Paid")).wait_for()
    assert page.get_by_role("button", name="Withdraw").count() == 0


def sign_out(page: Page) -> None:
    """And the page is that of nobody."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
