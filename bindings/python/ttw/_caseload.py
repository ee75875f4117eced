"""Unclaimed money of caseloads that are larger than one question to the engine can be."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ttw._plain import document, envelope, ticket_of, written
from ttw._problem import Problem, TtwError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

# What one question can hold, with room for what is said once.
_CASES, _REQUESTS, _BYTES = 1_000, 100_000, 4_000_000
_PLACE = re.compile(r"^/(cases|requests)/(\d+)")

Places = list[int]


def unclaimed(
    ask: Callable[[bytes], str], cases: Sequence[Any], requests: Sequence[Any], fields: Mapping[str, Any]
) -> str | dict[str, Any]:
    """Asks about a caseload, in parts where it is too large for one question.

    Args:
        ask: The engine's function.
        cases: The cases as documents.
        requests: The requests that were made.
        fields: What is said once.

    Returns:
        The JSON of the answer, or the same answer put together of those to the parts.

    Raises:
        TtwError: With all that is wrong, by its place in the whole caseload.
    """
    given = [document(case, f"/cases/{at}") for at, case in enumerate(cases)]
    made = [written(request) for request in requests]
    answers, problems = [], []
    for case_places, request_places in _parts(given, made, requests):
        lists = {
            "cases": b"[" + b",".join(given[at] for at in case_places) + b"]",
            "requests": b"[" + b",".join(made[at] for at in request_places) + b"]",
        }
        places = {"cases": case_places, "requests": request_places}
        try:
            answers.append((ask(envelope(lists, fields)), places))
        except TtwError as error:
            problems += [_placed(problem.to_dict(), places) for problem in error.problems]
    if problems:
        raise TtwError(map(Problem, {json.dumps(problem): problem for problem in problems}.values()))
    return answers[0][0] if len(answers) == 1 else _merged(answers)


def _parts(given: list[bytes], made: list[bytes], requests: Sequence[Any]) -> Iterator[tuple[Places, Places]]:
    """Places of cases and of requests that go together: all at once, or those of the same tickets in parts."""
    everything = sum(map(len, given)) + sum(map(len, made)) + len(given) + len(made)
    if len(given) <= _CASES and len(made) <= _REQUESTS and everything <= _BYTES:
        yield list(range(len(given))), list(range(len(made)))
        return
    # Two cases of one ticket go together, so that the engine sees them; so do the requests of a ticket, even where no
    # case has it: they change nothing, but are read.
    of_ticket: dict[object, tuple[Places, Places]] = defaultdict(lambda: ([], []))
    for at, text in enumerate(given):
        of_ticket[ticket_of(text) or at][0].append(at)
    for at, request in enumerate(requests):
        ticket = request.get("ticket") if isinstance(request, dict) else None
        of_ticket[ticket if isinstance(ticket, str) else None][1].append(at)
    part: tuple[Places, Places] = ([], [])
    size = 0
    for cases, asked in of_ticket.values():
        more = sum(len(given[at]) + 1 for at in cases) + sum(len(made[at]) + 1 for at in asked)
        full = len(part[0]) + len(cases) > _CASES or len(part[1]) + len(asked) > _REQUESTS or size + more > _BYTES
        if full and any(part):
            yield part
            part, size = ([], []), 0
        part[0].extend(cases)
        part[1].extend(asked)
        size += more
    yield part


def _placed(problem: dict[str, Any], places: Mapping[str, Places]) -> dict[str, Any]:
    """A problem of a part by its place in the whole."""

    def whole(found: re.Match[str]) -> str:
        return f"/{found[1]}/{places[found[1]][int(found[2])]}"

    return {**problem, "path": _PLACE.sub(whole, problem["path"])}


def _merged(answers: Sequence[tuple[str, Mapping[str, Places]]]) -> dict[str, Any]:
    """The answers to all parts as the engine would have given them at once."""
    tickets: dict[int, dict[str, Any]] = {}
    rows: list[tuple[bool, str, int, dict[str, Any]]] = []
    totals = []
    for text, places in answers:
        answer = json.loads(text)
        totals.append(answer["totals"])
        place_of = {}
        for at, ticket in zip(places["cases"], answer["tickets"], strict=True):
            if "errors" in ticket:
                ticket["errors"] = [_placed(problem, places) for problem in ticket["errors"]]
            tickets[at], place_of[ticket["ticket"]] = ticket, at
        for row in answer["rows"]:
            day = row["request_by"]
            rows.append((day is None, day or "", place_of[row["ticket"]], row))
    return {
        **json.loads(answers[0][0]),
        # By day, what nobody asks for last, then as the cases came, then as the ledger has them.
        "rows": [row for *_, row in sorted(rows, key=itemgetter(0, 1, 2))],
        "tickets": [tickets[at] for at in sorted(tickets)],
        "totals": {**_sum(totals), "late": _sum(total["late"] for total in totals)},
    }


def _sum(sums: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    each = list(sums)
    return {
        "payments": sum(one["payments"] for one in each),
        "amount": str(sum((Decimal(one["amount"]) for one in each), Decimal("0.00"))),
        "without_rate": sum(one["without_rate"] for one in each),
    }
