"""Compares the routes of the template with the API's documents, both ways, and the sign-in that each of them asks for;
and the function of each route with the one that answers it under `cargo lambda watch`.

.venv-infra/sam/bin/python tests/infra/routes.py Cargo.toml infra/template.yaml functions/portal/openapi.json …
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path, PurePosixPath
from typing import Any

from samtranslator.yaml_helper import yaml_parse

# Whatever no other route takes. It stands in no document.
ELSEWHERE = "$default"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}


def routed(template: dict[str, Any]) -> dict[str, bool]:
    """Each route of the template, such as `GET /v1/me`, and whether the gateway asks for a token."""
    found: dict[str, bool] = {}
    for resource in template["Resources"].values():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            if event["Type"] == "HttpApi":
                about = event["Properties"]
                route = f"{about['Method'].upper()} {about['Path']}" if "Path" in about else ELSEWHERE
                if route in found:
                    raise SystemExit(f"{route} is routed twice.")
                found[route] = about.get("Auth", {}).get("Authorizer") != "NONE"
    return found


def answering(template: dict[str, Any]) -> dict[str, str]:
    """The function that answers each path of the template, by the folder of its zip."""
    return {
        event["Properties"]["Path"]: Path(resource["Properties"]["CodeUri"]).parent.name
        for resource in template["Resources"].values()
        for event in resource.get("Properties", {}).get("Events", {}).values()
        if event["Type"] == "HttpApi" and "Path" in event["Properties"]
    }


def misled(functions: dict[str, str], router: dict[str, str]) -> list[str]:
    """A sentence for each path that another function would answer under the emulator."""
    found = []
    for path, function in sorted(functions.items()):
        parents = [path, *(f"{parent}/{{*rest}}" for parent in PurePosixPath(path).parents)]
        under = next((router[route] for route in parents if route in router), "nothing")
        if under != function:
            found.append(f"{path} is answered by {function}, and by {under} under the emulator.")
    return found


def documented(document: dict[str, Any]) -> dict[str, bool | None]:
    """Each operation of a document, and whether it needs a token; None where the document knows no sign-in at all."""
    knows = bool(document.get("components", {}).get("securitySchemes"))
    found: dict[str, bool | None] = {}
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            security = item[method].get("security", document.get("security", []))
            needs = bool(security) and {} not in security
            found[f"{method.upper()} {path}"] = needs if knows else None
    return found


def differences(template: dict[str, bool], documents: dict[str, bool | None]) -> list[str]:
    """A sentence for each."""
    found = [f"{route} is documented and not routed." for route in sorted(documents.keys() - template.keys())]
    found += [f"{route} is routed and not documented." for route in sorted(template.keys() - documents.keys())]
    for route in sorted(documents.keys() & template.keys()):
        needs = documents[route]
        if needs is not None and needs != template[route]:
            words = {True: "needs a token", False: "needs none"}
            found.append(f"{route} {words[needs]} by the document and {words[template[route]]} at the gateway.")
    return found


def main(manifest: str, template: str, *documents: str) -> None:
    """Ends with status 1 when they differ, and when one of the files is missing."""
    missing = [name for name in (manifest, template, *documents) if not Path(name).is_file()]
    if missing:
        raise SystemExit(f"{', '.join(missing)}: no such file.")
    resources = yaml_parse(Path(template).read_text(encoding="utf-8"))
    routes = {route: needs for route, needs in routed(resources).items() if route != ELSEWHERE}
    workspace = tomllib.loads(Path(manifest).read_text(encoding="utf-8"))["workspace"]
    router = workspace["metadata"]["lambda"]["watch"]["router"]
    operations: dict[str, bool | None] = {}
    for name in documents:
        operations |= documented(json.loads(Path(name).read_text(encoding="utf-8")))
    if not routes or not operations:
        raise SystemExit("There is nothing to compare: the template has no route, or the documents no operation.")
    found = differences(routes, operations) + misled(answering(resources), router)
    if found:
        raise SystemExit("\n".join(found))
    print(f"{len(routes)} routes agree with the documents and with the emulator's router")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
