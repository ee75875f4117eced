"""A dict, JSON text and typed objects are the same document, and nothing is converted silently."""

from __future__ import annotations

import json
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

import ttw

TYPED = ttw.Question(
    case=ttw.Case(
        ticket=ttw.Ticket(
            id="T-0001",
            assignments=[
                ttw.Assignment(
                    provider="EN-A",
                    kind="en",
                    payment_system="outcome_milestone",
                    assigned_on=date(2016, 5, 20),
                    plan_signed_on=date(2016, 5, 18),
                    plan_received_on=date(2016, 5, 25),
                    services_completed_on=date(2017, 2, 1),
                )
            ],
        ),
        beneficiary=ttw.Beneficiary(title="t2", blind=False),
        benefits=[ttw.Benefit(title="t2", from_=date(2014, 1, 1), status="current_pay")],
        earnings=[
            ttw.MonthlyEarnings(month="2016-06", earned=Decimal("900.00"), paid=Decimal("880.00")),
            ttw.MonthlyEarnings(month=date(2016, 8, 31), earned="912.50"),
        ],
        pay_statements=[
            ttw.PayStatement(
                employer="Acme Bakery",
                period_start=date(2016, 7, 1),
                period_end=date(2016, 7, 15),
                pay_date=date(2016, 7, 20),
                gross=Decimal("450.00"),
                kind="wages",
            ),
            ttw.PayStatement(
                employer="Acme Bakery",
                period_start="2016-07-16",
                period_end="2016-07-31",
                pay_date="2016-08-05",
                gross="460.00",
                kind="wages",
            ),
        ],
        state_vr_cases=[
            ttw.StateVrCase(agency="VR-CO", closed_on=date(2014, 3, 1), successful=False, cost_reimbursed=False)
        ],
        payments=[
            ttw.TicketPayment(payment="p1m1", month="2016-06", provider="EN-A", amount=Decimal(1398), half_twl=False)
        ],
    ),
    claim=ttw.Claim(payment="p1m2", month=date(2016, 8, 1), provider="EN-A"),
    requested_on=date(2017, 9, 15),
)


