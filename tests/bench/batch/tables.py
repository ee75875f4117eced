"""Ledgers and drafts in tables, beside a loop in Python and beside jsonschema-rs, in one process and in CPU-seconds.

    python tests/bench/batch/tables.py [tickets] [rounds]

The contenders take turns; the ratio of two of them is taken round by round. What the peers say is compared with what
`ttw` says before anything is timed. One thread each.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import by_python
import jsonschema_rs
import numpy as np
import orjson
import pyarrow as pa
from tickets import HALF, MONTHS, TWL, as_slots, made_up, panel

import ttw

DOCUMENT = Path(__file__).parents[3] / "functions/portal/openapi.json"
RECEIVED = date(2025, 11, 3)
# A draft in eight is wrong, each in one of these ways.
WRONG = {
    "claim_month": "2025-13",
    "request_type": "p1m9",
    "work_type": "hobby",
    "attested": False,
    "services_summary_codes": ["luck"],
}

Work = Callable[[], object]


def cases(count: int) -> tuple[pa.Table, str]:
    """The tickets of the panels' benchmark as cases: earnings as decimals, each asked on the day after its last month.

    Pay statements stand where they matter: in months that reach half of the trial work level, and not the level.
    """
    engine = ttw._ttw.Engine()
    data = made_up(count)
    table = panel(data)
    months = data["first"][:, None] + np.arange(MONTHS)
    matters = (data["cents"] >= HALF[months]) & (data["cents"] < TWL[months])
    rows = [json.loads(engine.panel_case(table, row, None, "operations")) for row in range(count)]
    for row, of_row in zip(rows, matters, strict=True):
        statements = row["case"]["pay_statements"]
        row["case"]["pay_statements"] = [one for one, is_kept in zip(statements, of_row, strict=True) if is_kept]
        for month in row["case"]["earnings"]:
            month |= {basis: Decimal(month[basis]) for basis in ("earned", "paid")}
    nested = pa.Table.from_pylist([row["case"] for row in rows])
    days = pa.array([date.fromisoformat(row["as_of"]) for row in rows])
    return nested.append_column("as_of", days), rows[0]["provider"]


def ledgers(count: int) -> dict[str, Work]:
    """`ledger_batch` without texts, and the loop, which knows five payments of tickets on which all is known."""
    data = made_up(count)
    nested, provider = cases(count)
    loop = by_python.contender(data)
    assert (loop() == as_slots(data, ttw.milestones_batch(panel(data)))).all(), "the loop differs"

    def ours() -> object:
        return ttw.ledger_batch(nested, provider=provider, threads=1)

    payable = {(row["row"], row["payment"]): row["attained_in"] for row in ours() if row["status"] == "payable"}
    for row, months in enumerate(loop()):
        for payment, slot in zip(("p1m1", "p1m2", "p1m3", "p1m4"), months, strict=False):
            first = 2010 * 12 + int(data["first"][row]) + int(slot)
            attained = date(first // 12, first % 12 + 1, 1) if slot >= 0 else None
            assert payable.get((row, payment)) == attained, "the loop differs from the ledgers"
    return {"ttw.ledger_batch, from nested columns": ours, "Python, a readable loop: five payments alone": loop}


def drafts(count: int) -> dict[str, Work]:
    """`validate_batch` of payment requests, and a verdict of jsonschema-rs by the schema of the API document."""
    document = json.loads(DOCUMENT.read_text())
    good = document["paths"]["/v1/payment-requests/review"]["post"]["requestBody"]["content"]["application/json"][
        "example"
    ]
    good["earnings"] = good["earnings"][:1]
    dice = random.Random(20261121)
    sent = [good | dict([dice.choice(list(WRONG.items()))]) if dice.random() < 0.119 else good for _ in range(count)]
    texts = [json.dumps(draft) for draft in sent]
    schema = {"$ref": "#/components/schemas/PaymentRequest", "components": document["components"]}
    validator = jsonschema_rs.validator_for(schema)
    how = {"form": "payment_request", "received_on": RECEIVED, "people": "test", "threads": 1}
    column, nested = pa.table({"json": texts}), pa.Table.from_pylist(sent)

    def ours() -> object:
        return ttw.validate_batch(column, **how)

    def theirs() -> object:
        return [validator.is_valid(orjson.loads(text)) for text in texts]

    refused = {row["row"] for row in ours() if row["class"] != "quality"}
    accepted = theirs()
    assert {row for row, is_valid in enumerate(accepted) if not is_valid} <= refused, "a verdict differs"
    shares = f"{len(refused) / count:.1%}, by the schema alone {accepted.count(False) / count:.1%}"
    print(f"\n{len(texts[0])} bytes a draft; refused: {shares}")
    return {
        "ttw.validate_batch, every problem, from JSON text": ours,
        "ttw.validate_batch, every problem, from nested columns": lambda: ttw.validate_batch(nested, **how),
        "orjson and jsonschema-rs, a verdict, from JSON text": theirs,
        "jsonschema-rs, a verdict, of dicts read before": lambda: [validator.is_valid(draft) for draft in sent],
    }


def main() -> None:
    """Checks agreement, takes turns, prints the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    for contenders in (ledgers(count), drafts(count)):
        seconds: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, work in contenders.items():
                began = time.process_time()
                work()
                seconds[name].append((time.process_time() - began) / count)
        print("\n| | rows a CPU-second, best | median |\n| --- | --: | --: |")
        for name, times in seconds.items():
            print(f"| {name} | {1 / min(times):,.0f} | {1 / statistics.median(times):,.0f} |")
        print("\n| ratio, paired by round | median | lowest | highest |\n| --- | --: | --: | --: |")
        for mine in (name for name in seconds if name.startswith("ttw")):
            for peer in (name for name in seconds if not name.startswith("ttw")):
                ratios = sorted(theirs / ours for theirs, ours in zip(seconds[peer], seconds[mine], strict=True))
                print(f"| {mine} / {peer} | {statistics.median(ratios):.3g} | {ratios[0]:.3g} | {ratios[-1]:.3g} |")


if __name__ == "__main__":
    main()
