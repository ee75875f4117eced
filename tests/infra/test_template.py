"""What the template promises, read after SAM has translated it; and that every route has its recorded event.

.venv-infra/sam/bin/python -m unittest discover -s tests/infra
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import tempfile
import unittest
from pathlib import Path
from typing import Any

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from rights import allows, denied, listed
from routes import ELSEWHERE, differences, documented, misled, routed
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "infra/template.yaml").read_text(encoding="utf-8")
EVENTS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "infra/events").glob("*.json"))]
# Whoever may ask without a token: the law, and questions about a case that names nobody.
PUBLIC = {
    *("POST /v1/eligibility", "POST /v1/eligibility/ledger", "POST /v1/eligibility/batch"),
    *("GET /v1/rules", "GET /v1/rules/{id}", "GET /v1/parameters", "GET /v1/health", "GET /v1/openapi.json"),
    ELSEWHERE,
}
RIGHTS = json.loads((ROOT / "infra/rights.json").read_text(encoding="utf-8"))


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
        for name in {"CodeUri", "ContentUri"} & resource.get("Properties", {}).keys():
            resource["Properties"][name] = "s3://bucket/key"
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


def role_of(name: str) -> list[dict[str, Any]]:
    """Every statement of a function's role: its own, and those of its managed policies."""
    role = of_type("AWS::IAM::Role")[f"{name}Role"]
    managed = [policy["Ref"] for policy in role["ManagedPolicyArns"] if "Ref" in policy]
    documents = [of_type("AWS::IAM::ManagedPolicy")[policy]["PolicyDocument"] for policy in managed]
    documents += [policy["PolicyDocument"] for policy in role["Policies"]]
    return [statement for document in documents for statement in document["Statement"]]


def constant(path: str, name: str) -> int:
    """A number of the functions' sources."""
    text = (ROOT / "functions/portal/src" / path).read_text(encoding="utf-8")
    return int(re.search(rf"const {name}: usize = (\d+);", text)[1])


def crate_of(function: dict[str, Any]) -> str:
    return function["Properties"]["FunctionName"]["Fn::Sub"].removeprefix("${AWS::StackName}-")


