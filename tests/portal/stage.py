"""The programs that the walk is made against: started, waited for, and ended again."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
EASTERN = ZoneInfo("America/New_York")
# Seconds. Programs that are built already; functions that are built on their first request.
STARTED_WITHIN = 60.0
BUILT_WITHIN = 900.0


@dataclass(frozen=True)
class Stage:
    """What runs: where it is asked, who signs users in, and the folder of its table and its mail."""

    address: str
    folder: Path
    day: date
    environment: dict[str, str]

    @property
    def mail(self) -> Path:
        """The folder into which mail is put."""
        return self.folder / "mail"


def today() -> date:
    """The day in the East, by which the synthetic people's months count back."""
    return datetime.now(EASTERN).date()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_environment() -> dict[str, str]:
    """The environment without what would change the programs: what a test needs it sets."""
    return {name: value for name, value in os.environ.items() if not re.match(r"(AWS|TTW)_|PORT$", name)}


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program and all that it starts, until the block is left."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
        except ProcessLookupError:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)


def printed(process: subprocess.Popen[bytes], log: Path, last: str) -> str:
    """What a program has printed once a line that begins so is among it."""
    end = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < end:
        text = log.read_text(encoding="utf-8")
        if re.search(rf"^{last}.*\n", text, re.MULTILINE):
            return text
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"{process.args} did not start:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def local(folder: Path, *words: str, **environment: str) -> Iterator[tuple[str, date]]:
    """`ttw-local` with a table of its own: what it printed, and the day of its people."""
    last = "TTW_JWKS_URL=" if words else "Mail is put into"
    for attempt in range(2):
        place = folder / str(attempt)
        place.mkdir(parents=True)
        settings = {**plain_environment(), "PORT": "0", "TTW_LOCAL_DIR": str(place), **environment}
        day, log = today(), place / "log"
        with running([str(TARGET / "ttw-local"), *words], settings, log) as process:
            text = printed(process, log, last)
            # Started across midnight: nobody can tell which day its people have.
            if today() == day:
                yield text, day
                return
    raise AssertionError("two midnights in a row")


@contextmanager
def whole(folder: Path, **environment: str) -> Iterator[Stage]:
    """All functions in one process, as `make run` starts them."""
    with local(folder, **environment) as (text, day):
        address = re.search(r"^Listening on (\S+) ", text, re.MULTILINE)[1]
        mail = re.search(r"^Mail is put into (.+)\.$", text, re.MULTILINE)[1]
        yield Stage(address, Path(mail).parent, day, {})


@contextmanager
def backstage(folder: Path) -> Iterator[Stage]:
    """Table and sign-in alone. What is to be mailed waits in the outbox for the functions that mail."""
    quiet = {"TTW_LOCAL_TABLE_PORT": "0", "TTW_LOCAL_COURIER": "off"}
    with local(folder, "backstage", **quiet) as (text, day):
        printed_lines = dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
        place = Path(printed_lines["TTW_KEY_FILE"]).parent
        mail = {
            "TTW_MAIL_FROM": "Ticket Portal <portal@portal.example>",
            "TTW_MAIL_INTAKE_TO": "intake@program.example",
            "TTW_MAIL_TRANSPORT": f"folder:{place / 'mail'}",
            "TTW_SWEEP_AFTER_MINUTES": "1",
        }
        yield Stage(printed_lines["TTW_ISSUER"].removesuffix("/dev"), place, day, {**printed_lines, **mail})


@contextmanager
def emulator(environment: dict[str, str], log: Path) -> Iterator[str]:
    """`cargo lambda watch` over all functions: where it is asked. A function is built on its first request."""
    port = free_port()
    command = ["cargo", "lambda", "watch", "--ignore-changes", "--invoke-address", "127.0.0.1"]
    command += ["--invoke-port", str(port)]
    with running(command, {**plain_environment(), **environment}, log) as process, ending_when_refused(process, log):
        end = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < end and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    yield f"http://127.0.0.1:{port}"
                    return
            time.sleep(0.1)
        raise AssertionError(f"cargo lambda watch did not start:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def ending_when_refused(process: subprocess.Popen[bytes], log: Path) -> Iterator[None]:
    """Ends the emulator when a function does not start: it would let whoever asked wait for ever."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(1.0):
            if "ERROR command exited" in log.read_text(encoding="utf-8"):
                os.killpg(process.pid, signal.SIGTERM)
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        told = log.read_text(encoding="utf-8")
        assert "ERROR command exited" not in told, told[-2000:]


def world_files(folder: Path, day: date) -> list[dict]:
    """The people of the table, by the program that made them: their records, each with its story."""
    command = [str(TARGET / "ttw-admin"), "world", "--out", str(folder), "--as-of", day.isoformat()]
    subprocess.run(command, check=True, env=plain_environment(), stdout=subprocess.DEVNULL)
    page = (folder / "README.md").read_text(encoding="utf-8")
    stories = dict(re.findall(r"^\| \S+ \| (T-\d+) \| \S+ \| (.+) \|$", page, re.MULTILINE))
    rows = (folder / "tickets.jsonl").read_text(encoding="utf-8").splitlines()
    people = [json.loads(row) for row in rows]
    return [{**person, "story": stories[person["case"]["ticket"]["id"]]} for person in people]
