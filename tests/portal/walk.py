"""The way through the portal, step by step as its guide has it, for each of the six forms.

A class of tests has a fixture `portal`: how to ask, who the people are, and how mail comes out.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from drafts import FORMS, NO_TICKET, NOBODY, Draft, Paper, World
from gate import Answer
from mail import Mail
from stage import EASTERN

EVERY_FORM = pytest.mark.parametrize("word", list(FORMS))
CONFIRMATION = r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}"


@dataclass
class Portal:
    """A portal that can be walked through."""

    ask: Callable[..., Answer]
    world: World
    mail: Path
    # Returns when what was submitted has been mailed.
    deliver: Callable[[], None]
    # Whether somebody has walked through this table before.
    again: bool = False
    # The numbers of all that was submitted here.
    confirmed: set[str] = field(default_factory=set)

    def filed(self, paper: Paper, user: str | None = None) -> list[str]:
        """The numbers of an organization's submissions of a form, newest first."""
        answer = self.ask(user or paper.user, "GET", f"{paper.form.path}?limit=100")
        assert answer.status == 200, answer
        return [item["confirmation"] for item in answer.json["items"]]

    def review(self, paper: Paper, draft: Draft) -> Answer:
        """Next."""
        return self.ask(paper.user, "POST", f"{paper.form.path}/review", draft)

    def submit(self, paper: Paper, draft: Draft, key: str | None = None) -> Answer:
        """Submit."""
        answer = self.ask(paper.user, "POST", paper.form.path, draft, key or uuid.uuid4().hex)
        if answer.status == 201:
            self.confirmed.add(answer.json["confirmation"])
        return answer

    def letters(self) -> dict[str, bytes]:
        """All mail that is there."""
        return {path.name: path.read_bytes() for path in sorted(self.mail.glob("*.eml"))}


def acknowledging(draft: Draft, review: Answer) -> Draft:
    """A draft as it is submitted after its review: with the token, and with every warning acknowledged."""
    warnings = sorted({warning["code"] for warning in review.json["warnings"]})
    return {**draft, "review_token": review.json["review_token"], "acknowledged_warnings": warnings}


def masked(draft: Any) -> Any:
    """A document as it may be shown: numbers of people by their last four digits."""
    return json.loads(re.sub(r"\b\d{3}-\d{2}-(\d{4})\b", r"***-**-\1", json.dumps(draft)))


def names_nobody(text: str, people: list[dict[str, Any]]) -> None:
    """No number of a person stands in a text, written with hyphens or without."""
    digits = re.sub(r"(?<=\d)[-\s](?=\d)", "", text)
    for person in people:
        assert person["ssn"] not in text
        assert person["ssn"].replace("-", "") not in digits


def holds(document: Any, draft: Any) -> bool:
    """Whether everything that was filled in stands in the locked form, whatever it adds."""
    if isinstance(draft, dict) and isinstance(document, dict):
        return all(name in document and holds(document[name], value) for name, value in draft.items())
    if isinstance(draft, list) and isinstance(document, list):
        return len(draft) == len(document) and all(map(holds, document, draft))
    return document == draft


def clock(submitted_at: str) -> datetime:
    """A moment of the API: nanoseconds are more than Python reads."""
    return datetime.fromisoformat(re.sub(r"(\.\d{6})\d*Z$", r"\1+00:00", submitted_at).replace("Z", "+00:00"))


