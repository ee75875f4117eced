"""A refused input is a list of all that is wrong with it."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import ttw


def refused(question: Any) -> ttw.TtwError:
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide(question)
    return error.value


def break_in_many_places(question: dict[str, Any]) -> None:
    case = question["case"]
    case["earnings"].append({"month": "2016-06", "earned": "1.00"})
    case["earnings"][1]["earned"] = "-5.00"
    case["ticket"]["assignments"][0]["assigned_on"] = "2016-02-30"
    case["beneficiary"]["title"] = "t3"
    case["typo"] = 1
    question["policy"] = "strict"


def test_all_problems_at_once(question: dict[str, Any]) -> None:
    break_in_many_places(question)
    found = {(problem.code, problem.path) for problem in refused(question).problems}
    assert found >= {
        ("MONEY_NEGATIVE", "/case/earnings/1/earned"),
        ("DATE_INVALID", "/case/ticket/assignments/0/assigned_on"),
        ("REQ_ENUM", "/case/beneficiary/title"),
        ("REQ_UNKNOWN_FIELD", "/case/typo"),
        ("REQ_ENUM", "/policy"),
    }


def test_it_is_a_value_error_that_tells_each_problem_on_a_line(question: dict[str, Any]) -> None:
    break_in_many_places(question)
    error = refused(question)
    assert isinstance(error, ValueError)
    lines = str(error).splitlines()
    assert len(lines) == len(error.problems) > 4
    for line, problem in zip(lines, error.problems, strict=True):
        assert line == f"{problem.code} at {problem.path}: {problem.message}"
    assert str(refused("5")).startswith("REQ_TYPE at the whole document: ")


def test_paths_begin_where_the_caller_put_the_case(case: dict[str, Any], ask: dict[str, Any]) -> None:
    broken = copy.deepcopy(case)
    broken["beneficiary"]["blind"] = "no"
    with pytest.raises(ttw.TtwError) as error:
        ttw.ledger(broken, **ask)
    assert [problem.path for problem in error.value.problems] == ["/case/beneficiary/blind"]
    for before, after, paths in (
        (broken, case, ["/before/beneficiary/blind"]),
        (case, broken, ["/after/beneficiary/blind"]),
        (broken, json.dumps(broken), ["/before/beneficiary/blind", "/after/beneficiary/blind"]),
    ):
        with pytest.raises(ttw.TtwError) as error:
            ttw.compare(before, after, **ask)
        assert [problem.path for problem in error.value.problems] == paths


def test_fields_of_a_problem(question: dict[str, Any]) -> None:
    question["policy"] = "strict"
    (problem,) = refused(question).problems
    assert (problem.code, problem.class_, problem.path, problem.action) == (
        "REQ_ENUM",
        "syntactical",
        "/policy",
        "correct",
    )
    assert problem.params == {"allowed": ("operations", "regulation")}
    assert problem.cite is None
    assert "strict" not in problem.message
    assert repr(problem) == "<Problem REQ_ENUM /policy>"


def test_it_keeps_the_engines_json_and_can_be_sent_about(question: dict[str, Any]) -> None:
    break_in_many_places(question)
    error = refused(question)
    again = ttw.TtwError.from_json(error.to_json())
    assert again.problems == error.problems
    assert again.to_json() == error.to_json()
    assert json.loads(error.to_json()) == {"errors": [problem.to_dict() for problem in error.problems]}
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301
        assert isinstance(copied, ttw.TtwError)
        assert copied.problems == error.problems
        assert str(copied) == str(error)
    assert type(pickle.loads(pickle.dumps(error.problems))) is ttw.Problems  # noqa: S301


def test_an_empty_error_is_still_an_error() -> None:
    assert str(ttw.TtwError()) == ""
    assert list(ttw.TtwError().problems) == []


def test_a_value_that_could_be_a_persons_number_is_not_repeated(question: dict[str, Any]) -> None:
    number = "900-12-3456"
    question["case"]["ticket"]["id"] = number
    question["claim"]["payment"] = number
    question["case"]["earnings"][0]["month"] = number
    question["case"][number] = number
    error = refused(question)
    for shown in (str(error), repr(error), error.to_json(), error._repr_html_()):
        assert number not in shown
        assert number.replace("-", "") not in shown
    assert len(error.problems) >= 4
