"""What the template promises, read after SAM has translated it; and that every route has its recorded event.

.venv-infra/sam/bin/python -m unittest discover -s tests/infra
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import unittest
from pathlib import Path
from typing import Any

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from routes import differences, documented, misled, routed
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "infra/template.yaml").read_text(encoding="utf-8")
EVENTS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "infra/events").glob("*.json"))]
# Whoever may ask without a token: the law, and questions about a case that names nobody.
PUBLIC = {
    *("POST /v1/eligibility", "POST /v1/eligibility/ledger", "POST /v1/eligibility/batch"),
    *("GET /v1/rules", "GET /v1/rules/{id}", "GET /v1/parameters", "GET /v1/health", "GET /v1/openapi.json"),
}


class NoPolicies:
    """SAM asks for AWS's own policies by name; the template uses none."""

    def load(self) -> dict[str, str]:
        return {}


def script(name: str) -> Any:
    """A script of infra/ as a module."""
    found = importlib.util.spec_from_file_location(name, ROOT / f"infra/{name}.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def translated() -> dict[str, Any]:
    """The template as CloudFormation gets it."""
    template = yaml_parse(TEXT)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return transform(template, {"PortalOrigin": "https://portal.example"}, NoPolicies())["Resources"]


SOURCE = yaml_parse(TEXT)
RESOURCES = translated()
FUNCTIONS = {name: one for name, one in RESOURCES.items() if one["Type"] == "AWS::Lambda::Function"}


def of_type(kind: str) -> dict[str, Any]:
    return {name: one["Properties"] for name, one in RESOURCES.items() if one["Type"] == kind}


def statements() -> list[dict[str, Any]]:
    """Every statement of a role's rights."""
    documents = [one["PolicyDocument"] for one in of_type("AWS::IAM::ManagedPolicy").values()]
    for role in of_type("AWS::IAM::Role").values():
        documents += [policy["PolicyDocument"] for policy in role["Policies"]]
    return [statement for document in documents for statement in document["Statement"]]


class Gateway(unittest.TestCase):
    def test_only_public_routes_are_open_and_the_rest_asks_for_a_token(self) -> None:
        routes = routed(SOURCE)
        self.assertEqual({route for route, needs in routes.items() if not needs}, PUBLIC)
        body = RESOURCES["Api"]["Properties"]["Body"]
        for route, needs in routes.items():
            method, path = route.split(" ")
            self.assertEqual(
                body["paths"][path][method.lower()]["security"], [{"Token" if needs else "NONE": []}], route
            )

    def test_cross_origin_calls_keep_all_of_their_settings(self) -> None:
        cors = RESOURCES["Api"]["Properties"]["Body"]["x-amazon-apigateway-cors"]
        self.assertEqual(set(cors), {"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge"})
        self.assertNotIn("*", json.dumps(cors))

    def test_access_logs_tell_no_path_query_address_or_user(self) -> None:
        (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
        told = set(re.findall(r"\$context\.([\w.]+)", stage["AccessLogSettings"]["Format"]))
        self.assertEqual(told, {"requestId", "routeKey", "status", "responseLatency"})

    def test_every_route_has_its_event_and_every_event_its_route(self) -> None:
        requests = [event for event in EVENTS if event.get("version") == "2.0"]
        self.assertEqual({event["routeKey"] for event in requests}, set(routed(SOURCE)))
        for event in requests:
            route, about = event["routeKey"], event["requestContext"]
            method, path = route.split(" ")
            pattern = "/".join(part if not part.startswith("{") else "[^/]+" for part in path.split("/"))
            stage = "" if about["stage"] == "$default" else f"/{about['stage']}"
            self.assertRegex(event["rawPath"], f"^{stage}{pattern}$")
            self.assertEqual((about["routeKey"], about["http"]["method"]), (route, method))
            self.assertEqual("authorizer" in about, routed(SOURCE)[route], route)

    def test_events_name_test_people_only(self) -> None:
        for number in re.findall(r"\b\d{3}-\d{2}-\d{4}\b", json.dumps(EVENTS)):
            self.assertGreaterEqual(number, "900")


class Functions(unittest.TestCase):
    def test_each_is_a_crate_with_a_role_a_log_group_and_two_alarms_of_its_own(self) -> None:
        self.assertEqual(len(FUNCTIONS), 9)
        alarms = {
            (one["MetricName"], one["Dimensions"][0]["Value"].get("Ref"))
            for one in of_type("AWS::CloudWatch::Alarm").values()
            if one["Namespace"] == "AWS/Lambda"
        }
        for name, function in FUNCTIONS.items():
            about = function["Properties"]
            crate = about["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
            self.assertTrue((ROOT / "functions" / crate / "Cargo.toml").is_file(), crate)
            self.assertEqual(
                SOURCE["Resources"][name]["Properties"]["CodeUri"], f"../target/lambda/{crate}/bootstrap.zip"
            )
            self.assertEqual(about["Role"], {"Fn::GetAtt": [f"{name}Role", "Arn"]})
            self.assertEqual(about["LoggingConfig"]["LogGroup"], {"Ref": f"{name}Logs"})
            self.assertIn(("Errors", name), alarms)
            self.assertIn(("Throttles", name), alarms)

    def test_the_crates_are_those_that_make_package_builds(self) -> None:
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        built = re.search(r"^LAMBDAS := (.+)$", makefile, re.MULTILINE)
        crates = {
            one["Properties"]["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")
            for one in FUNCTIONS.values()
        }
        self.assertEqual(set(built[1].split()), crates)

    def test_rights_name_actions_and_resources(self) -> None:
        found = statements()
        self.assertGreater(len(found), 15)
        for statement in found:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            self.assertFalse([action for action in actions if "*" in action], actions)
            if statement["Resource"] == "*":
                self.assertTrue(all(action.startswith("xray:") for action in actions), actions)

    def test_only_mail_may_be_sent_by_those_who_mail(self) -> None:
        senders = {
            name
            for name, role in of_type("AWS::IAM::Role").items()
            if {"Ref": "MailPolicy"} in role["ManagedPolicyArns"]
        }
        self.assertEqual(senders, {"NotifyRole", "SweepRole"})
        sending = [one for one in statements() if "ses:SendEmail" in one["Action"]]
        self.assertEqual(
            [one["Condition"] for one in sending], [{"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}}]
        )

    def test_the_stream_hands_on_the_outbox_alone(self) -> None:
        (mapping,) = of_type("AWS::Lambda::EventSourceMapping").values()
        (wanted,) = [json.loads(one["Pattern"]) for one in mapping["FilterCriteria"]["Filters"]]
        prefix = wanted["dynamodb"]["Keys"]["PK"]["S"][0]["prefix"]
        (record,) = next(event["Records"] for event in EVENTS if "Records" in event)
        self.assertIn(record["eventName"], wanted["eventName"])
        self.assertTrue(record["dynamodb"]["Keys"]["PK"]["S"].startswith(prefix))


class Scripts(unittest.TestCase):
    def test_differences_between_routes_and_documents_are_told(self) -> None:
        document = {
            "components": {"securitySchemes": {"token": {}}},
            "paths": {
                "/v1/a": {"get": {"security": [{"token": []}]}, "summary": "no method"},
                "/v1/b": {"post": {"security": [{}, {"token": []}]}},
                "/v1/c": {"get": {}},
            },
        }
        operations = documented(document)
        self.assertEqual(operations, {"GET /v1/a": True, "POST /v1/b": False, "GET /v1/c": False})
        self.assertEqual(differences({"GET /v1/a": True, "POST /v1/b": False, "GET /v1/c": False}, operations), [])
        self.assertEqual(len(differences({"GET /v1/a": False, "POST /v1/b": False, "GET /v1/d": True}, operations)), 3)

    def test_a_path_that_the_emulator_gives_to_another_function_is_told(self) -> None:
        functions = {"/v1/a": "one", "/v1/a/{id}": "one", "/v1/b.csv": "two"}
        router = {"/v1/a": "one", "/v1/a/{*rest}": "one", "/v1/{*rest}": "two"}
        self.assertEqual(misled(functions, router), [])
        del router["/v1/a"]
        self.assertEqual(len(misled(functions, router)), 1)
        self.assertEqual(len(misled(functions, {})), 3)

    def test_accepted_findings_must_occur_and_have_a_reason(self) -> None:
        check = script("check")
        found = {check.Finding("checkov", "X_1", "Table")}
        entry = {"tool": "checkov", "id": "X_1", "on": ["Table"], "reason": "A reason that says something."}
        self.assertEqual(check.compare(found, [entry]), [])
        self.assertEqual(len(check.compare(found, [])), 1)
        self.assertEqual(len(check.compare(set(), [entry])), 1)
        self.assertEqual(len(check.compare(found, [{**entry, "reason": " "}])), 1)
        self.assertEqual(len(check.compare(found, [entry, entry])), 1)

    def test_what_a_deployment_lacks_is_told_at_once(self) -> None:
        deploy = script("deploy")
        example = deploy.settings((ROOT / "infra/deploy.env.example").read_text(encoding="utf-8"))
        told = deploy.problems(example, SOURCE["Parameters"])
        self.assertEqual([one.split()[0] for one in told], list(deploy.FROM_KEYS))
        keys = dict.fromkeys(deploy.FROM_KEYS, "x")
        self.assertEqual(deploy.problems({**example, **keys}, SOURCE["Parameters"]), [])
        self.assertEqual(len(deploy.problems({**example, **keys, "Typo": "x"}, SOURCE["Parameters"])), 1)

    def test_a_value_with_a_space_reaches_sam_whole(self) -> None:
        from samcli.cli.types import CfnParameterOverridesType

        given = {"AWS_REGION": "us-east-1"}
        words = script("deploy").command(
            "template.yaml", "ttw", given, {"SweepSchedule": "rate(5 minutes)", "Stage": "test"}
        )
        overrides = tuple(words[words.index("--parameter-overrides") + 1 :])
        read = CfnParameterOverridesType().convert(overrides, None, None)
        self.assertEqual(read, {"SweepSchedule": "rate(5 minutes)", "Stage": "test"})


if __name__ == "__main__":
    unittest.main()
