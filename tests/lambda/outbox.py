"""The table's stream, which the emulator does not have.

Its events are made of the table's items, in the shape of the recorded one.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from gate import EVENTS, Functions, send

RECORDED = json.loads((EVENTS / "outbox-insert.json").read_text(encoding="utf-8"))


class Outbox:
    """What waits to be mailed, and the function that mails it."""

    def __init__(self, table: str, name: str, functions: Functions):
        self.table, self.name, self.functions = table, name, functions
        # Numbers that the stream has lost.
        self.lost: set[str] = set()

    def items(self) -> list[dict[str, Any]]:
        """All entries, oldest first, as the table holds them."""
        question = {
            "TableName": self.name,
            "ConsistentRead": True,
            "FilterExpression": "begins_with(PK, :outbox)",
            "ExpressionAttributeValues": {":outbox": {"S": "OUTBOX#"}},
        }
        # The embedded database looks at no signature.
        scope = "Credential=local/20260101/us-east-1/dynamodb/aws4_request"
        signed = f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host;x-amz-date, Signature=0"
        found, start = [], {}
        while True:
            answer = send(
                self.table,
                "POST",
                "/",
                json.dumps(question | start).encode(),
                x_amz_target="DynamoDB_20120810.Scan",
                x_amz_date="20260101T000000Z",
                authorization=signed,
            )
            assert answer.status == 200, answer
            found += answer.json["Items"]
            if "LastEvaluatedKey" not in answer.json:
                return sorted(found, key=lambda item: item["SK"]["S"])
            start = {"ExclusiveStartKey": answer.json["LastEvaluatedKey"]}

    def waiting(self) -> list[dict[str, Any]]:
        """The entries of which a mail is not out."""
        return [item for item in self.items() if "undelivered" in item]

    def event(self, items: list[dict[str, Any]]) -> dict[str, Any]:
        """The event by which the stream tells of entries."""
        event = copy.deepcopy(RECORDED)
        (pattern,) = event["Records"]
        event["Records"] = []
        for number, item in enumerate(items):
            record = copy.deepcopy(pattern)
            record["eventID"] = f"{number:032x}"
            record["dynamodb"]["SequenceNumber"] = str(4421584500000000017450439091 + number)
            record["dynamodb"]["Keys"] = {"PK": item["PK"], "SK": item["SK"]}
            record["dynamodb"]["NewImage"] = item
            event["Records"].append(record)
        return event

    def deliver(self) -> None:
        """Tells `notify` of all that waits and was not lost."""
        items = [item for item in self.waiting() if item["confirmation"]["S"] not in self.lost]
        if items:
            assert self.functions.invoke("notify", self.event(items)) == {"batchItemFailures": []}
            assert not [item for item in self.waiting() if item["confirmation"]["S"] not in self.lost]
