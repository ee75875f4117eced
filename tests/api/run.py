"""Fuzzes the API by its document: the local server on a table of its own, asked by schemathesis.

    .venv-api/bin/python tests/api/run.py functions/portal/openapi.json target/debug/ttw-local

Each operation gets 25 random requests, the same in every run; with TTW_FULL=1, 250, and
one for each limit of its schemas.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# Who asks: the first whose pattern the path matches.
USERS = {
    "/v1/my-ticket": "beneficiary",
    "/v1/ticket-assignments": "cedar-signatory",
    "/v1/verification/": "field-office",
    "/v1/work-queue": "program-manager",
    "/v1/automatic-run": "program-manager",
    "/v1/recovery": "program-manager",
    "/v1/work-cases/": "program-manager",
    "/": "harbor-signatory",
}
STARTED_WITHIN = 60.0  # seconds


def address(server: subprocess.Popen[str]) -> str:
    """Where the server listens, by what it prints."""
    assert server.stdout is not None
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        line = server.stdout.readline()
        if found := re.match(r"Listening on (http://\S+) ", line):
            return found[1]
        if not line:
            break
    raise SystemExit("the server did not start")


def token(base: str, user: str) -> str:
    """A token of the development issuer."""
    body = json.dumps({"user": user}).encode()
    request = urllib.request.Request(f"{base}/dev/token", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return str(json.load(answer)["access_token"])


def fuzz(document: str, base: str, folder: str, examples: int, phases: str) -> int:
    """Runs schemathesis, which leaves what it remembers in a folder; gives its exit status."""
    tokens = {path: token(base, user) for path, user in USERS.items()}
    command = [
        str(Path(sys.executable).with_name("st")),
        "run",
        document,
        f"--url={base}",
        f"--checks={','.join(CHECKS)}",
        f"--phases={phases}",
        f"--max-examples={examples}",
        "--seed=1",
        "--generation-database=none",
        "--generation-with-security-parameters=false",
        "--suppress-health-check=all",
        "--warnings=off",
        "--continue-on-failure",
        "--workers=2",
        "--no-color",
    ]
    environment = os.environ | {
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TTW_TOKENS": json.dumps(tokens),
        "TTW_DOCUMENT": document,
    }
    return subprocess.run(command, env=environment, cwd=folder, check=False).returncode


def answered(log: str) -> str:
    """How many answers of each status the server's log has."""
    statuses = Counter(re.findall(r'"status":"?(\d{3})', log))
    return ", ".join(f"{number} of {status}" for status, number in sorted(statuses.items()))


def main(document: str, program: str) -> int:
    """Starts the server, fuzzes it, ends it."""
    is_full = os.environ.get("TTW_FULL") == "1"
    examples, phases = (250, "examples,coverage,fuzzing") if is_full else (25, "examples,fuzzing")
    document, program = str(Path(document).resolve()), str(Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TTW_LOCAL_DIR": f"{folder}/table", "PORT": "0"}
        log = Path(folder, "log")
        with log.open("w", encoding="utf-8") as errors:
            command = [program]
            server = subprocess.Popen(
                command, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True
            )
            try:
                status = fuzz(document, address(server), folder, examples, phases)
                ended = server.poll()
            finally:
                server.terminate()
                server.wait()
        told = log.read_text(encoding="utf-8")
    if ended is not None:
        raise SystemExit(f"the server ended with status {ended}: {told[-2000:]}")
    print("Answers by status:", answered(told))
    return status


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
