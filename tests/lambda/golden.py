"""Asks every golden case of the function as it runs under `cargo lambda watch`, and compares the bytes with the core's.

    python tests/lambda/golden.py target/golden.jsonl
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROUTES = {"decide": "/v1/eligibility", "ledger": "/v1/eligibility/ledger"}
STARTED_WITHIN = 900.0  # seconds: the function is built on its first request
FEWEST = 150


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, body: bytes | None) -> tuple[int, bytes]:
    """One request, its status and the bytes of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=STARTED_WITHIN)
    try:
        method = "GET" if body is None else "POST"
        connection.request(method, path, body, {"content-type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def wait(port: int, watch: subprocess.Popen[bytes]) -> None:
    """Returns when the function answers; gives up when the emulator has ended or is too slow."""
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        if watch.poll() is not None:
            raise SystemExit(f"cargo lambda watch ended with status {watch.returncode}")
        try:
            status, answer = ask(port, "/v1/health", None)
        except OSError:
            time.sleep(0.5)
            continue
        if status == 200:
            return
        print(f"not yet: {status} {answer[:200]!r}", file=sys.stderr)
        time.sleep(1.0)
    raise SystemExit("the function did not start")


def differs(port: int, case: dict[str, object]) -> str | None:
    """What is wrong with the answer to one case, or None."""
    body = str(case["text"]) if "text" in case else json.dumps(case["request"])
    status, answer = ask(port, ROUTES[str(case["kind"])], body.encode())
    if "answer" in case:
        expected = str(case["answer"]).encode()
        return None if (status, answer) == (200, expected) else f"{status} {answer[:300]!r}"
    expected = str(case["errors"]).encode()
    errors = expected.removeprefix(b"{").removesuffix(b"}")
    refused = status in {400, 413, 422} and errors in answer
    return None if refused else f"{status} {answer[:300]!r}"


def main(path: str) -> None:
    """Runs the emulator, asks, and ends with status 1 when an answer differs."""
    cases = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    asked = [case for case in cases if case["kind"] in ROUTES]
    if len(asked) < FEWEST:
        raise SystemExit(f"{path} has only {len(asked)} cases that the API answers")
    port = free_port()
    command = ["cargo", "lambda", "watch", "--ignore-changes", "--invoke-address", "127.0.0.1", "--invoke-port", str(port)]
    watch = subprocess.Popen(command, start_new_session=True)
    try:
        wait(port, watch)
        wrong = [(case["name"], found) for case in asked if (found := differs(port, case))]
    finally:
        os.killpg(watch.pid, signal.SIGTERM)
        watch.wait(timeout=30)
    for name, found in wrong:
        print(f"{name}: {found}", file=sys.stderr)
    if wrong:
        raise SystemExit(f"{len(wrong)} of {len(asked)} answers differ")
    print(f"{len(asked)} golden cases agree to the byte under cargo lambda watch")


if __name__ == "__main__":
    main(sys.argv[1])