class Walk:
    """What holds of every portal, however it is asked."""

    def test_warnings_are_acknowledged_and_a_duplicate_is_told_to_its_own_organization_alone(
        self, portal: Portal
    ) -> None:
        """Two providers have held this ticket; each asks for the same milestone, before they have agreed on shares."""
        person = portal.world.who("Two networks, one after the other")
        paper = portal.world.paper("payment_request", False)
        months = [entry["month"] for entry in person["case"]["earnings"]]
        moved = portal.world.holder(person)["assigned_on"][:7]
        draft = {
            **{name: value for name, value in paper.draft.items() if name != "p1m1_basis"},
            "ssn": person["ssn"],
            "request_type": "p1m4",
            "employer": {"name": "Stonebridge Post"},
        }
        # From the month after the second one's assignment on, both have had the ticket before the month.
        shared = [month for month in months if month > moved]
        # A ticket may be walked with twice: a second time, the first has filed this already.
        ours = {**draft, "claim_month": shared[0], "services_certified": True}
        first = portal.review(paper, ours)
        if portal.again:
            known = portal.filed(paper)
            assert (first.status, duplicate_of(first) in known) == (409, True)
            return
        assert [warning["code"] for warning in first.json["warnings"]] == ["PR_POSSIBLE_SPLIT"]
        unacknowledged = portal.submit(paper, {**acknowledging(ours, first), "acknowledged_warnings": []})
        assert (unacknowledged.status, unacknowledged.codes) == (422, ["PR_POSSIBLE_SPLIT"])
        confirmed = portal.submit(paper, acknowledging(ours, first))
        assert confirmed.status == 201, confirmed
        assert confirmed.json["acknowledged_warnings"] == ["PR_POSSIBLE_SPLIT"]
        number = confirmed.json["confirmation"]
        # Who filed it is told its number; the other is told that it is filed, and nothing more.
        own = portal.review(paper, ours)
        assert duplicate_of(own) == number
        theirs = {**draft, "claim_month": shared[1]}
        other = portal.ask("prairie-submitter", "POST", f"{paper.form.path}/review", theirs)
        assert "PR_DUPLICATE_REQUEST" in other.codes
        assert duplicate_of(other) is None
        assert number not in other.body.decode()

    @EVERY_FORM
    def test_a_form_is_reviewed_submitted_confirmed_and_mailed(self, portal: Portal, word: str) -> None:
        paper = portal.world.paper(word, portal.again)
        before = portal.filed(paper)
        opened(portal, paper)
        first = locked(portal, paper, paper.draft)
        # Cancel: what was reviewed and not submitted is nowhere.
        assert portal.filed(paper) == before
        # Return: something is changed, and what is submitted is no longer what was shown.
        changed = paper.edited()
        refused = portal.submit(paper, acknowledging(changed, first))
        assert (refused.status, refused.codes) == (409, ["REVIEW_TOKEN_MISMATCH"])
        second = locked(portal, paper, changed)
        assert second.json["document"] != first.json["document"]
        assert portal.filed(paper) == before
        # The first was shown too, and is what is wanted after all.
        confirmation = submitted(portal, paper, first, before)
        mailed(portal, paper, confirmation)
        not_twice(portal, paper, first)

    @EVERY_FORM
    def test_a_wrong_number_has_one_message(self, portal: Portal, word: str) -> None:
        paper = portal.world.paper(word, portal.again)
        elsewhere = next(
            one["ssn"]
            for one in portal.world.people
            if (portal.world.holder(one) or {}).get("provider") not in {None, paper.provider}
            and all(past["provider"] != paper.provider for past in one["case"]["ticket"]["assignments"])
        )
        told = []
        for number in [NOBODY, elsewhere]:
            answer = portal.review(paper, paper.about(number))
            assert answer.status in {403, 422}, answer
            place = "".join(f"/{step}" for step in paper.number_at)
            at = [problem for problem in answer.json["errors"] if problem["path"] == place]
            assert [problem["message"] for problem in at] == [paper.form.wrong_number]
            names_nobody(answer.body.decode(), [{"ssn": number}])
            assert "review_token" not in answer.json
            told.append(at)
        assert told[0] == told[1]

    @EVERY_FORM
    def test_nothing_is_taken_with_another_ein_an_unknown_field_or_no_key(self, portal: Portal, word: str) -> None:
        paper = portal.world.paper(word, portal.again)
        before = portal.filed(paper)
        # Whose form it is comes from the sign-in alone.
        foreign = portal.review(paper, {**paper.draft, "en_ein": "12-3456789"})
        assert (foreign.status, foreign.json["errors"][0]["path"]) == (403, "/en_ein")
        noted = portal.review(paper, {**paper.draft, "remark": "please"})
        assert (noted.status, noted.json["errors"][0]["path"]) == (422, "/remark")
        unlocked = portal.ask(paper.user, "POST", paper.form.path, paper.draft)
        assert (unlocked.status, unlocked.codes) == (400, ["IDEMPOTENCY_KEY_REQUIRED"])
        assert portal.filed(paper) == before

    @pytest.mark.parametrize("word", ["earnings_inquiry", "progress_review"])
    def test_six_rows_are_offered_and_up_to_250_are_taken(self, portal: Portal, word: str) -> None:
        paper = portal.world.paper(word, portal.again)
        default, most = paper.form.rows
        options = portal.ask(paper.user, "GET", f"{paper.form.path}/options").json
        assert (options["default_rows"], options["max_rows"]) == (default, most) == (6, 250)
        (rows,) = paper.draft.values()
        (name,) = paper.draft
        too_many = portal.review(paper, {name: [rows[0]] * (most + 1)})
        assert too_many.status == 422
        assert [code[3:] for code in too_many.codes] == ["_TOO_MANY"]
        if word == "earnings_inquiry":
            assert len(rows) > default
            # Six rows as the page opens with them, of which two were filled in.
            blank = {"ssn": "", "assignment_date": ""}
            answer = portal.review(paper, {name: [*rows[:2], *[blank] * (default - 2)]})
            assert answer.status == 200, answer
            assert len(answer.json["document"][name]) == 2

    def test_employers_on_file_are_filled_in(self, portal: Portal) -> None:
        paper = portal.world.paper("payment_request", False)
        (person,) = paper.people
        assert person["employers"]
        answer = portal.ask(paper.user, "POST", "/v1/beneficiaries/lookup", {"ssn": person["ssn"]})
        assert answer.status == 200, answer
        assert answer.json["employers"] == [{"id": one["id"], "name": one["name"]} for one in person["employers"]]
        assert answer.json["ssn"] == masked(person["ssn"])
        assert answer.json["assigned_on"] == portal.world.holder(person)["assigned_on"]
        names_nobody(answer.body.decode(), paper.people)
        for user, number in [(paper.user, NOBODY), (paper.stranger, person["ssn"])]:
            refused = portal.ask(user, "POST", "/v1/beneficiaries/lookup", {"ssn": number})
            assert [problem["message"] for problem in refused.json["errors"]] == [NO_TICKET]