class Gateway(unittest.TestCase):
    def test_only_public_routes_are_open_and_the_rest_asks_for_a_token(self) -> None:
        routes = routed(SOURCE)
        self.assertEqual({route for route, needs in routes.items() if not needs}, PUBLIC)
        body = RESOURCES["Api"]["Properties"]["Body"]
        for route, needs in routes.items():
            method, path = route.lower().split(" ") if " " in route else ("x-amazon-apigateway-any-method", route)
            about = next(body["paths"][own] for own in body["paths"] if own.lower() == path)
            self.assertEqual(about[method]["security"], [{"Token" if needs else "NONE": []}], route)

    def test_public_routes_all_at_once_leave_room_for_whoever_is_signed_in(self) -> None:
        (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
        self.assertEqual(set(stage["RouteSettings"]), PUBLIC)
        for route, about in stage["RouteSettings"].items():
            self.assertEqual(about["ThrottlingRateLimit"], {"Ref": "PublicRate"}, route)
            self.assertEqual(about["ThrottlingBurstLimit"], {"Ref": "PublicBurst"}, route)
        given = {name: SOURCE["Parameters"][name]["Default"] for name in ("PublicRate", "PublicBurst")}
        # Beside the burst, what comes in while an answer is made: a tenth of a second is far more than that takes.
        at_once = len(PUBLIC) * (given["PublicBurst"] + given["PublicRate"] / 10)
        self.assertLess(at_once, SOURCE["Parameters"]["EligibilityConcurrency"]["Default"])

    def test_cross_origin_calls_keep_all_of_their_settings(self) -> None:
        cors = RESOURCES["Api"]["Properties"]["Body"]["x-amazon-apigateway-cors"]
        self.assertEqual(set(cors), {"allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge"})
        self.assertNotIn("*", json.dumps(cors))

    def test_access_logs_tell_no_path_query_address_or_user(self) -> None:
        (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
        told = set(re.findall(r"\$context\.([\w.]+)", stage["AccessLogSettings"]["Format"]))
        ids = {"requestId", "integration.requestId"}
        self.assertEqual(told, ids | {"routeKey", "status", "responseLatency", "error.message"})
        json.loads(stage["AccessLogSettings"]["Format"])

    def test_every_route_has_its_event_and_every_event_its_route(self) -> None:
        requests = [event for event in EVENTS if event.get("version") == "2.0"]
        self.assertEqual({event["routeKey"] for event in requests}, set(routed(SOURCE)) - {ELSEWHERE})
        for event in requests:
            route, about = event["routeKey"], event["requestContext"]
            method, path = route.split(" ")
            pattern = "/".join(part if not part.startswith("{") else "[^/]+" for part in path.split("/"))
            stage = "" if about["stage"] == "$default" else f"/{about['stage']}"
            self.assertRegex(event["rawPath"], f"^{stage}{pattern}$")
            self.assertEqual((about["routeKey"], about["http"]["method"]), (route, method))
            self.assertEqual("authorizer" in about, routed(SOURCE)[route], route)

    def test_events_name_test_people_only(self) -> None:
        numbers = re.findall(r"\b\d{3}-\d{2}-\d{4}\b", json.dumps(EVENTS))
        self.assertTrue(numbers)
        for number in numbers:
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

    def test_each_is_given_time_by_who_waits_for_it(self) -> None:
        behind = [
            name
            for name in FUNCTIONS
            if all(one["Type"] == "HttpApi" for one in SOURCE["Resources"][name]["Properties"]["Events"].values())
        ]
        self.assertEqual(set(FUNCTIONS) - set(behind), {"Notify", "Sweep"})
        for name in behind:
            # The gateway ends at 30 s.
            self.assertEqual(FUNCTIONS[name]["Properties"]["Timeout"], 29, name)
        about = FUNCTIONS["Notify"]["Properties"]
        # The most mails of an entry, each 10 s to hand over and 6 s to mark; as many entries as go at a time.
        self.assertGreaterEqual(about["Timeout"], (2 + constant("filing/submitting.rs", "MOST_NOTICES")) * 16)
        (mapping,) = of_type("AWS::Lambda::EventSourceMapping").values()
        self.assertEqual(mapping["BatchSize"], constant("../../notify/src/post.rs", "AT_ONCE"))

    def test_what_fails_without_an_error_has_an_alarm_too(self) -> None:
        alarms = of_type("AWS::CloudWatch::Alarm")
        named = (ROOT / "functions/portal/src/telemetry/metrics.rs").read_text(encoding="utf-8")
        (namespace,) = re.findall(r'const NAMESPACE: &str = "(\w+)";', named)
        sweep = [{"Name": "FunctionName", "Value": {"Ref": "Sweep"}}]
        self.assertIn(f'("{alarms["SweepFailed"]["MetricName"]}", "Count", number)', named)
        self.assertEqual((alarms["SweepFailed"]["Namespace"], alarms["SweepFailed"]["Dimensions"]), (namespace, sweep))
        self.assertEqual(alarms["SweepSilent"]["TreatMissingData"], "breaching")
        for queue in ("Notify", "Sweep"):
            about = alarms[f"{queue}Dead"]
            self.assertEqual((about["MetricName"], about["Statistic"]), ("NumberOfMessagesSent", "Sum"))
            self.assertEqual(about["Dimensions"][0]["Value"], {"Fn::GetAtt": [f"{queue}DeadLetters", "QueueName"]})

    def test_files_of_the_operator_are_a_layer_of_all_or_of_none(self) -> None:
        (layer,) = [name for name, one in RESOURCES.items() if one["Type"] == "AWS::Lambda::LayerVersion"]
        content = ROOT / "infra" / SOURCE["Resources"]["OperatorLayer"]["Properties"]["ContentUri"]
        self.assertTrue(all(any((content / folder).iterdir()) for folder in ("params", "options")))
        self.assertEqual(RESOURCES[layer]["Condition"], "HasOperatorFiles")
        none = {"Ref": "AWS::NoValue"}
        for name, function in FUNCTIONS.items():
            about = function["Properties"]
            self.assertEqual(about["Layers"], [{"Fn::If": ["HasOperatorFiles", {"Ref": layer}, none]}], name)
            for setting, folder in [("TTW_PARAMS_DIR", "params"), ("TTW_OPTIONS_DIR", "options")]:
                self.assertEqual(
                    about["Environment"]["Variables"][setting],
                    {"Fn::If": ["HasOperatorFiles", f"/opt/{folder}", none]},
                )

    def test_rights_name_actions_and_resources(self) -> None:
        found = statements()
        self.assertGreater(len(found), 15)
        for statement in found:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            self.assertFalse([action for action in actions if "*" in action], actions)
            self.assertEqual(statement["Effect"], "Allow")
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


class Rights(unittest.TestCase):
    """What functions ask of the table, by infra/rights.json, and what their roles allow."""

    def test_each_function_may_ask_what_it_asks(self) -> None:
        self.assertEqual(set(RIGHTS), {crate_of(function) for function in FUNCTIONS.values()})
        for name, function in FUNCTIONS.items():
            requests = RIGHTS[crate_of(function)]
            self.assertTrue(requests)
            for request in requests:
                self.assertEqual(denied(role_of(name), request), [], f"{name} lacks the right to {request}")

    def test_each_function_may_ask_little_more(self) -> None:
        """An action on a kind of key that no request of the function has is a right too many.

        The file has what no test of the functions reaches as well, such as forms of more people than fit a transaction.
        """
        kinds = {
            key for requests in RIGHTS.values() for request in requests for keys in request.values() for key in keys
        }
        actions = {action for requests in RIGHTS.values() for request in requests for action in request}
        # A submission's partition begins as its organization's does; forms without natural keys have the policy of all.
        shared = {"EIN#*#FORM#": {"GetItem", "BatchGetItem", "ConditionCheckItem"}, "UNIQ#": {"GetItem", "PutItem"}}
        for name, function in FUNCTIONS.items():
            requests = RIGHTS[crate_of(function)]
            asked = {(action, key) for request in requests for action, keys in request.items() for key in keys}
            allowed = {
                (action, key)
                for action in actions
                for key in kinds
                if any(allows(statement, action, [key]) for statement in role_of(name))
            }
            more = {(action, key) for action, key in allowed - asked if action not in shared.get(key, set())}
            self.assertEqual(more, set(), name)

    def test_nobody_may_write_users_or_organizations_by_themselves(self) -> None:
        for name in FUNCTIONS:
            for action in ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"):
                for key in ("EIN#", "USER#", "PID#", "HELD#", "TICKETS#"):
                    self.assertFalse(any(allows(one, action, [key]) for one in role_of(name)), (name, action, key))

    def test_nobody_opens_what_is_sealed_and_who_files_seals(self) -> None:
        sealing, purposes = set(), set()
        for name in FUNCTIONS:
            for statement in role_of(name):
                given = statement.get("Condition", {}).get("StringEquals", {})
                purpose = set(listed(given.get("kms:EncryptionContext:purpose", [])))
                if "kms:Decrypt" in statement["Action"]:
                    purposes |= purpose
                if "ttw-seal" in purpose:
                    self.assertEqual(statement["Action"], "kms:GenerateDataKey")
                    sealing.add(name)
        self.assertEqual(purposes, {"ttw-index", "ttw-token"})
        self.assertEqual(sealing, {"SubmitPr", "Eir", "Iwp", "Form1365", "Tpr", "Claims"})
        # The one way to open is the store's, which no function takes.
        sources = [path.read_text(encoding="utf-8") for path in ROOT.glob("functions/*/src/**/*.rs")]
        self.assertEqual(sum(len(re.findall(r"\.people_of\(|vault\(\)\.open\(", text)) for text in sources), 1)

    def test_a_right_that_is_missing_is_told(self) -> None:
        def of(*actions: str, **lists: list[str]) -> dict[str, Any]:
            operators = {"every": "ForAllValues:StringLike", "one": "ForAnyValue:StringLike"}
            condition = {operators[name]: {"dynamodb:LeadingKeys": keys} for name, keys in lists.items()}
            action = [f"dynamodb:{action}" for action in actions]
            return {
                "Effect": "Allow",
                "Action": action,
                "Resource": {"Fn::GetAtt": ["Table", "Arn"]},
                "Condition": condition,
            }

        request = {"ConditionCheckItem": ["EIN#"], "PutItem": ["EIN#*#FORM#", "QUEUE"]}
        both = of("PutItem", "ConditionCheckItem", every=["EIN#*", "QUEUE"])
        self.assertEqual(denied([both], request), [])
        self.assertEqual(len(denied([], request)), 3 + 2 + 2)
        # By items alone, and not as a whole.
        apart = [of("ConditionCheckItem", every=["EIN#*"]), of("PutItem", every=["EIN#*#FORM#*", "QUEUE"])]
        told = denied(apart, request)
        self.assertEqual(len(told), 2)
        self.assertTrue(all("all items of the request" in one for one in told), told)
        # One action of the two; one key of two; another action; an organization by the pattern of its submissions.
        self.assertEqual(len(denied([of("PutItem", every=["EIN#*", "QUEUE"])], request)), 3)
        self.assertEqual(len(denied([of("Query", every=["QUEUE"])], {"Query": ["QUEUE", "CLOCKS"]})), 3)
        self.assertTrue(denied([of("GetItem", every=["EIN#*"])], {"Query": ["EIN#"]}))
        self.assertTrue(denied([of("GetItem", every=["EIN#*#FORM#*"])], {"GetItem": ["EIN#"]}))
        self.assertFalse(denied([of("GetItem", every=["EIN#*#FORM#*"])], {"GetItem": ["EIN#*#FORM#"]}))
        # A part of the keys of a kind, one key, one key and more.
        self.assertTrue(denied([of("GetItem", every=["EIN#1*"])], {"GetItem": ["EIN#"]}))
        self.assertTrue(denied([of("GetItem", every=["CASE#"])], {"GetItem": ["CASE#"]}))
        self.assertFalse(denied([of("Query", every=["QUEUE"])], {"Query": ["QUEUE"]}))
        # What an action is for keeps it from the other keys of its transaction.
        narrow = of("PutItem", every=["EIN#*", "QUEUE"], one=["EIN#*#FORM#*", "QUEUE"])
        check = of("ConditionCheckItem", every=["EIN#*", "QUEUE"], one=["EIN#*"])
        self.assertEqual(denied([narrow, check], request), [])
        self.assertTrue(denied([narrow], {"PutItem": ["EIN#"]}))
        # Another resource, a condition of another kind, a refusal.
        for change in (
            {"Resource": {"Fn::GetAtt": ["Queue", "Arn"]}},
            {"Condition": {"StringEquals": {"aws:PrincipalTag/a": "b"}}},
            {"Effect": "Deny"},
        ):
            self.assertTrue(denied([{**both, **change}], request), change)


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

    def test_files_of_the_operator_go_along_on_purpose(self) -> None:
        deploy = script("deploy")
        self.assertEqual(deploy.unused({}, ROOT / "infra/operator"), [])
        with tempfile.TemporaryDirectory() as folder:
            on = {"OperatorFiles": "on"}
            self.assertEqual(len(deploy.unused(on, Path(folder))), 3)
            for name in ("params", "options"):
                (Path(folder) / name).mkdir()
            self.assertEqual(len(deploy.unused(on, Path(folder))), 1)
            (Path(folder) / "params/trial_work_level.toml").touch()
            self.assertEqual(deploy.unused(on, Path(folder)), [])
            self.assertEqual(len(deploy.unused({}, Path(folder))), 1)

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
