"""Every function as a Lambda function, under `cargo lambda watch`.

    TTW_GOLDEN=target/golden.jsonl python -m pytest tests/lambda

First the golden cases, then the walk through the portal over HTTP, then the walk by recorded events of the gateway.
The emulator is started once, and builds a function when it is asked for the first time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from drafts import FORMS, World
from gate import EVENTS, Functions, Http, Recorded
from golden import asked, differs
from outbox import RECORDED, Outbox
from stage import Stage, backstage, emulator, world_files
from walk import Portal, Walk, acknowledging, clock

FEWEST_CASES = {"decide": 500, "ledger": 70}
# The sweep leaves an entry to the stream for a minute.
LEFT_TO_THE_STREAM = 61.0


@dataclass
class Cloud:
    """Everything that runs."""

    stage: Stage
    address: str
    # The way of a page.
    http: Http
    functions: Functions
    outbox: Outbox
    world: World

    def portal(self, ask: object, again: bool) -> Portal:
        """The portal, by a way to ask."""
        return Portal(ask, self.world, self.stage.mail, self.outbox.deliver, again)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Table and sign-in behind the functions, whose mail nobody carries but themselves."""
    folder = tmp_path_factory.mktemp("emulator")
    log = Path(os.environ.get("TTW_EMULATOR_LOG", folder / "emulator.log"))
    with backstage(folder) as stage, emulator(stage.environment, log) as address:
        functions = Functions(address)
        settings = stage.environment
        outbox = Outbox(settings["AWS_ENDPOINT_URL_DYNAMODB"], settings["TTW_TABLE"], functions)
        world = World(world_files(folder / "world", stage.day), stage.day)
        yield Cloud(stage, address, Http(address, stage.address), functions, outbox, world)


@pytest.fixture(scope="module")
def gateway(cloud: Cloud) -> Recorded:
    """The way of the gateway."""
    return Recorded(cloud.functions, cloud.stage.environment["TTW_ISSUER"])


@pytest.fixture(scope="module")
def lost(cloud: Cloud) -> dict[str, str]:
    """A submission of which the stream never told: its confirmation."""
    portal = cloud.portal(cloud.http.ask, False)
    people = cloud.world.held_by("EN-LANTERN")
    rows = [{"ssn": one["ssn"], "assignment_date": cloud.world.holder(one)["assigned_on"]} for one in people]
    path, user, draft = FORMS["earnings_inquiry"].path, "lantern-signatory", {"beneficiaries": rows}
    review = portal.ask(user, "POST", f"{path}/review", draft)
    confirmed = portal.ask(user, "POST", path, acknowledging(draft, review), "lost")
    assert confirmed.status == 201, confirmed
    cloud.outbox.lost.add(confirmed.json["confirmation"])
    return confirmed.json


def test_golden_cases_agree_to_the_byte(cloud: Cloud) -> None:
    cases = asked(Path(os.environ["TTW_GOLDEN"]))
    for kind, fewest in FEWEST_CASES.items():
        assert sum(case["kind"] == kind for case in cases) >= fewest, kind
    assert [wrong for case in cases if (wrong := differs(cloud.address, case))] == []


def test_a_submission_is_lost_by_the_stream(cloud: Cloud, lost: dict[str, str]) -> None:
    assert [item["confirmation"]["S"] for item in cloud.outbox.waiting()] == [lost["confirmation"]]
    assert not cloud.stage.mail.exists()


class TestHttp(Walk):
    """Over the emulator's HTTP, with tokens, through the router of `Cargo.toml`."""

    @pytest.fixture
    def portal(self, cloud: Cloud) -> Portal:
        return cloud.portal(cloud.http.ask, False)


