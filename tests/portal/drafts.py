"""The six forms as somebody fills them in, about the synthetic people of a day."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

NO_TICKET = "That beneficiary does not have a ticket assigned with this organization."
NOT_ASSIGNABLE = "This person's ticket cannot be assigned; check the number, or ask the program manager."
# Nobody of the synthetic people has it.
NOBODY = "900-12-3456"

Draft = dict[str, Any]


@dataclass(frozen=True)
class Form:
    """A form of the portal."""

    word: str
    name: str
    path: str
    # What is said of a number that is not on file, or is with somebody else.
    wrong_number: str = NO_TICKET
    # The code of a second one.
    duplicate: str | None = None
    # How many empty rows it opens with, and the most it takes.
    rows: tuple[int, int] | None = None


FORMS = {
    form.word: form
    for form in [
        Form("payment_request", "Payment Request", "/v1/payment-requests", duplicate="PR_DUPLICATE_REQUEST"),
        Form("earnings_inquiry", "Earnings Inquiry Request", "/v1/earnings-inquiries", rows=(6, 250)),
        Form("work_plan", "Individual Work Plan", "/v1/work-plans", NOT_ASSIGNABLE, "IWP_DUPLICATE"),
        Form("form_1365", "Form 1365", "/v1/ticket-assignments", NOT_ASSIGNABLE, "F1365_DUPLICATE"),
        Form("progress_review", "Timely Progress Review Response", "/v1/progress-reviews", rows=(6, 250)),
        Form("split_agreement", "Split Payment Request", "/v1/split-agreements"),
    ]
}


@dataclass(frozen=True)
class Paper:
    """A form filled in: by whom, for whom, and about whom."""

    form: Form
    user: str
    provider: str
    # Of another organization, who may file this form too.
    stranger: str
    people: list[dict[str, Any]]
    draft: Draft
    # Changes something that may be changed.
    edit: Callable[[Draft], None]
    # Where the number of the first person stands.
    number_at: list[str | int] = field(default_factory=lambda: ["ssn"])

    def edited(self) -> Draft:
        """The same after Return and a change."""
        draft = copy.deepcopy(self.draft)
        self.edit(draft)
        assert draft != self.draft
        return draft

    def about(self, number: str) -> Draft:
        """The same with another number for the first person."""
        draft = copy.deepcopy(self.draft)
        *parents, last = self.number_at
        place = draft
        for step in parents:
            place = place[step]
        place[last] = number
        return draft


class World:
    """The synthetic people, and a form about some of them; each round is about others or by others."""

    def __init__(self, people: list[dict[str, Any]], day: date):
        self.people, self.day = people, day
        assert NOBODY not in {person["ssn"] for person in people}

    def who(self, story: str) -> dict[str, Any]:
        """The person of a story, by its beginning."""
        (found,) = [person for person in self.people if person["story"].startswith(story)]
        return found

    def holder(self, person: dict[str, Any]) -> dict[str, Any] | None:
        """The assignment in force."""
        today = self.day.isoformat()
        assignments = person["case"]["ticket"]["assignments"]
        running = [one for one in assignments if one["assigned_on"] <= today < (one["unassigned_on"] or "9999")]
        return running[0] if running else None

    def held_by(self, provider: str) -> list[dict[str, Any]]:
        """The people whose ticket is with a provider."""
        return [person for person in self.people if (self.holder(person) or {}).get("provider") == provider]

    def before(self, days: int) -> str:
        """A day not long ago."""
        return (self.day - timedelta(days=days)).isoformat()

    def paper(self, word: str, again: bool) -> Paper:
        """A form filled in, for the first time or for the second."""
        return getattr(self, word)(FORMS[word], again)

    def payment_request(self, form: Form, again: bool) -> Paper:
        """The first milestone, for the first month of work."""
        story = (
            "SSI alone; for some months only the State supplement" if again else "Seven months at the trial work level"
        )
        person = self.who(story)
        return Paper(
            form,
            "harbor-submitter",
            "EN-HARBOR",
            "prairie-submitter",
            [person],
            {
                "ssn": person["ssn"],
                "payment_method": "outcome_milestone",
                "request_type": "p1m1",
                "claim_month": person["case"]["earnings"][0]["month"],
                "p1m1_basis": "twl_in_month",
                "employer": employer(person),
                "work_type": "employee",
                "proof_delivery": "none_needed",
                "services_summary_codes": ["career_counseling", "job_placement"],
                "services_certified": True,
                "attested": True,
            },
            lambda draft: draft["services_summary_codes"].pop(),
        )

    def earnings_inquiry(self, form: Form, again: bool) -> Paper:
        """All tickets that are held: more than the six rows with which the form opens."""
        name = "prairie" if again else "harbor"
        people = self.held_by(f"EN-{name.upper()}")
        rows = [{"ssn": one["ssn"], "assignment_date": self.holder(one)["assigned_on"]} for one in people]
        return Paper(
            form,
            f"{name}-signatory",
            f"EN-{name.upper()}",
            "lantern-signatory",
            people,
            {"beneficiaries": rows},
            lambda draft: draft["beneficiaries"].pop(),
            ["beneficiaries", 0, "ssn"],
        )

    def work_plan(self, form: Form, again: bool) -> Paper:
        """A first plan."""
        person = self.who("Never assigned, in current pay")
        name, other = ("prairie", "harbor") if again else ("harbor", "prairie")
        return Paper(
            form,
            f"{name}-submitter",
            f"EN-{name.upper()}",
            f"{other}-submitter",
            [person],
            {
                "ssn": person["ssn"],
                "plan_type": "initial",
                "immediate_services": ["career_counseling", "job_placement"],
                "later_services": ["job_retention"],
                "discussion_date": self.before(4),
                "discussion_modality": "phone",
                "goal_soc_short": "43-4051",
                "goal_soc_long": "11-9111",
                "expected_earnings_short": "band_1040_2000",
                "expected_earnings_long": "band_2001_3500",
                "goal_months_short": 24,
                "goal_years_long": 3,
                "beneficiary_signed_on": self.before(3),
                "beneficiary_signer": "beneficiary",
                "en_signed_on": self.before(2),
                "signatures_on_file": True,
                "rights_ack_version": "rights_2026_1",
                "accessible_format": "large_print",
                "business_model": "traditional",
            },
            lambda draft: draft.update(goal_soc_long="13-1071"),
        )

    def form_1365(self, form: Form, again: bool) -> Paper:
        """A ticket for a State agency."""
        person = self.who("First with the outcome-only network, then with another")
        name, other = ("cedar", "pine") if again else ("pine", "cedar")
        return Paper(
            form,
            f"{name}-submitter",
            f"VR-{name.upper()}",
            f"{other}-submitter",
            [person],
            {
                "ssn": person["ssn"],
                "ipe_signed_statement": True,
                "ipe_signed_on": self.before(10),
                "vocational_goal_soc": "43-4051",
                "payment_system": "en_elected",
                "existing_ipe": False,
                "beneficiary_signed_on": self.before(9),
                "beneficiary_signer": "representative",
                "vr_rep_signed_on": self.before(8),
            },
            lambda draft: draft.update(vocational_goal_soc="15-1252"),
        )

    def progress_review(self, form: Form, again: bool) -> Paper:
        """Work enough for the period, and no education."""
        story = "Nine months of work, but the agreed services" if again else "One good month, then little"
        person = self.who(story)
        period = person["progress_review"]["period"]
        # The questions of the first two periods; more than the first diploma is asked in both.
        asked = ["q_work_met", *(["q_ged_hs"] if period == 1 else []), "q_college_pct", "q_tech_pct", "q_combination"]
        answers = {question: question in {"q_work_met", "q_combination"} for question in asked}
        row = {
            "ssn": person["ssn"],
            "tpr_period": period,
            "answers": answers,
            "figures": {"months_worked": 12},
            "progress_not_made": False,
        }
        return Paper(
            form,
            "harbor-submitter",
            "EN-HARBOR",
            "prairie-submitter",
            [person],
            {"responses": [row]},
            lambda draft: draft["responses"][0]["figures"].update(months_worked=11),
            ["responses", 0, "ssn"],
        )

    def split_agreement(self, form: Form, again: bool) -> Paper:
        """Two networks that had the ticket one after the other; either may file what they have agreed."""
        person = self.who("Two networks, one after the other")
        held = sorted(person["case"]["ticket"]["assignments"], key=lambda one: one["assigned_on"], reverse=True)
        name = "harbor" if again else "prairie"
        pids = [one["provider"] for one in held]
        ens = [
            {
                "pid": one["provider"],
                "current": one["unassigned_on"] is None,
                "ticket_assignment_date": one["assigned_on"],
                "contact_id": f"C-{one['provider']}",
                "phone": "4105550100",
            }
            for one in held
        ]

        def shares(first: int) -> list[dict[str, Any]]:
            return [{"pid": pids[0], "percent": first}, {"pid": pids[1], "percent": 100 - first}]

        allocation = {"p1": shares(30), "p2": shares(60), "outcome": shares(90)}
        return Paper(
            form,
            f"{name}-submitter",
            f"EN-{name.upper()}",
            "lantern-signatory",
            [person],
            {"ssn": person["ssn"], "ens": ens, "choice": "agreed_allocation", "allocation": allocation},
            lambda draft: draft["allocation"].update(p1=shares(40)),
        )


def employer(person: dict[str, Any]) -> dict[str, str]:
    """One that is on file, else the name of one."""
    known = [{"employer_id": one["id"]} for one in person["employers"]]
    return known[0] if known else {"name": "Bluebird Bakery"}
