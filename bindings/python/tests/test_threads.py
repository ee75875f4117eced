"""The engine works in many threads at once, and lets others run while it works."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import ttw


def test_threads_give_the_same_answers(question: dict[str, Any]) -> None:
    months = [f"2016-{month:02}" for month in range(1, 13)]
    questions = [{**question, "claim": {**question["claim"], "month": month}} for month in months] * 20
    alone = [ttw.decide(each).to_json() for each in questions]
    with ThreadPoolExecutor(8) as pool:
        together = [answer.to_json() for answer in pool.map(ttw.decide, questions)]
    assert together == alone
    assert len(set(together)) > 1


def test_errors_stay_in_their_thread() -> None:
    def refused(index: int) -> str:
        with pytest.raises(ttw.TtwError) as error:
            ttw.decide({f"field_{index}": 1})
        return error.value.problems[0].path

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(refused, range(100))) == [f"/field_{index}" for index in range(100)]


@pytest.fixture
def no_switching() -> Iterator[None]:
    """Threads run until they let go by themselves."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1000)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("no_switching")
def test_other_threads_run_while_the_engine_works(case: dict[str, Any]) -> None:
    statement = case["pay_statements"][0]
    case["pay_statements"] = [statement] * 4000
    text = json.dumps({"case": case, "provider": "EN-A", "as_of": "2017-09-15"}).encode()
    engine = ttw._ttw.Engine()
    ticks, stop = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1
            time.sleep(0)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    for _ in range(50):
        engine.ledger(text)
    after = ticks
    stop.set()
    thread.join()
    assert after > before
