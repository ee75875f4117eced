"""Answers are the engine's JSON with types: nothing is lost, nothing can be changed."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

import ttw
from ttw._answer import Answer

# Names of the contract that are keywords of Python.
KEYWORDS = {"from": "from_", "class": "class_"}
# What is put together of fields.
DERIVED = {"problems"}


def properties(kind: type[Answer]) -> set[str]:
    members = [member for base in kind.__mro__ for member in vars(base).items()]
    return {name for name, value in members if isinstance(value, property) and not name.startswith("_")} - DERIVED


def plain(value: Any) -> Any:
    """A typed value as JSON has it."""
    if isinstance(value, Answer):
        return {name: plain(getattr(value, KEYWORDS.get(name, name))) for name in value.to_dict()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, MappingProxyType):
        return {name: plain(item) for name, item in value.items()}
    return str(value) if isinstance(value, Decimal | date) else value


def test_attributes_are_the_fields_of_the_contract(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        assert plain(answer) == answer.to_dict(), name


def answer_types(kind: type[Answer]) -> set[type[Answer]]:
    """The types that answers have: those without a subtype."""
    subtypes = kind.__subclasses__()
    return set().union(*map(answer_types, subtypes)) if subtypes else {kind}


def test_every_field_has_an_attribute_and_every_attribute_a_field(answers: dict[str, Answer]) -> None:
    seen: dict[type[Answer], set[str]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, Answer):
            fields = {KEYWORDS.get(name, name) for name in value.to_dict()}
            seen.setdefault(type(value), set()).update(fields)
            for name in properties(type(value)) & fields:
                walk(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)

    for answer in answers.values():
        walk(answer)
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide({"case": 5, "policy": "x", "claim": {"payment": "p9", "month": "?", "provider": "900-12-3456"}})
    walk(tuple(error.value.problems))
    with pytest.raises(ttw.TtwError) as error:
        ttw.split("1.50", {"EN-A": 100})
    walk(tuple(error.value.problems))
    assert {kind.__name__ for kind in seen} == {kind.__name__ for kind in answer_types(Answer)}
    for kind, fields in seen.items():
        assert fields == properties(kind), kind


def test_json_of_parts_is_that_of_the_whole(answers: dict[str, Answer]) -> None:
    payable, ledger = answers["payable"], answers["ledger"]
    assert isinstance(payable, ttw.Determination)
    assert isinstance(ledger, ttw.Ledger)
    for part in (*payable.reasons, payable.amount_basis):
        assert isinstance(part, Answer)
        assert part.to_json() in payable.to_json()
    assert "[" + ",".join(row.to_json() for row in ledger) + "]" in ledger.to_json()


def test_equal_hashable_copyable_picklable(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        again = type(answer)(answer.to_json())
        assert again == answer, name
        assert hash(again) == hash(answer)
        assert type(answer)(answer.to_dict()) == answer
        assert copy.copy(answer) is answer
        assert copy.deepcopy(answer) is answer
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            restored = pickle.loads(pickle.dumps(answer, protocol))  # noqa: S301
            assert restored == answer
            assert restored.to_json() == answer.to_json()
        assert repr(answer) == repr(again)
    assert len(set(answers.values())) == len(answers)
    assert answers["payable"] != answers["payable"].to_json()
    assert ttw.LedgerRow({"payment": "p1m1"}) != ttw.Change({"payment": "p1m1"})


def test_engines_and_their_methods_can_be_sent_to_other_processes(question: dict[str, Any]) -> None:
    decide = pickle.loads(pickle.dumps(ttw.decide))  # noqa: S301
    assert decide(question) == ttw.decide(question)
    engine = pickle.loads(pickle.dumps(ttw.Engine({})))  # noqa: S301
    assert engine.version() == ttw.Engine({}).version()


def test_answers_are_read_only(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        for name in (*properties(type(answer)), "_json", "unheard_of"):
            with pytest.raises(AttributeError):
                setattr(answer, name, None)
            with pytest.raises(AttributeError):
                delattr(answer, name)
    answer = answers["payable"]
    assert isinstance(answer, ttw.Determination)
    answer.to_dict()["decision"] = "changed"
    answer.to_dict()["reasons"].clear()
    facts: Any = answer.reason("P1-02").facts
    with pytest.raises(TypeError):
        facts["needed"] = 0
    assert isinstance(facts["months"], tuple)
    assert answer.decision == "payable"
    assert answer.reasons


def test_what_the_caller_gave_is_not_changed(question: dict[str, Any]) -> None:
    before = json.dumps(question)
    ttw.decide(question)
    values = {"have": 1, "need": 3}
    progress = ttw.Progress(values)
    values["have"] = 2
    assert progress.have == 1
    assert json.dumps(question) == before


def test_types_of_values(answers: dict[str, Any]) -> None:
    payable, ledger = answers["payable"], answers["ledger"]
    assert payable.amount == Decimal("1398.00")
    assert str(payable.amount) == "1398.00"
    assert payable.attained_in == payable.month == "2016-08"
    assert ledger.as_of == date(2017, 9, 15)
    assert answers["not_payable"].amount is None
    assert answers["not_payable"].amount_basis is None
    assert [answers[name].decision for name in ("payable", "not_payable", "undetermined")] == [
        "payable",
        "not_payable",
        "undetermined",
    ]
    assert ttw.parameters("2016-08")["look_back_since"].amount() == date(2008, 7, 21)


def test_basis_of_a_reconciliation_is_one_entry_a_rate(answers: dict[str, Any]) -> None:
    basis = answers["reconciliation"].amount_basis
    assert isinstance(basis, tuple)
    assert [rate.to_dict() for rate in basis] == answers["reconciliation"].to_dict()["amount_basis"]
    assert all(rate.count for rate in basis)
    assert answers["payable"].amount_basis.count is None
    assert ttw.AmountBasis({"base": None, "year": 2025, "percent": "120", "title": "t2"}).base is None


def test_the_ledger_is_a_sequence_with_names(answers: dict[str, Any]) -> None:
    ledger = answers["ledger"]
    assert len(ledger) == len(list(ledger)) == len(ledger.rows) == 52
    assert [row.payment for row in ledger] == [row["payment"] for row in ledger.to_dict()["rows"]]
    assert ledger["p1m2"] == ledger.rows[1]
    assert "p1m2" in ledger
    assert ledger.rows[0] in ledger
    assert "p3m1" not in ledger
    for name in ("p3m1", ""):
        with pytest.raises(KeyError, match=r"did you mean|there are"):
            ledger[name]
    assert ledger[0] == ledger.rows[0]
    assert ledger[-1] == ledger["reconciliation"]
    assert ledger[1:3] == ledger.rows[1:3]
    with pytest.raises(IndexError):
        ledger[52]


def test_other_sequences(answers: dict[str, Any]) -> None:
    for name, parts in (
        ("comparison", "changes"),
        ("split", "shares"),
        ("rules", "rules"),
        ("codes", "codes"),
        ("parameters", "parameters"),
    ):
        assert len(answers[name]) == len(list(answers[name])) == len(getattr(answers[name], parts)) > 0, name
        assert answers[name][0] == answers[name][:1][0] == getattr(answers[name], parts)[0]
        assert answers[name][0] in answers[name]
        assert 5 not in answers[name]
    assert answers["rules"]["LB-02"] == answers["rule"]
    assert answers["rule"] in answers["rules"]
    assert "LB-99" not in answers["rules"]
    assert answers["codes"]["REQ_ENUM"] == answers["code"]
    assert answers["code"] in answers["codes"]
    assert "REQ_LUCK" not in answers["codes"]
    with pytest.raises(KeyError):
        answers["codes"]["REQ_LUCK"]
    assert "sga_blind" in answers["parameters"]
    with pytest.raises(KeyError):
        answers["rules"]["LB-99"]
    with pytest.raises(KeyError):
        answers["parameters"]["unheard_of"]
    with pytest.raises(KeyError):
        answers["parameters"]["sga_blind"].amount()
    with pytest.raises(KeyError):
        answers["payable"].reason("LB-99")


@pytest.mark.parametrize(
    ("find", "told"),
    [
        (lambda: ttw.rule("LB-2"), r"no such rule; did you mean .*LB-02"),
        (lambda: ttw.rules()["lb-02"], r"no such rule; did you mean LB-02"),
        (lambda: ttw.codes()["NO"], r"no such code; there are \d+, for example: [A-Z_]+, "),
        (lambda: ttw.codes()["SSN_FORMATT"], "did you mean SSN_FORMAT"),
        (lambda: ttw.parameters()["twl"], "no such parameter; .*trial_work_level"),
        (lambda: ttw.decide(ttw.example()).reason("LB-01"), "among those that were consulted; did you mean .*LB-02"),
        (lambda: ttw.parameters()["sga_blind"].amount(), r"values from \d+ months; ask ttw.parameters for one month"),
        (lambda: ttw.parameters("2016-08")["payment_calculation_base"].amount(), "name one of the series: t2, t16"),
        (lambda: ttw.parameters("2016-08")["payment_calculation_base"].amount("t3"), "the series: t2, t16"),
        (lambda: ttw.parameters("2025-06")["payment_calculation_base"].amount("t2"), "no value of this month"),
        (lambda: ttw.parameters("2016-08")["sga_blind"].amount("t2"), "one series only"),
        (lambda: ttw.split("1398.00", {"EN-A": 100})["EN-B"], "no such provider"),
        (lambda: ttw.ledger_batch([], provider="EN-A", as_of="2017-09-15")["amonut"], "did you mean amount"),
        (lambda: ttw.milestones_batch(ttw.example_panel()).column("p1m9"), "no such column"),
    ],
)
def test_a_name_that_there_is_not_is_told_beside_those_that_there_are(find: Any, told: str) -> None:
    with pytest.raises(KeyError, match=told):
        find()


def test_a_ledger_knows_its_ticket(case: dict[str, Any], ask: dict[str, Any]) -> None:
    for form in (case, json.dumps(case), json.dumps(case).encode()):
        ledger = ttw.ledger(form, **ask)
        assert ledger.ticket == "T-0001"
        assert pickle.loads(pickle.dumps(ledger)).ticket == "T-0001"  # noqa: S301
    assert ttw.Ledger(ledger.to_json()).ticket is None


def test_short_texts(answers: dict[str, Any]) -> None:
    assert repr(answers["payable"]) == "<Determination p1m2 for 2016-08 by EN-A: payable, $1,398>"
    assert repr(answers["not_payable"]) == "<Determination p1m2 for 2016-08 by EN-A: not_payable>"
    assert repr(answers["ledger"]).startswith("<Ledger of EN-A as of 2017-09-15: 52 rows, $1,398 paid, ")
    assert repr(answers["comparison"].changes[0]).startswith("<Change p1m1 2016-06: ")
    assert repr(answers["rule"]) == f"<Rule LB-02 {answers['rule'].name}>"
    for answer in answers.values():
        assert len(repr(answer)) < 200


def test_the_same_question_gives_the_same_bytes(question: dict[str, Any]) -> None:
    first = ttw.decide(question)
    assert first.to_json() == ttw.decide(question).to_json()
    assert first.to_json() == json.dumps(first.to_dict(), ensure_ascii=False, separators=(",", ":"))


def test_typed_inputs_can_be_pickled_and_copied(question: dict[str, Any]) -> None:
    claim = ttw.Claim(**question["claim"])
    assert pickle.loads(pickle.dumps(claim)) == claim  # noqa: S301
    assert copy.deepcopy(claim) == claim
    assert claim.to_dict() == question["claim"]