def opened(portal: Portal, paper: Paper) -> None:
    """The form is open: whose it is stands there already, and what can be chosen."""
    me = portal.ask(paper.user, "GET", "/v1/me")
    assert me.status == 200, me
    organization = me.json["organization"]
    assert organization["provider"] == paper.provider
    assert re.fullmatch(r"\d{2}-\d{7}", organization["ein"])
    assert organization["name"]
    assert me.json["name"]
    options = portal.ask(paper.user, "GET", f"{paper.form.path}/options")
    assert (options.status, options.json["form"]) == (200, paper.form.word)
    if paper.form.word == "progress_review":
        (row,) = paper.draft["responses"]
        asked = portal.ask(paper.user, "GET", f"{paper.form.path}/questions?period={row['tpr_period']}")
        assert [question["id"] for question in asked.json["questions"]] == list(row["answers"])


def locked(portal: Portal, paper: Paper, draft: Draft) -> Answer:
    """Next: the same data, locked, with nobody's number, and what a submission is to bring along."""
    review = portal.review(paper, draft)
    assert review.status == 200, review
    assert review.json["form"] == paper.form.word
    assert holds(review.json["document"], masked(draft)), (review.json["document"], masked(draft))
    assert review.json["review_token"]
    names_nobody(review.body.decode(), paper.people)
    return review


def submitted(portal: Portal, paper: Paper, review: Answer, before: list[str]) -> Answer:
    """Submit: confirmed once, however often it is sent."""
    draft, key = acknowledging(paper.draft, review), uuid.uuid4().hex
    unreviewed = portal.submit(paper, {name: value for name, value in draft.items() if name != "review_token"})
    assert (unreviewed.status, unreviewed.codes) == (409, ["REVIEW_TOKEN_MISSING"])
    confirmed = portal.submit(paper, draft, key)
    assert confirmed.status == 201, confirmed
    told = confirmed.json
    me = portal.ask(paper.user, "GET", "/v1/me").json
    assert re.fullmatch(CONFIRMATION, told["confirmation"])
    assert (told["form"], told["form_name"]) == (paper.form.word, paper.form.name)
    assert told["submitted_by"] == {"name": me["name"], "title": me["title"]}
    assert told["organization"] == {"ein": me["organization"]["ein"], "name": me["organization"]["name"]}
    assert told["beneficiaries"] == len(paper.people)
    assert told["date_of_request"] == clock(told["submitted_at"]).astimezone(EASTERN).date().isoformat()
    names_nobody(confirmed.body.decode(), paper.people)
    assert portal.filed(paper) == [told["confirmation"], *before]
    portal.deliver()
    letters = portal.letters()
    # The same again: the same bytes, nothing filed, nothing mailed.
    repeated = portal.submit(paper, draft, key)
    assert (repeated.status, repeated.body) == (201, confirmed.body)
    other = portal.submit(paper, {**paper.edited(), "review_token": draft["review_token"]}, key)
    assert (other.status, other.codes) == (422, ["IDEMPOTENCY_KEY_REUSED"])
    assert portal.filed(paper) == [told["confirmation"], *before]
    portal.deliver()
    assert portal.letters() == letters
    # It can be looked at by the organization, and by nobody else.
    found = portal.ask(paper.user, "GET", f"{paper.form.path}/{told['confirmation']}")
    assert found.status == 200, found
    assert found.json["document"] == review.json["document"]
    assert (found.json["status"], found.json["submitted_by"]) == ("received", told["submitted_by"])
    names_nobody(found.body.decode(), paper.people)
    strange = portal.ask(paper.stranger, "GET", f"{paper.form.path}/{told['confirmation']}")
    absent = portal.ask(paper.user, "GET", f"{paper.form.path}/0000-0000-0000-0000")
    assert (strange.status, absent.status) == (404, 404)
    assert strange.json["errors"] == absent.json["errors"]
    assert told["confirmation"] not in portal.filed(paper, paper.stranger)
    return confirmed


