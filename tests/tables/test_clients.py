"""What people copy out of the recipes runs, in the clients they use, and says why when its key no longer works."""

import csv
import http.server
import importlib
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import duckdb
import pandas as pd
import pytest
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django.live_server_helper import LiveServer

from accounts.models import ApiKey, KeyScope, Membership, User
from accounts.operations.api_keys import api_key_create, api_key_revoke
from planner.models import Plan
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from tests.api.callers import Caller
from tests.people import client_of
from tests.tables.recipes import code


@dataclass(frozen=True)
class Served:
    """A server with a finished run, and the key of a program."""

    site: str
    plan_id: str
    run_id: str
    key: str
    ended: dict[str, str]

    def code(self, recipe: str, language: str) -> list[str]:
        return code(recipe, language, site=self.site, plan_id=self.plan_id)

    def run(self, *command: str, key: str | None = None, cwd: Path | None = None, text: str = "") -> str:
        """What a program prints; its key comes from the environment as in the recipes."""
        done = subprocess.run(
            command, input=text, env=os.environ | {"DANEGELD_KEY": key or self.key}, cwd=cwd, timeout=120,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0 or key, done.stderr + done.stdout
        return done.stdout


@pytest.fixture
def served(live_server: LiveServer, colleague: User) -> Served:
    plan_id = Caller.of(colleague).create_plan()["id"]
    member = Membership.objects.select_related("organisation", "user").get(user=colleague)
    with scope(organisation=member.organisation):
        run = run_start(plan=Plan.objects.select_related("organisation").get(id=plan_id)).run
        assert run_execute(run_id=run.id)
        made = [api_key_create(by=member, name=name, scopes=[KeyScope.PLANS_READ]) for name in ("Good", "Old", "Gone")]
        api_key_revoke(by=member, key_id=made[2][0].id)
    with scopes_disabled():
        ApiKey.objects.filter(id=made[1][0].id).update(expires_at=timezone.now() - timedelta(days=3))
    wrong = made[0][1][:-1] + ("a" if made[0][1][-1] != "a" else "b")
    ended = {"expired": made[1][1], "revoked": made[2][1], "mistyped": wrong}
    return Served(live_server.url, str(plan_id), str(run.id), made[0][1], ended)


def refusals(served: Served, ask: Callable[[str], str]) -> None:
    """Each kind of key that opens nothing is refused in words that name it."""
    for what, key in served.ended.items():
        said = ask(key)
        assert what in said, said
        assert "Organisation, API keys" in said


def test_it_is_read_by_pandas(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANEGELD_KEY", served.key)
    names: dict[str, Any] = {}
    for block in served.code("python", "python")[:2]:
        exec(block, names)  # noqa: S102 - our own documentation
    base = names["summary"][names["summary"].scenario == "base"]
    assert base.npv.dtype == "float64"
    assert list(names["by_year"].columns) == sorted(base.option_id)
    assert str(names["flows"].period_start.dtype).startswith("datetime64")
    assert (names["cheaper"].scenario == "what_if").all()
    parquet = pd.read_parquet(f"{names['PLAN']}/distribution.parquet", storage_options=names["HEADERS"])
    assert {"statistic", "value"} <= set(parquet.columns)

    def ask(key: str) -> str:
        with pytest.raises(HTTPError) as refused:
            pd.read_csv(f"{names['PLAN']}/summary.csv", storage_options={"Authorization": f"Bearer {key}"})
        return refused.value.read().decode()

    refusals(served, ask)


def test_it_is_read_by_curl(served: Served, tmp_path: Path) -> None:
    table, verdict = served.run("sh", "-e", text=served.code("curl", "sh")[0]).split("\n{")
    assert table.startswith("plan_id,run_id")
    assert json.loads("{" + verdict)["run_id"] == served.run_id
    again = served.code("curl", "sh")[1]
    for _ in range(2):
        served.run("sh", "-e", cwd=tmp_path, text=again)
    assert (tmp_path / "cashflows.parquet").read_bytes()[:4] == b"PAR1"
    status = served.run("sh", "-e", cwd=tmp_path, text=again.strip() + " -w '%{http_code}'")
    assert status == "304"
    assert "what_if" in served.run("sh", "-e", text=served.code("curl", "sh")[2])
    address = f"{served.site}/api/v1/plans/{served.plan_id}/summary.csv"
    refusals(served, lambda key: served.run("curl", "-sS", "-u", f"token:{key}", address, key=key))


def test_it_is_read_by_duckdb(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "cashflows.parquet"
    address = f"{served.site}/api/v1/plans/{served.plan_id}/cashflows"
    signed = ("curl", "-sS", "--fail", "-u", f"token:{served.key}")
    served.run(*signed, "-o", str(file), f"{address}.parquet")
    query = served.code("duckdb", "sql")[1].replace(f"{address}.parquet", str(file))
    rows = duckdb.connect().execute(query).fetchall()
    lines = csv.DictReader(StringIO(served.run(*signed, f"{address}.csv?by=total")))
    totals = {row["option_id"]: float(row["amount"]) for row in lines if row["line"] == "cash_flow"}
    assert {option for option, _, _ in rows} == set(totals)
    for option, total in totals.items():
        assert sum(amount for each, _, amount in rows if each == option) == pytest.approx(total, rel=1e-12)


def test_it_is_read_by_the_generated_client(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Path(sys.executable).with_name("openapi-python-client")
    description, package = f"{served.site}/api/v1/openapi.json", str(tmp_path / "danegeld_client")
    served.run(str(program), "generate", "--url", description, "--meta", "none", "--output-path", package, cwd=tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("DANEGELD_KEY", served.key)
    names: dict[str, Any] = {}
    exec(served.code("python", "python")[2], names)  # noqa: S102 - our own documentation
    assert names["verdict"].sentence
    assert str(names["verdict"].run_id) == served.run_id
    tables = importlib.import_module("danegeld_client.api.plans.plans_table")
    kinds = importlib.import_module("danegeld_client.models")
    answer = tables.sync_detailed(
        served.plan_id, kinds.PlansTableTable.SUMMARY, kinds.PlansTableSuffix.JSON, client=names["client"]
    )
    assert answer.status_code == 200
    rows = json.loads(answer.content)["rows"]
    assert {row["scenario"] for row in rows} >= {"base"}


def test_it_tells_a_chat_when_the_answer_changes(served: Served, tmp_path: Path) -> None:
    with Chat() as (address, told):
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-"], input=served.code("chat", "python")[0], text=True, cwd=tmp_path, check=True,
                env=os.environ | {"DANEGELD_KEY": served.key, "CHAT_WEBHOOK": address},
            )  # fmt: skip
            assert done.returncode == 0
    assert len(told) == 1
    assert told[0]["text"].endswith("simulated futures.")


@pytest.mark.r
def test_it_is_read_by_r(served: Served) -> None:
    printed = served.run("Rscript", "-", text="\n".join(served.code("r", "r")))
    assert "p_cheapest" in printed


@pytest.mark.office
def test_it_is_opened_by_libreoffice(served: Served, colleague: User, tmp_path: Path) -> None:
    page = client_of(colleague).post(
        f"/plans/{served.plan_id}/feeds", {"table": "summary", "purpose": "Sheet", "days": "30"}
    )
    key = re.search(r"dgd_feed_[A-Za-z0-9_-]{58}", page.content.decode())
    assert key
    feed = f"{served.site}/feed/{key[0]}/summary.csv"
    served.run("curl", "-sS", "--fail", "-o", "summary.csv", feed, cwd=tmp_path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    utf_8 = "--infilter=CSV:44,34,76,1"
    served.run("soffice", profile, "--headless", utf_8, "--convert-to", "xlsx", "summary.csv", cwd=tmp_path)
    sheet = pd.read_excel(BytesIO((tmp_path / "summary.xlsx").read_bytes()))
    assert sheet.npv.dtype == "float64"
    assert list(sheet.columns)[:3] == ["plan_id", "run_id", "scenario"]


class _Told(http.server.BaseHTTPRequestHandler):
    told: list[dict[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append(json.loads(body))  # type: ignore[attr-defined]  # ours
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


class Chat:
    """A webhook that remembers what it was told."""

    def __enter__(self) -> tuple[str, list[dict[str, str]]]:
        self._server = http.server.HTTPServer(("127.0.0.1", 0), _Told)
        self._server.told = []  # type: ignore[attr-defined]  # ours
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/", self._server.told  # type: ignore[attr-defined]  # ours

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
