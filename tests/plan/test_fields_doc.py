"""The reference page of every field is the one the declarations make."""

from pathlib import Path

import pytest

from planner.plan import fields_doc
from planner.plan.fields_doc import PAGE, main, page


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m planner.plan.fields_doc`"
    assert main(["--check"]) == 0


def test_it_writes_where_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fields_doc, "PAGE", tmp_path / "docs" / "plan-fields.md")
    assert main([]) == 0
    assert main(["--check"]) == 0
    fields_doc.PAGE.write_text("old", encoding="utf-8")
    assert main(["--check"]) == 1


def test_it_has_every_part_once() -> None:
    headings = [line for line in page().splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings))
    assert {"## Plan", "## HostedSupply (`kind: hosted`)", "## Pretrain (`kind: pretrain`)"} <= set(headings)