def mailed(portal: Portal, paper: Paper, confirmed: Answer) -> None:
    """What the confirmation page says is in the mail to the submitter; the program manager has the intake mail."""
    told = confirmed.json
    number = told["confirmation"]
    files = {path.name.split(".")[1].split("@")[0]: path for path in portal.mail.glob(f"{number}.*.eml")}
    assert set(files) == {"confirmation", "intake"}
    letters = {kind: Mail.read(path) for kind, path in files.items()}
    moment = clock(told["submitted_at"])
    for kind, letter in letters.items():
        message = letter.message
        assert re.fullmatch(rf"<{number}\.{kind}@[a-z.]+>", message["Message-ID"])
        assert message["Original-Message-ID"] == message["Message-ID"]
        assert message["Auto-Submitted"] == "auto-generated"
        assert parsedate_to_datetime(message["Date"]) == moment.replace(microsecond=0)
        assert message.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
        facts = list(letter.facts.items())
        assert [tuple(row) for row in letter.tables[0]] == facts
        names_nobody(letter.words, paper.people)
        names_nobody(letter.raw.decode("ascii"), paper.people)
    confirmation(letters["confirmation"], told, moment, confirmed.headers["x-request-id"])
    intake(letters["intake"], told, moment, paper)


def confirmation(letter: Mail, told: dict[str, Any], moment: datetime, request_id: str) -> None:
    """Who, when, which form: as the page has it, and nothing of the people."""
    assert letter.message["To"].addresses[0].display_name == told["submitted_by"]["name"]
    assert letter.message["Subject"] == f"Confirmation of {told['form_name']} {told['confirmation']}"
    assert letter.facts == {
        "Submitted by": told["submitted_by"]["name"],
        "Submitted on": moment.astimezone(EASTERN).strftime("%m/%d/%Y %I:%M %p %Z"),
        "Form": told["form_name"],
        "Confirmation Number": told["confirmation"],
        "Number of Beneficiaries": str(told["beneficiaries"]),
        "Rules Version": told["rules_version"],
        "Request Id": request_id,
    }
    assert "***" not in letter.words


def intake(letter: Mail, told: dict[str, Any], moment: datetime, paper: Paper) -> None:
    """The layout of the portal guide, with each person by the last four digits."""
    assert letter.message["To"].addresses[0].username == "intake"
    assert letter.message["Subject"] == f"Request for {told['form_name']}"
    assert letter.facts == {
        "Submitter's Name": told["submitted_by"]["name"],
        "EIN": told["organization"]["ein"].replace("-", ""),
        "EN Name": told["organization"]["name"],
        "Submitter's Title": told["submitted_by"]["title"],
        "Date of Request": moment.astimezone(EASTERN).strftime("%m/%d/%Y"),
        "Confirmation Number": told["confirmation"],
    }
    _, (titles, *rows) = letter.tables
    assert titles[0] == "SSN"
    # A split has a row for each provider; every other form one for each person.
    assert len(rows) == len(paper.draft.get("ens", paper.people))
    assert list(dict.fromkeys(row[0] for row in rows)) == [masked(person["ssn"]) for person in paper.people]
    lines = letter.part("plain").splitlines()
    for row in [titles, *rows]:
        assert any(line.split() == " ".join(row).split() for line in lines), row


REPEATS = {
    "earnings_inquiry": "EIR_RECENT_REPEAT",
    "progress_review": "TPR_RECENT_REPEAT",
    "split_agreement": "SPLIT_ON_FILE",
}


def not_twice(portal: Portal, paper: Paper, review: Answer) -> None:
    """The same form a second time, with a key of its own."""
    before = portal.filed(paper)
    repeat = REPEATS.get(paper.form.word)
    draft = acknowledging(paper.draft, review)
    # What was acknowledged is the form before this one.
    draft["acknowledged_warnings"] = [code for code in draft["acknowledged_warnings"] if code != repeat]
    answer = portal.submit(paper, draft)
    if paper.form.duplicate:
        assert (answer.status, answer.codes) == (409, [paper.form.duplicate])
        assert duplicate_of(answer) == before[0]
    else:
        # Permitted, and unlikely to be meant.
        assert (answer.status, set(answer.codes)) == (422, {repeat})
    assert portal.filed(paper) == before


def duplicate_of(answer: Answer) -> str | None:
    """The number of the first, if it is told."""
    told = [problem.get("params", {}).get("confirmation") for problem in answer.json.get("errors", [])]
    return next((number for number in told if number), None)
