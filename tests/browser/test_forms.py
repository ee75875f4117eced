"""Each form in the page, from an empty sheet to its confirmation."""

from __future__ import annotations

import re
import uuid

import pytest
from drafts import FORMS, NO_TICKET
from filling import enter, field, fill, tick
from reader import Reader
from walk import acknowledging, names_nobody

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


def test_another_number_forgets_what_was_said_of_the_first(reader: Reader) -> None:
    """Employers have ids of their own person alone."""
    page, world = reader.page, reader.house.world
    one, other = [person["ssn"] for person in world.held_by("EN-HARBOR") if person["employers"]][:2]
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    fill(page, {"ssn": one, "work_type": "employee"})
    page.locator(field("/employer/employer_id")).wait_for()
    chosen = page.locator(f"{field('/employer/employer_id')} input[type=radio]").first
    tick(page, "#" + chosen.get_attribute("id"))
    assert page.locator("#field-payment_method-outcome_milestone").is_checked()
    page.locator("#field-ssn").fill(other[:-1])
    assert page.locator(field("/employer/employer_id")).count() == 0
    assert not page.locator("#field-payment_method-outcome_milestone").is_checked()
    page.locator("#field-ssn").fill(other)
    page.locator("#field-ssn").blur()
    page.locator(field("/employer/employer_id")).wait_for()
    ticked = page.locator(f"{field('/employer/employer_id')} input:checked")
    assert [each.get_attribute("id") for each in ticked.all()] == ["field-employer-employer_id-"]


def test_a_form_is_found_again_and_back_leads_from_the_review_to_it(reader: Reader) -> None:
    """Leaving loses nothing while the tab is open; after the confirmation the form is empty."""
    page = reader.page
    paper = reader.house.world.paper("work_plan", True)
    reader.sign_in(paper.user)
    reader.open("forms/work-plans")
    fill(page, paper.draft)
    page.get_by_role("link", name="Rules").click()
    page.get_by_role("heading", name="Rules", level=1).wait_for()
    page.go_back()
    page.locator("#field-ssn").wait_for()
    assert page.locator("#field-ssn").input_value() == paper.draft["ssn"]
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    page.go_back()
    page.get_by_role("button", name="Next").wait_for()
    assert page.locator("#field-ssn").input_value() == paper.draft["ssn"]
    page.go_forward()
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="submitted").wait_for()
    page.go_back()
    page.get_by_role("button", name="Next").wait_for()
    assert page.locator("#field-ssn").input_value() == ""


def test_warnings_are_no_errors_and_name_their_row(reader: Reader) -> None:
    """They are asked about on the review; the number of what is on file leads there."""
    page, house = reader.page, reader.house
    paper = house.world.paper("earnings_inquiry", False)
    review = house.ask(paper.user, "POST", f"{paper.form.path}/review", paper.draft)
    house.ask(paper.user, "POST", paper.form.path, acknowledging(paper.draft, review), uuid.uuid4().hex)
    reader.sign_in(paper.user)
    reader.open("forms/earnings-inquiries")
    # The first row stays empty, and the last one is wrong.
    rows = [{}, *paper.draft["beneficiaries"][:2], {"ssn": "900-12-3456", "assignment_date": "2025-01-01"}]
    for place, row in enumerate(rows):
        for name, value in row.items():
            enter(page, f"/beneficiaries/{place}/{name}", value)
    page.get_by_role("button", name="Next").click()
    summary = page.get_by_role("alert")
    summary.wait_for()
    last = len(rows)
    assert f"Beneficiary {last}, SSN: {NO_TICKET}" in summary.inner_text()
    assert "One thing is to be mended" in summary.inner_text()
    warned = page.locator(".usa-alert--warning").inner_text()
    assert "Beneficiary 2, SSN: " in warned
    assert page.locator(f"{field('/beneficiaries/1/ssn')}-wrong").count() == 0
    # A row that goes takes what was wrong with it along, and what is wrong with later ones moves with them.
    page.get_by_role("button", name="Remove beneficiary 1", exact=True).click()
    assert page.locator(f"{field(f'/beneficiaries/{last - 2}/ssn')}-wrong").inner_text() == NO_TICKET
    page.get_by_role("button", name=f"Remove beneficiary {last - 1}").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    assert "Beneficiary 1, SSN: " in page.locator(".usa-alert--warning").inner_text()
    assert reader.barriers() == []


def test_what_is_on_file_already_is_told_with_its_number(reader: Reader) -> None:
    """To the organization that filed it: at the review, and where somebody was faster at the end."""
    page, house = reader.page, reader.house
    paper = house.world.paper("form_1365", True)
    reader.sign_in(paper.user)
    reader.open("forms/ticket-assignments")
    fill(page, paper.draft)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    review = house.ask(paper.user, "POST", f"{paper.form.path}/review", paper.draft)
    sent = house.ask(paper.user, "POST", paper.form.path, acknowledging(paper.draft, review), uuid.uuid4().hex)
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("link", name=f"See {sent.json['confirmation']}").wait_for()
    # The form is still as it was filled in.
    reader.open("")
    reader.open("forms/ticket-assignments")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name=f"See {sent.json['confirmation']}").click()
    page.get_by_text(f"Number {sent.json['confirmation']}").wait_for()


