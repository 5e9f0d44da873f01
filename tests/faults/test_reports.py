"""A hundred reports in a row leave nothing behind; two at once are two right ones; a child that hangs is ended."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planner.renderers.pdf import typeset as setting
from planner.renderers.pdf.order import Order
from planner.renderers.pdf.render import render
from planner.renderers.pdf.typeset import TypesettingFailed, typeset
from tests.pdf.papers import material_of, plan_of

pytestmark = pytest.mark.fault

MANY = 100
MOST_GROWTH_MB = 20.0


def _resident_mb() -> float:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return float(line.split()[1]) / 1024


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _left_by_typst() -> set[str]:
    return {path.name for path in Path(tempfile.gettempdir()).iterdir() if "typst" in path.name}


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_a_hundred_in_a_row_leave_nothing_behind() -> None:
    material = material_of(plan_of("nightly-batch"), draws=0)
    first = render(material, Order()).pdf
    for _ in range(4):
        render(material, Order())
    files, descriptors = _left_by_typst(), _descriptors()
    before = _resident_mb()
    for _ in range(MANY - 5):
        assert render(material, Order()).pdf == first
    assert _resident_mb() - before < MOST_GROWTH_MB
    assert _descriptors() == descriptors
    assert _left_by_typst() == files
    assert _children() == []


def test_two_at_once_are_as_one_after_the_other() -> None:
    materials = [material_of(plan_of(name), draws=0) for name in ("nightly-batch", "support-chat")]
    alone = [render(material, Order()).pdf for material in materials]
    with ThreadPoolExecutor(2) as two:
        together = list(two.map(lambda material: render(material, Order()).pdf, materials * 5))
    assert together == alone * 5


def test_a_child_without_memory_is_an_error_and_not_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    material = material_of(plan_of("nightly-batch"), draws=0)
    monkeypatch.setattr(setting, "MEMORY_BYTES", 30_000_000)
    with pytest.raises(TypesettingFailed):
        render(material, Order())


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hanging = tmp_path / "child.py"
    hanging.write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    monkeypatch.setattr(setting, "_CHILD", hanging)
    monkeypatch.setattr(setting, "SECONDS", 1)
    material = material_of(plan_of("nightly-batch"), draws=0)
    with pytest.raises(TypesettingFailed, match="longer than 1 seconds"):
        typeset("board", {}, material.origin.ended)
    assert _children() == []
