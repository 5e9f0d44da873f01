"""`manage.py evaluate`: without a database, readable, and honest about errors."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from tests.report.plans import api, small_plan


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(small_plan(api("today", 5), api("other", 1))))
    return path


def _output(*arguments: str) -> str:
    out = io.StringIO()
    call_command("evaluate", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_the_verdict_and_an_aligned_table(plan_file: Path) -> None:
    lines = _output(str(plan_file)).splitlines()
    assert "Buy from another API." in lines
    npv = next(line for line in lines if line.startswith("Cost in today’s money (NPV)"))
    head = lines[lines.index(npv) - 1]
    assert head.split() == ["*A2", "other", "=A", "today"]
    assert len(head) == len(npv)


def test_it_prints_the_result_as_json(plan_file: Path) -> None:
    result = json.loads(_output(str(plan_file), "--json", "--as-of", "2026-06-01"))
    assert (result["schema"], result["as_of"], result["verdict"]["best"]) == ("result/1", "2026-06-01", "other")


def test_it_reads_yaml(plan_file: Path) -> None:
    path = plan_file.with_suffix(".yaml")
    path.write_text(yaml.safe_dump(json.loads(plan_file.read_text())))
    assert _output(str(path)) == _output(str(plan_file))


def test_it_reads_standard_input(plan_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(plan_file.read_bytes())

    monkeypatch.setattr("sys.stdin", Stdin)
    assert _output("-") == _output(str(plan_file))


def test_it_lists_errors_with_their_paths(tmp_path: Path) -> None:
    document: dict[str, Any] = small_plan(api("today", 5))
    document["finance"]["discount_rate"] = 5
    document["workloads"][0]["inputtokens"] = 1
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(document))
    err = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("evaluate", str(path), stderr=err)
    assert stop.value.code == 2
    assert "errors, nothing computed." in err.getvalue()
    assert "  finance.discount_rate: " in err.getvalue()
    assert "  workloads.chat.inputtokens: " in err.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("plan.yaml", "a: [", "neither JSON nor YAML"), ("plan.yml", "- 1", "holds no plan")],
)
def test_it_says_what_is_no_plan(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(CommandError, match=message) as problem:
        _output(str(path))
    assert problem.value.returncode == 2


def test_it_says_which_file_is_missing() -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        _output("/nowhere/plan.json")


def test_it_refuses_a_day_that_is_none(plan_file: Path) -> None:
    with pytest.raises(CommandError, match="is no day"):
        _output(str(plan_file), "--as-of", "yesterday")
