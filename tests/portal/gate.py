"""Two ways to ask the functions: over HTTP with a token, and by recorded events of the gateway."""

from __future__ import annotations

import base64
import copy
import http.client
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stage import BUILT_WITHIN, ROOT

EVENTS = ROOT / "infra/events"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def codes(self) -> list[str]:
        """The codes of what is wrong."""
        return [problem["code"] for problem in self.json.get("errors", [])]


def send(address: str, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    """One request over HTTP; `_` in the name of a header stands for a hyphen."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=BUILT_WITHIN)
    named = {"content-type": "application/json"} if body is not None else {}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, named)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


class Http:
    """Asks as a page does."""

    def __init__(self, address: str, issuer: str):
        self.address, self.issuer, self.tokens = address, issuer, {}

    def token(self, user: str) -> str:
        """A token for a made-up user."""
        if user not in self.tokens:
            answer = send(self.issuer, "POST", "/dev/token", json.dumps({"user": user}).encode())
            assert answer.status == 200, answer
            self.tokens[user] = answer.json["access_token"]
        return self.tokens[user]

    def ask(self, user: str, method: str, path: str, body: Any = None, key: str | None = None) -> Answer:
        """One request of a user."""
        headers = {"authorization": f"Bearer {self.token(user)}"} | ({"idempotency_key": key} if key else {})
        sent = None if body is None else json.dumps(body).encode()
        return send(self.address, method, path, sent, **headers)


class Functions:
    """The functions under the emulator, by name."""

    def __init__(self, address: str):
        self.address = address
        manifest = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
        self.router = manifest["workspace"]["metadata"]["lambda"]["watch"]["router"]

    def invoke(self, name: str, event: Any) -> Any:
        """What a function answers to an event."""
        path = f"/2015-03-31/functions/{name}/invocations"
        answer = send(self.address, "POST", path, json.dumps(event).encode())
        assert answer.status == 200, (name, answer)
        assert "errorType" not in answer.json, (name, answer)
        return answer.json

    def of_path(self, path: str) -> str:
        """The function that answers a path, as the emulator's router has it."""
        parents = [path, *(f"{parent}/{{*rest}}" for parent in map(str, Path(path).parents))]
        return next(self.router[route] for route in parents if route in self.router)


class Recorded:
    """Asks by recorded events.

    The body, the number in the path, the key and the caller are put in; all else is as recorded.
    """

    def __init__(self, functions: Functions, issuer: str):
        self.functions, self.issuer, self.sent = functions, issuer, set()
        recorded = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EVENTS.glob("*.json"))]
        self.events = [event for event in recorded if event.get("version") == "2.0"]

    def event(self, method: str, path: str) -> tuple[dict[str, Any], dict[str, str]]:
        """The event of a route, and what stands in the path for the route's names.

        A route without names goes before one with names.
        """
        found = []
        for event in self.events:
            verb, route = event["routeKey"].split(" ")
            match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route), path)
            if verb == method and match and event["requestContext"]["stage"] == "$default":
                found.append((copy.deepcopy(event), match.groupdict()))
        return min(found, key=lambda pair: len(pair[1]))

    def ask(self, user: str, method: str, path: str, body: Any = None, key: str | None = None) -> Answer:
        """One request of a user."""
        path, _, query = path.partition("?")
        event, names = self.event(method, path)
        self.sent.add(event["routeKey"])
        event["rawPath"] = event["requestContext"]["http"]["path"] = path
        event["rawQueryString"] = query
        event["queryStringParameters"] = dict(pair.split("=") for pair in query.split("&") if pair)
        event["pathParameters"] = names
        event["requestContext"]["authorizer"]["jwt"]["claims"] |= {"sub": user, "iss": self.issuer}
        event["headers"].pop("idempotency-key", None)
        if key:
            event["headers"]["idempotency-key"] = key
        if body is not None:
            event["body"], event["isBase64Encoded"] = json.dumps(body), False
            event["headers"]["content-length"] = str(len(event["body"]))
        answer = self.functions.invoke(self.functions.of_path(path), event)
        text = answer.get("body") or ""
        told = base64.b64decode(text) if answer.get("isBase64Encoded") else text.encode()
        return Answer(answer["statusCode"], {name.lower(): value for name, value in answer["headers"].items()}, told)