class TestRecorded(Walk):
    """By recorded events, with the claims that the gateway's authorizer has verified."""

    @pytest.fixture
    def portal(self, cloud: Cloud, gateway: Recorded) -> Portal:
        return cloud.portal(gateway.ask, True)

    def test_claims_of_another_issuer_or_of_no_access_token_open_nothing(self, cloud: Cloud, portal: Portal) -> None:
        paper = portal.world.paper("work_plan", True)
        elsewhere = Recorded(cloud.functions, "https://id.example/other")
        for gateway, user, status in [
            (elsewhere, paper.user, 401),
            (Recorded(cloud.functions, cloud.stage.environment["TTW_ISSUER"]), "nobody-known", 403),
        ]:
            assert gateway.ask(user, "GET", paper.form.path).status == status
        identity = Recorded(cloud.functions, cloud.stage.environment["TTW_ISSUER"])
        for event in identity.events:
            if "authorizer" in event["requestContext"]:
                event["requestContext"]["authorizer"]["jwt"]["claims"] |= {"token_use": "id"}
        assert identity.ask(paper.user, "GET", paper.form.path).status == 401

    def test_what_became_of_a_request_is_a_table(self, gateway: Recorded, portal: Portal) -> None:
        paper = portal.world.paper("payment_request", True)
        path = paper.form.path
        table = gateway.ask(paper.user, "GET", f"{path}/status.csv")
        assert (table.status, table.headers["content-type"].split(";")[0]) == (200, "text/csv"), table
        listed = gateway.ask(paper.user, "GET", path).json["items"]
        numbers = [item["confirmation"] for item in listed]
        assert numbers
        assert all(number in table.body.decode() for number in numbers)
        # The gateway hands over the bytes of the sheet, once.
        sheet = gateway.ask(paper.user, "GET", f"{path}/{numbers[0]}/cover-sheet")
        assert (sheet.status, sheet.body[:5]) == (200, b"%PDF-"), sheet
        again = gateway.ask(paper.user, "GET", f"{path}/{numbers[0]}/cover-sheet")
        assert (again.status, again.codes) == (409, ["PR_SHEET_ISSUED"]), again

    def test_every_route_of_every_form_was_asked_by_its_event(self, gateway: Recorded) -> None:
        recorded = {event["routeKey"] for event in gateway.events}
        of_forms = {route for route in recorded if any(form.path in route for form in FORMS.values())}
        assert len(of_forms) == 33
        assert of_forms <= gateway.sent

    @pytest.mark.parametrize("word", list(FORMS))
    def test_a_recorded_body_is_a_draft_of_the_form(self, portal: Portal, word: str) -> None:
        paper = portal.world.paper(word, False)
        name = word.replace("_", "-") if word != "form_1365" else "ticket-assignment"
        draft = shape(paper.draft)
        for verb, more in [("review", set()), ("submit", {"review_token", "acknowledged_warnings"})]:
            event = json.loads((EVENTS / f"{name}-{verb}.json").read_text(encoding="utf-8"))
            body = json.loads(event["body"])
            assert event["headers"]["content-length"] == str(len(event["body"].encode()))
            assert set(body) - more == set(paper.draft)
            assert more <= set(body)
            assert draft == shape({key: value for key, value in body.items() if key not in more})


def shape(value: object) -> object:
    """The names of the fields, whatever they hold; of rows, those of the first."""
    if isinstance(value, dict):
        return {name: shape(held) for name, held in value.items()}
    if isinstance(value, list):
        return [shape(value[0])]
    return type(value).__name__


def test_what_was_mailed_is_mailed_once_however_often_the_stream_tells_of_it(cloud: Cloud) -> None:
    delivered = [item for item in cloud.outbox.items() if "undelivered" not in item]
    assert len(delivered) >= 2 * len(FORMS)
    files = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in cloud.stage.mail.glob("*.eml")}
    # To the submitter and the program manager, and to each provider that may share the payment.
    assert len(files) == sum(2 + len(item.get("notices", {"L": []})["L"]) for item in delivered)
    assert cloud.functions.invoke("notify", cloud.outbox.event(delivered)) == {"batchItemFailures": []}
    again = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in cloud.stage.mail.glob("*.eml")}
    assert again == files


def test_a_record_that_cannot_be_read_comes_again_alone(cloud: Cloud) -> None:
    delivered = [item for item in cloud.outbox.items() if "undelivered" not in item]
    event = cloud.outbox.event(delivered[:1])
    broken = json.loads(json.dumps(event["Records"][0]))
    del broken["dynamodb"]["Keys"]["SK"]
    broken["dynamodb"]["SequenceNumber"] = "7"
    event["Records"].append(broken)
    assert cloud.functions.invoke("notify", event)["batchItemFailures"] == [{"itemIdentifier": "7"}]
    # As recorded: its entry is in no table, so that there is nothing to mail.
    assert cloud.functions.invoke("notify", RECORDED) == {"batchItemFailures": []}


def test_the_sweep_mails_what_the_stream_has_lost(cloud: Cloud, lost: dict[str, str]) -> None:
    number = lost["confirmation"]
    assert [item["confirmation"]["S"] for item in cloud.outbox.waiting()] == [number]
    time.sleep(max(0.0, clock(lost["submitted_at"]).timestamp() + LEFT_TO_THE_STREAM - time.time()))
    schedule = json.loads((EVENTS / "schedule.json").read_text(encoding="utf-8"))
    swept = cloud.functions.invoke("sweep", schedule)
    clocks = {"claims": 0, "steps": 0, "claims_failed": 0}
    assert swept == {"entries": 1, "sent": 2, "refused": 0, "failed": 0, "more": False} | clocks
    assert len(list(cloud.stage.mail.glob(f"{number}.*.eml"))) == 2
    assert cloud.outbox.waiting() == []
    assert cloud.functions.invoke("sweep", schedule)["entries"] == 0