def test_a_sign_in_that_ends_meanwhile_loses_nothing(reader: Reader) -> None:
    """One signs in again beside the form, and goes on."""
    page = reader.page
    paper = reader.house.world.paper("work_plan", False)
    reader.sign_in(paper.user)
    reader.open("forms/work-plans")
    fill(page, {"ssn": paper.draft["ssn"], "plan_type": "initial"})
    page.route("**/v1/work-plans/review", lambda route: route.fulfill(status=401, json={"message": "Unauthorized"}))
    page.get_by_role("button", name="Next").click()
    page.get_by_role("heading", name="Your sign-in has ended").wait_for()
    assert reader.barriers() == []
    page.unroute("**/v1/work-plans/review")
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Sign in again").click()
    popup.value.locator(f"a[href$='user={paper.user}']").click()
    page.get_by_role("heading", name="Your sign-in has ended").wait_for(state="detached")
    assert page.locator("#field-ssn").input_value() == paper.draft["ssn"]
    page.get_by_role("button", name="Next").click()
    page.get_by_role("alert").wait_for()
    assert "things are to be mended" in page.get_by_role("alert").inner_text()


def test_answers_that_are_no_longer_asked_or_offered_are_not_sent(reader: Reader) -> None:
    """And an answer that nobody has to give is taken back."""
    page = reader.page
    sent = []
    page.on("request", lambda request: request.url.endswith("/review") and sent.append(request.post_data_json))
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    fill(page, {"payment_method": "outcome_milestone", "request_type": "p1m1", "p1m1_basis": "twl_in_month"})
    fill(page, {"claim_month": "2025-08", "work_type": "employee", "employer": {"pay_frequency": "weekly"}})
    tick(page, "#field-payment_method-outcome_only")
    assert page.locator("#field-p1m1_basis").count() == 0
    page.get_by_role("button", name="Clear: Pay frequency").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("alert").wait_for()
    assert sent.pop() == {"payment_method": "outcome_only", "claim_month": "2025-08", "work_type": "employee"}
    tick(page, "#field-work_type-self_employed")
    fill(page, {"sei": {"gross_receipts": "$2,500.00", "business_expenses": "300"}})
    page.get_by_role("button", name="Next").click()
    page.wait_for_function("() => !document.querySelector('[type=submit]').disabled")
    sei = {"month": "2025-08", "gross_receipts": "2500.00", "business_expenses": "300"}
    assert sent.pop() == {
        "payment_method": "outcome_only",
        "claim_month": "2025-08",
        "work_type": "self_employed",
        "sei": sei,
    }


def test_a_date_of_which_a_part_is_entered_is_told(reader: Reader) -> None:
    """The browser has no value for it, so it would be lost."""
    page = reader.page
    reader.sign_in("harbor-submitter")
    reader.open("forms/payment-requests")
    tick(page, "#field-work_type-employee")
    page.locator("#field-employer-start_date").focus()
    page.keyboard.type("07")
    page.locator("#field-ssn").focus()
    page.get_by_text("not entered to its end").wait_for()
    page.get_by_role("button", name="Next").click()
    assert page.evaluate("document.activeElement.id") == "field-employer-start_date"


def test_what_is_acknowledged_can_be_read(reader: Reader) -> None:
    """The statement of rights stands with its choice, as the API serves it."""
    page = reader.page
    served = reader.house.ask("harbor-submitter", "GET", "/v1/work-plans/options").json["lists"]
    (statement,) = next(each["choices"] for each in served if each["name"] == "rights_statement")
    assert len(statement["text"]) == 7
    reader.sign_in("harbor-submitter")
    reader.open("forms/work-plans")
    shown = page.locator(field("/rights_ack_version")).inner_text()
    for sentence in statement["text"]:
        assert sentence in shown


def test_who_closes_the_tab_is_asked_only_while_something_is_entered(reader: Reader) -> None:
    """Neither before nor after it is cancelled or confirmed."""
    page = reader.page
    paper = reader.house.world.paper("earnings_inquiry", False)
    may_close = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    reader.sign_in(paper.user)
    reader.open("forms/earnings-inquiries")
    assert page.evaluate(may_close)
    fill(page, {"beneficiaries": paper.draft["beneficiaries"][:1]})
    assert not page.evaluate(may_close)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Submit").wait_for()
    if page.get_by_label("I have read this").count():
        tick(page, "#acknowledged")
    page.get_by_role("button", name="Submit").click()
    page.get_by_role("heading", name="submitted").wait_for()
    assert page.evaluate(may_close)
