"""Forms checked before they are filed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import ttw

DRAFT = {"beneficiaries": [{"ssn": "900-12-3456", "assignment_date": date(2024, 1, 10)}]}


def found(error: pytest.ExceptionInfo[ttw.TtwError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_a_plan_is_shown_as_it_would_be_filed(answers: dict[str, Any]) -> None:
    validation = answers["validation"]
    assert validation.checked_against_file
    assert validation.document["ssn"] == "***-**-3456"
    assert [(key.kind, key.value) for key in validation.keys] == [("work_plan", "EN-A#2026-06-02")]
    assert validation.intake.rows[0][0] == "***-**-3456"
    assert [problem.code for problem in validation.warnings] == ["IWP_EARNINGS_BELOW_TWL"]
    assert validation.warnings[0].path == "/draft/expected_earnings_short"
    assert "900" not in validation.to_json().replace(validation.rules_version, "")


def test_a_draft_alone_has_no_document(answers: dict[str, Any]) -> None:
    alone = answers["draft alone"]
    assert not alone.checked_against_file
    assert (alone.document, alone.intake, alone.advice, alone.keys) == (None, None, None, ())
    assert alone.warnings == answers["validation"].warnings


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.validate("earnings_inquiry", DRAFT, received_on=date(2023, 1, 1))
    assert found(error) == [
        ("SSN_AREA", "/draft/beneficiaries/0/ssn"),
        ("EIR_TAD_FUTURE", "/draft/beneficiaries/0/assignment_date"),
    ]
    with pytest.raises(ttw.TtwError) as error:
        ttw.validate("luck", "[]", received_on="today", on_file={}, people="all")
    assert {problem.path for problem in error.value.problems} == {
        "/form",
        "/received_on",
        "/people",
        "/on_file/organization",
    }


def test_text_of_the_draft_must_be_json() -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.validate("earnings_inquiry", "{", received_on="2026-06-15")
    assert found(error) == [("REQ_JSON_INVALID", "/draft")]


def test_every_code_of_a_problem_is_among_the_codes() -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.validate("work_plan", {}, received_on="2026-06-15")
    codes = ttw.codes()
    for problem in error.value.problems:
        known = codes[problem.code]
        assert (known.class_, known.action, known.cite) == (problem.class_, problem.action, problem.cite)
    assert {code.form for code in codes} >= {None, "payment_request", "progress_review"}