def paths(error: pytest.ExceptionInfo[ttw.TtwError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_every_form_of_a_question_gives_the_same_bytes(question: dict[str, Any]) -> None:
    text = json.dumps(question)
    forms: list[Any] = [
        question,
        text,
        json.dumps(question, indent=2),
        text.encode(),
        bytearray(text.encode()),
        memoryview(text.encode()),
        OrderedDict(question),
        MappingProxyType(question),
        {**question, "case": MappingProxyType(question["case"])},
        {**question, "requested_on": date(2017, 9, 15), "claim": {**question["claim"], "month": date(2016, 8, 31)}},
        {**question, "case": TYPED.case, "claim": TYPED.claim},
        TYPED,
        TYPED.to_dict(),
        json.dumps(TYPED.to_dict()),
    ]
    assert {ttw.decide(form).to_json() for form in forms} == {ttw.decide(question).to_json()}


@pytest.mark.parametrize("day", [date(2017, 9, 15), "2017-09-15"])
def test_every_form_of_a_case_gives_the_same_bytes(case: dict[str, Any], day: date | str) -> None:
    ask = {"provider": "EN-A", "as_of": day}
    forms: list[Any] = [case, json.dumps(case), json.dumps(case).encode(), TYPED.case]
    assert len({ttw.ledger(form, **ask).to_json() for form in forms}) == 1
    assert len({ttw.compare(form, other, **ask).to_json() for form in forms for other in forms}) == 1


def test_typed_objects_are_read_only_and_comparable() -> None:
    claim = ttw.Claim(payment="p1m2", month="2016-08", provider="EN-A")
    assert claim == ttw.Claim(payment="p1m2", month="2016-08", provider="EN-A")
    with pytest.raises(AttributeError):
        claim.payment = "p1m1"  # type: ignore[misc]
    with pytest.raises(TypeError):
        ttw.Claim("p1m2", "2016-08", "EN-A")  # type: ignore[misc]


@pytest.mark.parametrize("number", [900.0, 900, 900.5, float("nan"), float("inf"), True])
def test_an_amount_that_is_a_number_is_refused_by_its_place(question: dict[str, Any], number: float) -> None:
    question["case"]["earnings"][0]["earned"] = number
    question["case"]["payments"][0]["amount"] = number
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide(question)
    assert paths(error) == [
        ("MONEY_FORMAT", "/case/earnings/0/earned"),
        ("MONEY_FORMAT", "/case/payments/0/amount"),
    ]


@pytest.mark.parametrize("amount", ["900.005", "NaN", "sNaN", "Infinity"])
def test_a_decimal_is_written_as_it_is_and_never_rounded(question: dict[str, Any], amount: str) -> None:
    question["case"]["earnings"][0]["earned"] = Decimal(amount)
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide(question)
    assert paths(error) == [("MONEY_FORMAT", "/case/earnings/0/earned")]


def test_a_decimal_with_an_exponent_is_the_same_amount(question: dict[str, Any]) -> None:
    before = ttw.decide(question)
    question["case"]["earnings"][0]["earned"] = Decimal("9E2")
    assert ttw.decide(question) == before


def test_a_time_of_day_is_no_date_and_no_month(question: dict[str, Any]) -> None:
    moment = datetime(2016, 8, 1, tzinfo=UTC)
    question["requested_on"] = moment
    question["claim"]["month"] = moment
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide(question)
    assert sorted(paths(error)) == [("DATE_FORMAT", "/requested_on"), ("MONTH_FORMAT", "/claim/month")]
    assert all(problem.message.startswith("This has a time of day") for problem in error.value.problems)


def test_a_day_that_is_said_once_has_no_time_of_day(case: dict[str, Any]) -> None:
    noon = datetime(2017, 9, 15, 12)
    asks: dict[str, Any] = {
        "/as_of": [
            lambda: ttw.ledger(case, provider="EN-A", as_of=noon),
            lambda: ttw.ledger_batch([case], provider="EN-A", as_of=noon),
            lambda: ttw.compare(case, case, provider="EN-A", as_of=noon),
            lambda: ttw.unclaimed([case], provider="EN-A", as_of=noon),
            lambda: ttw.scenario([case], provider="EN-A", as_of=noon),
            lambda: ttw.milestones_batch(ttw.example_panel(), as_of=noon),
        ],
        "/requested_on": [lambda: ttw.decide_batch([ttw.example()], requested_on=noon)],
        "/received_on": [lambda: ttw.validate("work_plan", {}, received_on=noon)],
        "/today": [lambda: ttw.verification.review(today=noon)],
    }
    for path, each in asks.items():
        for ask in each:
            with pytest.raises(ttw.TtwError) as error:
                ask()
            (message,) = [problem.message for problem in error.value.problems if problem.path == path]
            assert ".date()" in message
            assert ".dt.normalize()" in message
    assignment = ttw.Assignment(provider="EN-A", kind="en", payment_system="outcome_milestone", assigned_on=noon)
    typed = {**case, "ticket": ttw.Ticket(id="T-1", assignments=[assignment])}
    with pytest.raises(ttw.TtwError, match="assigned_on: This has a time of day"):
        ttw.ledger(typed, provider="EN-A", as_of="2017-09-15")
    with pytest.raises(ttw.TtwError, match="This is not a date"):
        ttw.ledger(case, provider="EN-A", as_of="2017-09-15T12:00:00")


def test_a_list_is_told_where_many_go(question: dict[str, Any], ask: dict[str, Any]) -> None:
    case = question["case"]
    asks: list[tuple[Any, list[str], str]] = [
        (lambda: ttw.decide([question]), [""], "ttw.decide_batch"),  # type: ignore[arg-type]
        (lambda: ttw.ledger((case,), provider="EN-A", as_of="x"), ["/case", "/as_of"], "ttw.ledger_batch"),  # type: ignore[arg-type]
        (lambda: ttw.compare([case], [case], **ask), ["/before", "/after"], "ttw.compare_batch"),  # type: ignore[arg-type]
        (lambda: ttw.validate("work_plan", [{}], received_on="2026-06-15"), ["/draft"], "ttw.validate_batch"),  # type: ignore[arg-type]
    ]
    for wrong, where, many in asks:
        with pytest.raises(ttw.TtwError) as error:
            wrong()
        assert [problem.path for problem in error.value.problems] == where
        assert error.value.problems[0].code == "REQ_TYPE"
        assert f"for many there is {many}," in error.value.problems[0].message
    for wrong in (
        lambda: ttw.decide({**question, "claim": [question["claim"]]}),
        lambda: ttw.ledger(case, provider=["EN-A"], as_of="2017-09-15"),  # type: ignore[arg-type]
    ):
        with pytest.raises(ttw.TtwError) as error:
            wrong()
        assert "_batch" not in str(error.value)


def test_a_case_is_told_that_it_goes_under_case(case: dict[str, Any]) -> None:
    for form in (case, json.dumps(case), TYPED.case):
        with pytest.raises(ttw.TtwError) as error:
            ttw.decide(form)
        assert sorted(paths(error)) == [
            ("REQ_FIELD_REQUIRED", f"/{name}") for name in ("case", "claim", "requested_on")
        ]
        assert "put it under case" in error.value.problems[0].message
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide({})
    assert "put it under case" not in str(error.value)


@pytest.mark.parametrize("value", [object(), {1, 2}, b"text", 1j, {1: "a"}, [object()], {"month": object()}])
def test_what_json_cannot_hold_is_a_type_error(question: dict[str, Any], value: object) -> None:
    question["case"]["earnings"] = value
    with pytest.raises(TypeError, match=r"cannot|text"):
        ttw.decide(question)


def test_what_contains_itself_is_a_type_error(question: dict[str, Any]) -> None:
    question["case"]["earnings"] = question
    with pytest.raises(TypeError, match="contains itself"):
        ttw.decide(question)
    with pytest.raises(TypeError, match="too long"):
        ttw.decide({"case": 10**5000})


@pytest.mark.parametrize("value", [None, 5, "null", "[]", [], "5", True])
def test_what_is_no_object_is_refused_by_the_engine(value: Any) -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide(value)
    assert paths(error) == [("REQ_TYPE", "")]


@pytest.mark.parametrize("text", ["", "{", '{"case": }', "{} {}", "nan", b"\xff", "\ud800", '"\\ud800"', "\ufeff{}"])
def test_text_that_is_no_json_is_refused_with_its_place(text: Any, ask: dict[str, Any]) -> None:
    with pytest.raises(ttw.TtwError):
        ttw.decide(text)
    with pytest.raises(ttw.TtwError):
        ttw.ledger(text, **ask)


def test_the_place_is_that_of_the_text_as_given(case: dict[str, Any], ask: dict[str, Any]) -> None:
    for first, second, path in [('{\n "ticket": oops}', case, "/before"), (case, '{\n "ticket": oops}', "/after")]:
        with pytest.raises(ttw.TtwError) as error:
            ttw.compare(first, second, **ask)
        (problem,) = error.value.problems
        assert (problem.code, problem.path) == ("REQ_JSON_INVALID", path)
        assert problem.params == {"line": 2, "column": 12}


def test_text_cannot_reach_out_of_its_place(case: dict[str, Any]) -> None:
    escape = json.dumps(case) + ',"provider":"EN-B"'
    with pytest.raises(ttw.TtwError) as error:
        ttw.ledger(escape, provider="EN-A", as_of="2017-09-15")
    assert paths(error) == [("REQ_JSON_INVALID", "/case")]


def test_a_field_given_twice_in_text_is_found(ask: dict[str, Any]) -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.ledger('{"ticket": {}, "ticket": {}}', **ask)
    assert ("REQ_FIELD_DUPLICATE", "/case/ticket") in paths(error)


class Scalar:
    """A number as array libraries have it."""

    dtype, ndim = "int64", 0

    def item(self) -> int:
        return 60


def test_scalars_of_array_libraries_are_plain_values() -> None:
    percent: Any = Scalar()
    assert ttw.split("1398.00", {"EN-A": percent, "EN-B": 40}) == ttw.split("1398.00", {"EN-A": 60, "EN-B": 40})


def test_what_pandas_has_for_nothing_is_nothing(case: dict[str, Any], ask: dict[str, Any]) -> None:
    pandas = pytest.importorskip("pandas")
    assignment = case["ticket"]["assignments"][0]
    expected = ttw.ledger(case, **ask)
    for nothing in (pandas.NaT, pandas.NA):
        assignment["unassigned_on"] = nothing
        assert ttw.ledger(case, **ask) == expected
    with pytest.raises(ttw.TtwError):
        ttw.decide({**ttw.example(), "requested_on": pandas.NaT})


def test_shares_are_a_mapping_or_a_list() -> None:
    listed = [{"provider": "EN-A", "percent": 60}, {"provider": "EN-B", "percent": 40}]
    assert ttw.split(Decimal("1398.00"), listed) == ttw.split("1398.00", {"EN-A": 60, "EN-B": 40})
    assert "REC-04" in ttw.split("1398.00", listed, payment="reconciliation").rules


@pytest.mark.parametrize("month", ["2016-08", date(2016, 8, 31)])
def test_parameters_of_a_month(month: date | str) -> None:
    assert ttw.parameters(month).on == "2016-08"


@pytest.mark.parametrize("month", ["2016", "2016-13", "", "\ud800"])
def test_what_is_no_month_is_refused(month: str) -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.parameters(month)
    assert paths(error) == [("MONTH_FORMAT", "/on")]


@pytest.mark.parametrize("id", ["", "XX-99", "lb-02", "\ud800"])
def test_a_rule_that_there_is_not_is_a_key_error(id: str) -> None:
    with pytest.raises(KeyError):
        ttw.rule(id)


def test_an_operators_parameters(tmp_path: Path, case: dict[str, Any]) -> None:
    head = (
        'unit = "usd_per_month"\nholds = "calendar_year"\ncite = "law"\nverified_through = "2027-12"\ntitle = "TWL"\n'
    )
    text = head + '[[value]]\nfrom = "2027-01"\namount = "1250"\nsource = "an example"\n'
    (tmp_path / "trial_work_level.toml").write_text(text)
    (tmp_path / "notes.txt").write_text("not a parameter")
    engine, same = ttw.Engine(tmp_path), ttw.Engine({"trial_work_level.toml": text})
    assert engine.parameters().to_json() == same.parameters().to_json()
    assert engine.version() == same.version() != ttw.version()
    assert engine.version() in repr(engine)
    ledger = engine.ledger(case, provider="EN-A", as_of="2017-09-15")
    assert ledger.rules_version == engine.version()
    with pytest.raises(ttw.TtwError) as error:
        ttw.Engine({"unheard_of.toml": text, "trial_work_level.toml": text.replace("2027-01", "2016-01")})
    assert paths(error) == [
        ("PARAM_DATE_NOT_LATER", "/trial_work_level/value/0/from"),
        ("PARAM_FILE_UNKNOWN", "/unheard_of"),
    ]


def test_parameters_are_in_a_folder_that_there_is(tmp_path):
    file = tmp_path / "trial_work_level.toml"
    file.write_text("", "utf-8")
    for wrong in (tmp_path / "none", file):
        with pytest.raises(NotADirectoryError, match="is no folder"):
            ttw.Engine(wrong)
