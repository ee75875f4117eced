"""What notebooks show: escaped, well formed, and readable without seeing colours."""

from __future__ import annotations

from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

import ttw
from ttw import _html

EVIL = "<script>alert('x')</script>\"&"


class Page(HTMLParser):
    """Checks that tags are closed in order, and counts them."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


def rename(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: rename(item, old, new) for name, item in value.items()}
    if isinstance(value, list):
        return [rename(item, old, new) for item in value]
    return new if value == old else value


def test_every_answer_with_rows_is_an_accessible_table(answers: dict[str, Any]) -> None:
    shown = {name: answer for name, answer in answers.items() if hasattr(answer, "_repr_html_")}
    assert shown.keys() >= {"payable", "undetermined", "ledger", "comparison", "rules", "parameters", "split"}
    for answer in shown.values():
        page = Page(answer._repr_html_())
        assert page.count("table") == page.count("caption") >= 1
        scopes = [attributes.get("scope") for tag, attributes in page.tags if tag == "th"]
        assert set(scopes) == {"col", "row"}
        assert page.count("script") == page.count("img") == 0


def test_what_the_caller_wrote_is_escaped(question: dict[str, Any]) -> None:
    evil = rename(question, "EN-A", EVIL)
    ledger = ttw.ledger(evil["case"], provider=EVIL, as_of="2017-09-15")
    for answer in (ttw.decide(evil), ledger):
        text = answer._repr_html_()
        assert "<script" not in text
        page = Page(text)
        assert page.count("script") == 0
        assert EVIL in page.text


def test_problems_are_escaped() -> None:
    with pytest.raises(ttw.TtwError) as error:
        ttw.decide({EVIL: 1})
    for text in (error.value._repr_html_(), error.value.problems._repr_html_()):
        assert "<script" not in text
        page = Page(text)
        assert "/" + EVIL.replace("/", "~1") in page.text
        assert page.count("tr") == len(error.value.problems) + 1


def test_a_decision_says_everything_in_words(answers: dict[str, Any]) -> None:
    payable = answers["payable"]
    page = Page(payable._repr_html_())
    for word in ("payable", "$1,398", "p1m2", "2016-08", "EN-A", "operations", payable.rules_version):
        assert word in page.text
    for reason in payable.reasons:
        for word in (reason.rule, reason.text, reason.source):
            assert word in page.text
    for name, sign in (("payable", "\u2713 holds"), ("not_payable", "\u2717 fails"), ("undetermined", "? not known")):
        assert sign in Page(answers[name]._repr_html_()).text
    undetermined = Page(answers["undetermined"]._repr_html_())
    assert answers["undetermined"].missing[0].path in undetermined.text
    following = answers["not_payable"].next
    assert following is None or following.text in Page(answers["not_payable"]._repr_html_()).text


def test_a_payment_without_a_published_rate_says_so(answers: dict[str, Any]) -> None:
    values = answers["payable"].to_dict()
    answer = ttw.Determination({**values, "amount": None})
    assert "the rate of the year is not published" in Page(answer._repr_html_()).text
    assert repr(answer) == "<Determination p1m2 for 2016-08 by EN-A: payable>"


def test_a_ledger_has_every_row_and_its_totals(answers: dict[str, Any]) -> None:
    ledger = answers["ledger"]
    page = Page(ledger._repr_html_())
    assert page.count("tr") == len(ledger) + 1 + 4
    for row in ledger:
        assert row.payment in page.text
    assert "Totals" in page.text
    assert "$1,398" in page.text


def test_marks_say_the_same_as_their_colours() -> None:
    assert Page(_html.holds(True)).text == "\u2713 holds"
    assert Page(_html.holds(False)).text == "\u2717 fails"
    assert Page(_html.holds(None)).text == "? not known"
    words = [Page(_html.decision(word)).text for word in ("paid", "payable", "pending", "unavailable", "not_payable")]
    assert words == ["\u2713 paid", "\u2713 payable", "\u2026 pending", "\u2717 unavailable", "\u2717 not payable"]


def test_dollars() -> None:
    assert _html.dollars(None) is None
    assert _html.dollars(Decimal("1398.00")) == "$1,398"
    assert _html.dollars(Decimal("1165.20")) == "$1,165.20"
    assert _html.dollars(Decimal("-1398.00")) == "-$1,398"


def test_a_rule_is_shown_as_its_page(answers: dict[str, Any]) -> None:
    rule = answers["rule"]
    assert rule.page in rule._repr_markdown_()
