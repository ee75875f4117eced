"""What if: cases judged again with something changed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import ttw

ASK: dict[str, Any] = {"provider": "EN-A", "as_of": "2017-09-15"}


@pytest.fixture
def worker(case: dict[str, Any]) -> dict[str, Any]:
    """Somebody who earned the same in every month from June 2016 to December 2017."""
    earnings = [{"month": f"{year}-{at:02}", "earned": "820.00"} for year in (2016, 2017) for at in range(1, 13)][5:]
    return {**case, "payments": [], "pay_statements": [], "earnings": earnings}


def payable(case: dict[str, Any], **ask: Any) -> Decimal:
    totals = ttw.ledger(case, **{**ASK, **ask}).totals
    return totals.payable + totals.paid


def test_earnings_are_raised_by_percent(worker: dict[str, Any]) -> None:
    scenario = ttw.scenario([worker], **ASK)
    change = scenario.what_if(raise_earnings=Decimal("-1.5"))
    lower = {**worker, "earnings": [{**entry, "earned": "807.70"} for entry in worker["earnings"]]}
    assert change.dollars == payable(lower) - payable(worker) < 0
    assert set(change.by_payment) >= {"p1m2", "p1m3"}
    assert sum(change.by_payment.values()) == change.dollars
    assert [row["rules"][0] for row in change if row["payment"] == "p1m2"] == ["P1-02"]
    assert change.by_rule["P1-02"] <= -1398
    assert scenario.what_if(raise_earnings=0).rows == ()


def test_an_assignment_is_moved(worker: dict[str, Any]) -> None:
    later = json.loads(json.dumps(worker))
    later["ticket"]["assignments"][0]["assigned_on"] = "2017-05-20"
    change = ttw.scenario([worker], **ASK).what_if(move_assignment=365)
    assert change.dollars == payable(later) - payable(worker)
    assert change.tickets == 1


def test_the_other_policy_is_asked(worker: dict[str, Any]) -> None:
    at_the_level = {**worker, "earnings": [{**entry, "earned": "810.00"} for entry in worker["earnings"]]}
    change = ttw.scenario([at_the_level], **ASK).what_if(policy="regulation")
    assert change.dollars == payable(at_the_level, policy="regulation") - payable(at_the_level)


def test_the_same_life_in_other_years(worker: dict[str, Any]) -> None:
    change = ttw.scenario([worker], **ASK).what_if(years=2)
    assert change.dollars < 0, "820 dollars are below the level of 2018"
    assert all(row["month_before"] is None or row["month_before"] < "2018" for row in change)
    enough = {**worker, "earnings": [{**entry, "earned": "880.00"} for entry in worker["earnings"]]}
    same = ttw.scenario([enough], **ASK).what_if(years=2)
    assert {row["after"] for row in same} == {"payable"}
    assert same.dollars > 0
    assert {(row["month_before"], row["month_after"]) for row in same} == {
        (month, month) for month in {row["month_before"] for row in same}
    }


def test_one_month_can_unlock_the_next_payment(case: dict[str, Any]) -> None:
    case["payments"], case["earnings"] = [], case["earnings"][:1]
    scenario = ttw.scenario([case, "{}", case], provider="EN-A", as_of=date(2016, 9, 15))
    rows = scenario.next_month()
    assert [(row["row"], row["problems"]) for row in rows] == [(0, []), (1, ["REQ_FIELD_REQUIRED"] * 2), (2, [])]
    assert rows[1]["payment"] is rows[1]["needs"] is None
    assert rows[1]["text"].startswith("This field is required")
    assert (rows[0]["payment"], rows[0]["needs"], rows[0]["months"]) == ("p1m2", "earnings", 1)
    assert rows[:1] == (rows[0],)
    assert rows[-1]["row"] == 2
    assert rows.problems == (rows[1],)
    assert repr(rows) == "<ttw.NextMonths: 2 tickets, 2 one month away, 1 cannot be read>"
    assert "One more month" in rows._repr_html_()
    more = [*case["earnings"], {"month": rows[0]["month"], "earned": str(rows[0]["at_least"])}]
    after = ttw.ledger({**case, "earnings": more}, provider="EN-A", as_of="2016-12-15")
    assert after["p1m2"].status == "payable"


def test_a_bad_case_stays_bad_and_stops_nothing(worker: dict[str, Any]) -> None:
    change = ttw.scenario(["{", worker, None], **ASK).what_if(raise_earnings=-50)
    assert [row["row"] for row in change.problems] == [0, 2]
    assert change.problems == tuple(row for row in change if row["problems"])
    assert change.dollars == ttw.scenario([worker], **ASK).what_if(raise_earnings=-50).dollars < 0
    assert change.tickets == 1
    assert "2 cannot be read" in repr(change)
    assert "2 cases cannot be read" in change._repr_html_()


def test_a_case_that_the_change_makes_unreadable_brings_and_loses_nothing(worker: dict[str, Any]) -> None:
    later = worker["ticket"]["assignments"][0]
    earlier = {**later, "provider": "EN-B", "assigned_on": "2016-01-20", "unassigned_on": later["assigned_on"]}
    held_before = {**worker, "ticket": {**worker["ticket"], "assignments": [earlier, later]}}
    change = ttw.scenario([held_before], **ASK).what_if(move_assignment=-30)
    assert [(row["ticket"], row["payment"], row["problems"]) for row in change] == [
        ("T-0001", None, ["ASSIGNMENTS_OVERLAP"])
    ]
    assert (change.dollars, change.by_payment, change.by_rule, change.tickets) == (0, {}, {}, 0)


def test_a_provider_that_has_no_part_is_told_once_and_one_of_others_counts_apart(worker: dict[str, Any]) -> None:
    other = json.loads(json.dumps(worker).replace("EN-A", "EN-B"))
    nobody = ttw.scenario([worker, other], provider="EN-AA", as_of="2017-09-15")
    for ask in (nobody.next_month, lambda: nobody.what_if(raise_earnings=5)):
        with pytest.raises(ttw.TtwError) as error:
            ask()
        assert [(problem.code, problem.path) for problem in error.value.problems] == [
            ("CLAIM_PROVIDER_NOT_ASSIGNED", "/provider")
        ]
    scenario = ttw.scenario([worker, other, {}], **ASK)
    for answer in (scenario.next_month(), scenario.what_if(raise_earnings=-50)):
        assert answer.problems[0]["problems"] == ["CLAIM_PROVIDER_NOT_ASSIGNED"]
        assert repr(answer).endswith(", 1 cannot be read, 1 not with this provider>")
    assert "1 case cannot be read; 1 case not with this provider" in scenario.what_if(years=1)._repr_html_()


def test_the_rules_are_those_of_the_month_that_is_lost(case: dict[str, Any]) -> None:
    case["ticket"]["terminates_in"] = "2017-09"
    change = ttw.scenario([case], **ASK).what_if(raise_earnings=-20)
    lower = {**case, "earnings": [{"month": "2016-06", "earned": "720.00", "paid": "704.00"}]}
    claim = {"payment": "p1m2", "month": "2016-08", "provider": "EN-A"}
    decision = ttw.decide({"case": lower, "claim": claim, "requested_on": "2017-09-15"})
    failed = [reason.rule for reason in decision.reasons if reason.holds is False]
    assert [row["rules"] for row in change] == [failed] == [["P1-02"]]
    assert change.by_rule == {"P1-02": Decimal("-1398.00")}


@pytest.mark.parametrize(
    "change",
    [{"raise_earnings": 5}, {"raise_earnings": -20}, {"policy": "regulation"}, {"move_assignment": 60}, {"years": 1}],
)
def test_the_causes_add_up_to_the_whole(change: Any) -> None:
    answer = ttw.scenario(ttw.example_caseload(60, seed=7), provider="EN-A", as_of="2022-03-15").what_if(**change)
    assert answer.dollars != 0
    assert sum(answer.by_rule.values()) == sum(answer.by_payment.values()) == answer.dollars
    assert all(answer.by_rule.values())
    causes = {row["cause"] for row in answer}
    assert "other" not in causes
    for row in answer:
        both_due = {row["before"], row["after"]} <= {"paid", "payable"}
        assert row["cause"] == (row["rules"] or ["another month", "another amount"])[0] or both_due
        assert both_due == (row["cause"] in ("another month", "another amount"))
    assert any(row["cause"] == "another month" for row in answer)
    assert answer[0] == answer[:1][0] == answer.rows[0]


def test_what_a_payment_waits_for_is_said(worker: dict[str, Any]) -> None:
    worker["earnings"] = [{**entry, "earned": "900.00"} for entry in worker["earnings"]]
    own = worker["ticket"]["assignments"][0]
    unserved = {**own, "services_completed_on": None}
    unplanned = {**own, "plan_received_on": None}
    stopped = {"title": "t2", "from": "2014-01", "to": None, "status": "suspended_other"}
    little = {"earnings": worker["earnings"][:1]}
    cases = {
        "earnings": little,
        "services": {"ticket": {**worker["ticket"], "assignments": [unserved]}},
        "plan": {"ticket": {**worker["ticket"], "assignments": [unplanned]}, **little},
        "facts": {"benefits": [], "earnings": []},
        "nothing": {"benefits": [stopped]},
    }
    rows = ttw.scenario([{**worker, **case} for case in cases.values()], **ASK).next_month()
    assert [row["needs"] for row in rows] == list(cases)
    assert all(row["text"] for row in rows)
    assert [row["months"] for row in rows] == [rows[0]["months"], 0, 0, None, None]
    paid_out = ttw.scenario([{**worker, "ticket": {**worker["ticket"], "terminates_in": "2016-07"}}], **ASK)
    assert len(paid_out.next_month()) == 0


def test_what_may_be_due_already_comes_before_what_can_still_come() -> None:
    cases, ask = ttw.example_caseload(300), {"provider": "EN-A", "as_of": "2022-03-15"}
    open_ = {
        at: ticket.why
        for at, ticket in enumerate(ttw.unclaimed(cases, **ask).tickets)
        if ticket.why is not None and ticket.why.standing == "undetermined"
    }
    rows = {row["row"]: row for row in ttw.scenario(cases, **ask).next_month()}
    assert len(open_) == 62
    assert list(rows) == sorted(rows)
    assert {at for at, row in rows.items() if row["needs"] == "facts"} >= open_.keys()
    for at, why in open_.items():
        row = rows[at]
        assert (row["payment"], row["needs"]) == (why.payment, "facts")
        assert row["month"] is row["at_least"] is row["months"] is None
        for fact in why.missing:
            assert fact.month is not None
            assert f"{date.fromisoformat(fact.month + '-01'):%B %Y}" in row["text"]


def test_what_is_unknown_of_a_later_payment_comes_first_too(case: dict[str, Any]) -> None:
    ends = {"title": "t2", "from": "2014-01", "to": "2016-12", "status": "current_pay"}
    earnings = [{"month": "2016-06", "earned": "900.00"}, {"month": "2017-01", "earned": "2000.00"}]
    unknown = {**case, "benefits": [ends], "earnings": earnings, "payments": [], "pay_statements": []}
    statuses = {row.payment: row.status for row in ttw.ledger(unknown, **ASK)}
    assert (statuses["p1m2"], statuses["outcome1"]) == ("pending", "undetermined")
    (row,) = ttw.scenario([unknown], **ASK).next_month()
    assert (row["payment"], row["needs"]) == ("outcome1", "facts")
    assert row["text"].startswith("In January 2017: title II not known")


def test_a_change_has_to_be_said(worker: dict[str, Any]) -> None:
    for cases in ([worker], []):
        scenario = ttw.scenario(cases, **ASK)
        with pytest.raises(ValueError, match="say a change: raise_earnings, move_assignment, policy or years"):
            scenario.what_if()
        for nothing in ("raise_earnings", "move_assignment", "years"):
            assert scenario.what_if(**{nothing: 0}).rows == ()  # type: ignore[arg-type]


def test_a_month_that_is_enough_is_only_waited_for(case: dict[str, Any]) -> None:
    stop = {"title": "t2", "from": "2016-07", "to": None, "status": "suspended_work"}
    case["benefits"] = [{**case["benefits"][0], "to": "2016-06"}, stop]
    case["earnings"] = [
        {"month": f"{year}-{at:02}", "earned": "2000.00"} for year in (2016, 2017) for at in range(1, 13)
    ]
    case["payments"], case["pay_statements"] = [], []
    row = ttw.scenario([case], **ASK).next_month()[0]
    assert (row["needs"], row["months"], row["problems"]) == ("time", 0, [])
    assert "once that month is over" in row["text"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"policy": "x"}, ttw.TtwError),
        ({"policy": ""}, ttw.TtwError),
        ({"raise_earnings": Decimal("-100.01")}, ValueError),
        ({"raise_earnings": float("nan")}, ValueError),
        ({"raise_earnings": Decimal("Infinity")}, ValueError),
        ({"raise_earnings": 10**9}, ValueError),
        ({"raise_earnings": "5"}, TypeError),
        ({"raise_earnings": True}, TypeError),
        ({"move_assignment": "30"}, TypeError),
        ({"move_assignment": timedelta(30)}, TypeError),
        ({"move_assignment": -(10**6)}, ValueError),
        ({"years": 1.5}, TypeError),
        ({"years": 10**4}, ValueError),
        ({"years": -(10**12)}, ValueError),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(case: dict[str, Any], change: Any, error: type[Exception]) -> None:
    for cases in ([case], []):
        with pytest.raises(error, match=next(iter(change))):
            ttw.scenario(cases, **ASK).what_if(**change)


@pytest.mark.parametrize(
    "ask", [{"as_of": "x"}, {"as_of": datetime(2017, 9, 15, 12)}, {"as_of": 5}, {"policy": "x"}, {"provider": ""}]
)
def test_what_a_ledger_refuses_a_scenario_refuses(case: dict[str, Any], ask: Any) -> None:
    with pytest.raises(ttw.TtwError) as expected:
        ttw.ledger(case, **{**ASK, **ask})
    with pytest.raises(ttw.TtwError) as error:
        ttw.scenario([case], **{**ASK, **ask})
    assert error.value.problems == expected.value.problems


def test_tables_can_be_changed_too(worker: dict[str, Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    expected = ttw.scenario([worker], **ASK).what_if(raise_earnings=-50).rows
    forms = [
        pyarrow.Table.from_pylist([worker]),
        pyarrow.Table.from_pylist([worker]).to_reader(),
        pyarrow.chunked_array([pyarrow.array([worker])]),
        polars.DataFrame([worker]),
        pandas.DataFrame([worker]),
        polars.DataFrame({"json": [json.dumps(worker)]}),
        duckdb.from_arrow(pyarrow.Table.from_pylist([worker])),
    ]
    for form in forms:
        assert ttw.scenario(form, **ASK).what_if(raise_earnings=-50).rows == expected


def test_a_change_is_shown_and_framed(worker: dict[str, Any]) -> None:
    change = ttw.scenario([worker], **ASK).what_if(raise_earnings=-50)
    shown = change._repr_html_()
    assert "By rule" in shown
    assert "-$" in shown
    pytest.importorskip("polars")
    assert change.to_frame("polars").height == len(change)


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_what_the_engine_knows_is_a_frame(library: Any, case: dict[str, Any]) -> None:
    pytest.importorskip(library)
    assert len(ttw.rules().to_frame(library)) == len(ttw.rules())
    assert len(ttw.parameters("2016-08").to_frame(library)) > 10
    assert len(ttw.ledger(case, **ASK).to_frame(library)) == 52
    assert len(ttw.unclaimed([case], **ASK).to_frame(library)) == len(ttw.unclaimed([case], **ASK)) > 0
    with pytest.raises(ValueError, match="polars, pandas or pyarrow"):
        ttw.rules().to_frame("luck")  # type: ignore[arg-type]


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_frames_of_a_kind_have_the_same_columns(library: Any, case: dict[str, Any]) -> None:
    module = pytest.importorskip(library)
    nothing = {**case, "payments": [], "earnings": [], "pay_statements": []}
    paid_for = {**case, "ticket": {**case["ticket"], "terminates_in": "2016-07"}}
    scenario = ttw.scenario([case, {}], **ASK)
    kinds: list[list[Any]] = [
        [ttw.ledger(one, **ASK) for one in (case, nothing, paid_for)],
        [ttw.unclaimed(cases, **ASK) for cases in ([], [case], [nothing])],
        [
            scenario.what_if(raise_earnings=0),
            scenario.what_if(raise_earnings=-50),
            ttw.scenario([], **ASK).what_if(years=1),
        ],
        [scenario.next_month(), ttw.scenario([], **ASK).next_month()],
        [ttw.compare(case, case, **ASK), ttw.compare(case, nothing, **ASK)],
        [ttw.split("1398.00", {"EN-A": 60, "EN-B": 40})],
        [ttw.codes()],
        [ttw.parameters(), ttw.parameters("1990-01")],
        [ttw.rules()],
    ]
    for answers in kinds:
        frames = [answer.to_frame(library) for answer in answers]
        names = [list(row) for answer in answers for row in answer._records()[:1]]
        assert names
        for frame, answer in zip(frames, answers, strict=True):
            assert len(frame) == len(answer._records())
            if library == "pandas":
                assert list(frame.columns) == names[0]
                assert frame.dtypes.equals(frames[0].dtypes)
            elif library == "polars":
                assert list(frame.schema) == names[0]
                assert frame.schema == frames[0].schema
            else:
                assert frame.schema.names == names[0]
                assert frame.schema == frames[0].schema
        joined = {"polars": "concat", "pandas": "concat", "pyarrow": "concat_tables"}[library]
        assert len(getattr(module, joined)(frames)) == sum(map(len, frames))
    money = ttw.ledger(case, **ASK).to_frame(library)["amount"]
    values = money.to_pylist() if library == "pyarrow" else list(money)
    assert values[:2] == [Decimal("1398.00")] * 2
    assert values[3] is None


def test_an_explanation_begins_with_what_decides(answers: dict[str, Any]) -> None:
    told = answers["not_payable"].explain().splitlines()
    assert told[0].endswith("not_payable")
    assert told[1].startswith("fails  P1-")
    assert told[-1].startswith("next   ")


def test_a_rate_that_is_not_published_makes_no_difference_in_dollars():
    case = ttw.example()["case"]
    case |= {"payments": [], "pay_statements": [], "earnings": [{"month": "2016-06", "earned": "2000.00"}]}
    later = ttw.scenario([case], provider="EN-A", as_of="2017-09-15").what_if(years=10)
    (row,) = [row for row in later if row["payment"] == "p1m1"]
    assert (row["before"], row["after"], row["amount_after"], row["difference"]) == ("payable", "payable", None, 0)
    assert (later.dollars, later.by_rule, later.without_rate) == (0, {}, 1)
    assert "1 without a published rate" in repr(later)
