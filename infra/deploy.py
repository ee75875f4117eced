"""Deploys the templates with what infra/deploy.env says.

.venv-infra/sam/bin/python infra/deploy.py missing   what has to be filled in before anything is built
.venv-infra/sam/bin/python infra/deploy.py keys      once: makes the data key and the two keys under it
.venv-infra/sam/bin/python infra/deploy.py deploy    the portal
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

HERE = Path(__file__).resolve().parent
ENV = HERE / "deploy.env"
SAM = Path(sys.executable).with_name("sam")
# What deploy.env holds besides parameters of the template.
OWN = {"STACK_NAME", "AWS_REGION", "BUCKET"}
FROM_KEYS = ("DataKeyArn", "IndexKey", "TokenKey")
# What each key under the data key is for: the functions name it when they ask for the key.
PURPOSES = {"IndexKey": "ttw-index", "TokenKey": "ttw-token"}


def settings(text: str) -> dict[str, str]:
    """The lines NAME=value of a file."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def problems(given: dict[str, str], parameters: dict[str, dict[str, Any]]) -> list[str]:
    """What has to be put right before a deployment, a sentence each."""
    needed = [name for name, parameter in parameters.items() if "Default" not in parameter]
    found = [
        f"{name} is missing: {'make keys writes it' if name in FROM_KEYS else parameters[name]['Description']}"
        for name in needed
        if not given.get(name)
    ]
    found += [f"{name} is missing." for name in ("STACK_NAME", "AWS_REGION") if not given.get(name)]
    return found + [
        f"{name} is no parameter of template.yaml." for name in given if name not in OWN and name not in parameters
    ]


def zips(template: dict[str, Any]) -> list[str]:
    """The functions of the template whose zip is not built."""
    uris = [one["Properties"].get("CodeUri") for one in template["Resources"].values()]
    return [uri for uri in uris if uri and not (HERE / uri).is_file()]


def unused(given: dict[str, str], folder: Path) -> list[str]:
    """What is wrong between the operator's files and whether they are to be used, a sentence each."""
    are_used, files = given.get("OperatorFiles") == "on", sorted(folder.glob("*/*.toml"))
    found = []
    if files and not are_used:
        found.append("OperatorFiles is off, and infra/operator has files: set it to on, or take them away.")
    if are_used and not files:
        found.append("OperatorFiles is on, and infra/operator has no .toml file.")
    missing = [name for name in ("params", "options") if are_used and not (folder / name).is_dir()]
    return found + [f"infra/operator/{name} is missing: no function would start." for name in missing]


def command(template: str, stack: str, given: dict[str, str], parameters: dict[str, str]) -> list[str]:
    """The call of SAM. It asks nothing."""
    bucket = ["--s3-bucket", given["BUCKET"]] if given.get("BUCKET") else ["--resolve-s3"]
    overrides = [f'{name}="{value}"' for name, value in parameters.items() if value]
    return [
        *[
            str(SAM),
            "deploy",
            "--template-file",
            str(HERE / template),
            "--stack-name",
            stack,
            "--region",
            given["AWS_REGION"],
        ],
        *["--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", "--no-fail-on-empty-changeset", *bucket],
        *(["--parameter-overrides", *overrides] if overrides else []),
    ]


def call(words: list[str]) -> None:
    """Runs SAM, and ends as it ends."""
    done = subprocess.run(words, check=False, env={**os.environ, "SAM_CLI_TELEMETRY": "0"})
    if done.returncode != 0:
        raise SystemExit(done.returncode)


def make_keys(given: dict[str, str]) -> None:
    """The data key by its own template, and under it two keys that nobody ever sees in the clear."""
    there = [name for name in FROM_KEYS if given.get(name)]
    if there:
        raise SystemExit(
            f"infra/deploy.env has {', '.join(there)} already. Other keys would make what is stored unreadable."
        )
    import boto3  # not needed, and slow to load, for anything else

    stack, region = f"{given['STACK_NAME']}-keys", given["AWS_REGION"]
    call(command("keys.yaml", stack, given, {"Alias": f"{given['STACK_NAME']}-data"}))
    outputs = boto3.client("cloudformation", region).describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    made = {"DataKeyArn": next(output["OutputValue"] for output in outputs if output["OutputKey"] == "DataKeyArn")}
    kms = boto3.client("kms", region)
    for name, purpose in PURPOSES.items():
        answer = kms.generate_data_key_without_plaintext(
            KeyId=made["DataKeyArn"], KeySpec="AES_256", EncryptionContext={"purpose": purpose}
        )
        made[name] = base64.b64encode(answer["CiphertextBlob"]).decode()
    with ENV.open("a", encoding="utf-8") as file:
        file.write("\n# Written by make keys. Keep a copy: without IndexKey nobody who is stored can be found again.\n")
        file.writelines(f"{name}={value}\n" for name, value in made.items())
    print("infra/deploy.env has the keys now; make deploy is next.")


def main(what: str) -> None:
    """Does one of the three."""
    if not ENV.is_file():
        raise SystemExit("infra/deploy.env is missing: copy infra/deploy.env.example and fill it in.")
    given = settings(ENV.read_text(encoding="utf-8"))
    template = yaml_parse((HERE / "template.yaml").read_text(encoding="utf-8"))
    wrong = problems(given, template["Parameters"])
    if what == "keys":
        wrong = [one for one in wrong if not one.startswith(FROM_KEYS)]
    else:
        wrong += unused(given, HERE / "operator")
    if what == "deploy":
        wrong += [f"{uri} is not built: run make package." for uri in zips(template)]
    if wrong:
        raise SystemExit("infra/deploy.env:\n  " + "\n  ".join(wrong))
    if what == "keys":
        make_keys(given)
    if what == "deploy":
        parameters = {name: value for name, value in given.items() if name not in OWN}
        call(command("template.yaml", given["STACK_NAME"], given, parameters))


if __name__ == "__main__":
    if sys.argv[1:] not in (["missing"], ["keys"], ["deploy"]):
        raise SystemExit(__doc__)
    main(sys.argv[1])
