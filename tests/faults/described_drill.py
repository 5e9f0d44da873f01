"""F14: schemathesis asks every operation of the interface, as two people who must not see each other's plans."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

from tests.faults.house import ROOT, House
from tests.faults.parts import Figures, HttpCaller, Size, key_of_new_member

# A document that fits the JSON schema may still break a rule between fields, or name a model without a price: 422.
NOT_PROMISED = "positive_data_acceptance"
_LIMITS: dict[bool, list[str]] = {False: ["--phases", "examples,fuzzing"], True: []}
"""The short profile leaves out the boundary values of every field and the chains of calls."""
_CONFIGURATION = """
[auth.wfc]
path = {people}
user = "first"
peers = ["first", "second"]

[parameters]
"path.plan_id" = {plan}
"path.run_id" = {run}

# Reserved: described as 501 until it is built.
[[operations]]
include-path = "/api/v1/plans/{{plan_id}}/usage/{{month}}"
checks.not_a_server_error.expected-statuses = ["2xx", "4xx", "501"]
"""


def described(built: House, size: Size) -> Figures:
    """All checks, all phases, so many cases per operation; counts what schemathesis complains about."""
    port = built.web()
    configuration = configured(built.folder, port)
    done = subprocess.run(
        [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(configuration), "run"),
            f"http://127.0.0.1:{port}/api/v1/openapi.json",
            *("--checks", "all", "--exclude-checks", NOT_PROMISED, "--max-examples", str(size.runs)),
            *("--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "60"),
            *("--seed", "1", "--no-color", *_LIMITS[bool(size.faults)]),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore", "SCHEMATHESIS_HOOKS": "tests.faults.schemathesis_hooks"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    complaints = [line.strip("_ ") for line in done.stdout.splitlines() if line.startswith("____")]
    return {
        "runs": "",
        "cases_per_operation": size.runs,
        "complaints": complaints,
        "ended_with": done.returncode,
        "said": done.stdout[-6000:] if done.returncode else "",
        "violations": [],
    }


def configured(folder: Path, port: int) -> Path:
    """Make two people, a plan and a finished run of the first, and tell schemathesis of them."""
    from accounts.models import User
    from planner.operations.run_execute import run_execute
    from planner.plan.examples import template

    keys = {name: key_of_new_member(User.objects.create_user(f"{name}@example.org")) for name in ("first", "second")}
    caller = HttpCaller(port, keys["first"])
    _status, plan = caller.send("POST", "plans", template("support-chat").document, {"Idempotency-Key": "one"})
    _status, run = caller.send("POST", f"plans/{plan['id']}/runs", None, {})
    run_execute(run_id=uuid.UUID(run["id"]))
    people = [
        {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {key}"}]}
        for name, key in keys.items()
    ]
    auth, configuration = folder / "people.json", folder / "schemathesis.toml"
    auth.write_text(json.dumps({"auth": people}), encoding="utf-8")
    names = {"people": str(auth), "plan": plan["id"], "run": run["id"]}
    text = _CONFIGURATION.format(**{name: json.dumps(value) for name, value in names.items()})
    configuration.write_text(text, encoding="utf-8")
    return configuration
