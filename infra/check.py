"""Runs the checkers of the templates and holds what they find against accepted.toml.

    .venv-infra/sam/bin/python infra/check.py

Ends with status 1 on a finding that is not accepted, on an accepted one that no longer occurs, and on one without
reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).resolve().parent
TEMPLATES = [HERE / "template.yaml", HERE / "keys.yaml"]
TOOLS = HERE.parent / ".venv-infra"
SHORTEST_REASON = 20  # characters: enough that it is a sentence and not a mark


class Finding(NamedTuple):
    """What a checker found, and on which resource."""

    tool: str
    id: str
    on: str


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A checker's run. It needs a region's name, and no credentials."""
    environment = {**os.environ, "AWS_DEFAULT_REGION": os.environ.get("AWS_DEFAULT_REGION", "us-east-1")}
    environment["SAM_CLI_TELEMETRY"] = "0"
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, env=environment)


def answer(tool: str, done: subprocess.CompletedProcess[str]) -> object:
    """The JSON that a checker wrote; whatever else it wrote means that it did not run."""
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        raise SystemExit(f"{tool} did not run:\n{done.stdout}{done.stderr}") from None


def sam() -> Iterator[Finding]:
    """SAM's own reading of its template. It has no list to accept from: its linter's is the next one's."""
    done = run(TOOLS / "sam/bin/sam", "validate", "--lint", "-t", TEMPLATES[0])
    if done.returncode != 0:
        raise SystemExit(f"sam validate --lint:\n{done.stdout}{done.stderr}")
    yield from ()


def cfn_lint() -> Iterator[Finding]:
    """All of cfn-lint's checks, those that only inform too."""
    done = run(TOOLS / "sam/bin/cfn-lint", "-i", "I", "--format", "json", "-t", *TEMPLATES)
    found = answer("cfn-lint", done)
    assert isinstance(found, list)
    for match in found:
        path = match["Location"].get("Path") or []
        resource = str(path[1]) if len(path) > 1 else "template"
        print(f"cfn-lint {match['Rule']['Id']} on {resource}: {match['Message']}", file=sys.stderr)
        yield Finding("cfn-lint", match["Rule"]["Id"], resource)


def checkov() -> Iterator[Finding]:
    """Checkov's checks of CloudFormation. It asks nobody outside."""
    files = [word for template in TEMPLATES for word in ("-f", template)]
    done = run(
        TOOLS / "checks/bin/checkov",
        *files,
        "--framework",
        "cloudformation",
        "--skip-download",
        "--compact",
        "-o",
        "json",
    )
    found = answer("checkov", done)
    assert isinstance(found, dict)
    if found["summary"]["passed"] == 0 or found["summary"]["parsing_errors"]:
        raise SystemExit(f"checkov did not read the templates: {found['summary']}")
    for failed in found["results"]["failed_checks"]:
        yield Finding("checkov", failed["check_id"], failed["resource"].rsplit(".", 1)[-1])


CHECKERS: dict[str, Callable[[], Iterator[Finding]]] = {"sam": sam, "cfn-lint": cfn_lint, "checkov": checkov}


def compare(found: set[Finding], entries: list[dict[str, object]]) -> list[str]:
    """What is wrong between what was found and what is accepted, a sentence each."""
    wrong, accepted = [], set()
    for entry in entries:
        name = f"{entry.get('tool')} {entry.get('id')}"
        resources = entry.get("on")
        if len(str(entry.get("reason", "")).strip()) < SHORTEST_REASON:
            wrong.append(f"{name} is accepted without a reason.")
        if not isinstance(resources, list) or not resources:
            wrong.append(f"{name} is accepted on no resource; list them in `on`.")
            continue
        these = {Finding(str(entry.get("tool")), str(entry.get("id")), str(resource)) for resource in resources}
        wrong += [f"{one.tool} {one.id} on {one.on} is accepted twice." for one in sorted(these & accepted)]
        accepted |= these
    wrong += [f"{one.tool} {one.id} on {one.on} is not accepted." for one in sorted(found - accepted)]
    wrong += [f"{one.tool} {one.id} on {one.on} no longer occurs: take it out." for one in sorted(accepted - found)]
    return wrong


def main() -> None:
    """Runs every checker and compares."""
    found: set[Finding] = set()
    for name, checker in CHECKERS.items():
        began = time.monotonic()
        these = set(checker())
        found |= these
        print(f"{name}: {len(these)} findings, {time.monotonic() - began:.1f} s")
    entries = tomllib.loads((HERE / "accepted.toml").read_text(encoding="utf-8")).get("accepted", [])
    wrong = compare(found, entries)
    if wrong:
        raise SystemExit("infra/accepted.toml: " + "\n".join(wrong))
    print(f"all {len(found)} findings are accepted, each with a reason")


if __name__ == "__main__":
    main()
