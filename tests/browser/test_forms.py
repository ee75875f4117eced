"""Each form in the page, from an empty sheet to its confirmation."""

from __future__ import annotations

import re

import pytest
from drafts import FORMS, NO_TICKET
from filling import field, fill, tick
from reader import Reader
from walk import names_nobody

NUMBER = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}")


@pytest.mark.parametrize("word", list(FORMS))
def test_a_form_is_filled_in_reviewed_submitted_and_found_again(reader: Reader, word: str) -> None:
    """Next, Return to form, Next, Submit; then in the list, with what was entered."""
    page, world = reader.page, reader.house.world
    paper = world.paper(word, False)
    slug = paper.form.path.removeprefix("/v1/")
    reader.sign_in(paper.user)
    reader.open(f"forms/{slug}")
    assert reader.barriers() == []
    fill(page, paper.draft)
    assert reader.barriers() == []
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    assert reader.barriers() == []
    # It is locked, and says no whole number.
    names_nobody(page.inner_text("main"), paper.people)
    for person in paper.people:
        assert person["ssn"][-4:] in page.inner_text("main")
    page.get_by_role("button", name="Return to form").click()
    assert page.locator(field("/" + "/".join(map(str, paper.number_at)))).input_value() == paper.people[0]["ssn"]
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    read = page.get_by_label("I have read this")
    if read.count():
        assert page.get_by_role("button", name="Submit").is_disabled(), "warnings are acknowledged first"
        tick(page, "#acknowledged")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="submitted").wait_for()
    assert reader.barriers() == []
    number = NUMBER.search(page.inner_text("main"))[0]
    filed = reader.house.ask(paper.user, "GET", f"{paper.form.path}/{number}")
    assert filed.status == 200
    page.get_by_role("link", name="See how far it is").click()
    page.get_by_text(f"Number {number}").wait_for()
    reader.settle()
    assert reader.barriers() == []
    reader.open(f"filed/{slug}")
    page.get_by_role("link", name=number).wait_for()
    assert reader.barriers() == []
    names_nobody(page.inner_text("main"), paper.people)


def test_what_is_wrong_stands_at_its_field_and_leads_there(reader: Reader) -> None:
    """All at once, each with what to do; a click leads to the field."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    fill(
        page,
        {"ssn": "900-12-3456", "work_type": "employee", "employer": {"name": "@"}, "earnings": [{"gross": "1.001"}]},
    )
    page.get_by_role("button", name="Next").click()
    summary = page.get_by_role("alert")
    summary.wait_for()
    assert "things are to be mended" in summary.inner_text()
    for pointer in ["/employer/name", "/earnings/0/gross", "/earnings/0/pay_date", "/request_type", "/attested"]:
        assert page.locator(f"{field(pointer)}-wrong").inner_text(), pointer
    assert reader.barriers() == []
    summary.get_by_role("link", name="Name of the employer").click()
    assert page.evaluate("document.activeElement.id") == "field-employer-name"


def test_a_number_of_somebody_else_is_told_at_the_number(reader: Reader) -> None:
    """One sentence, whoever it is."""
    page = reader.page
    paper = reader.house.world.paper("payment_request", False)
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    fill(page, {**paper.draft, "ssn": "900-12-3456"} | {"employer": {"name": "Bluebird Bakery"}})
    page.get_by_role("button", name="Next").click()
    page.locator("#field-ssn-wrong").wait_for()
    assert page.locator("#field-ssn-wrong").inner_text() == NO_TICKET


def test_cancel_forgets_everything(reader: Reader) -> None:
    """Nothing of a form is kept that was left."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    page.locator("#field-ssn").fill("901-40-2235")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("heading", name="Welcome").wait_for()
    reader.open("forms/payment-requests")
    assert page.locator("#field-ssn").input_value() == ""


def test_a_submission_that_got_no_answer_is_repeated_with_its_key(reader: Reader) -> None:
    """The second one sends the same key and body, so that nothing is filed twice."""
    page = reader.page
    paper = reader.house.world.paper("earnings_inquiry", True)
    reader.sign_in(paper.user)
    reader.open("forms/earnings-inquiries")
    fill(page, paper.draft)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    read = page.get_by_label("I have read this")
    if read.count():
        tick(page, "#acknowledged")
    sent = []

    def lose(route) -> None:
        sent.append((route.request.headers["idempotency-key"], route.request.post_data))
        if len(sent) == 1:
            # It was filed, and the answer is lost on its way.
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(f"**{paper.form.path}", lose)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("alert").wait_for()
    reader.complaints.clear()
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="submitted").wait_for()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    number = NUMBER.search(page.inner_text("main"))[0]
    listed = reader.house.ask(paper.user, "GET", f"{paper.form.path}?limit=100").json["items"]
    assert listed[0]["confirmation"] == number
    assert len({item["submitted_at"] for item in listed}) == len(listed)
