"""Every line with `>>>` on a model page is run; a number on the page is what the engine gives."""

import doctest
from pathlib import Path

import pytest

import planner.engine

PAGES = Path(__file__).resolve().parents[2] / "docs" / "model"
EXAMPLES = sorted(page for page in PAGES.glob("*.md") if ">>>" in page.read_text())
WITHOUT_A_PAGE = {
    "arrays": "shapes shared by all, described in its docstring",
    "case": "the engine's inputs, described by the plan's fields",
    "outcome": "the engine's outputs",
    "errors": "one exception",
    "evaluate": "the table of contents",
    "world": "gathers demand, paths and quality lines, which have pages",
    "comparison": "gathers metrics, which has a page",
    "cautions": "sentences",
    "option_flows": "options.md",
}


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: page.stem)
def test_it_recomputes_the_page(page: Path) -> None:
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert tried > 0
    assert failed == 0


def test_it_has_a_page_for_every_engine_module() -> None:
    engine = Path(planner.engine.__file__).parent
    modules = {path.stem for path in engine.glob("*.py")} - {"__init__"}
    pages = {page.stem for page in EXAMPLES}
    assert modules - pages == set(WITHOUT_A_PAGE)
