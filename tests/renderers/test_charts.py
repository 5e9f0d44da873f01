"""Drawings: safe under the page's policy, readable without colour, complete for a screen reader."""

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from planner.renderers.charts import draw
from planner.renderers.charts.svg import round_ticks, spread, text_width, wrapped
from planner.report.types import Figure, Report
from tests.renderers.sample_report import sample_report

REPORT = sample_report()
FIGURES = [item for item in REPORT.items if isinstance(item, Figure)]


@pytest.fixture(params=[figure.id for figure in FIGURES])
def figure(request: pytest.FixtureRequest) -> Figure:
    return REPORT.figure(request.param)


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())  # noqa: S314 - our own drawing, not a stranger's file


def test_it_draws_well_formed_svg_for_wide_and_narrow(figure: Figure) -> None:
    for svg in draw(figure, REPORT):
        assert elements(svg)[0].tag == "svg"


def test_it_carries_no_style_and_no_script(figure: Figure) -> None:
    for svg in draw(figure, REPORT):
        for element in elements(svg):
            assert element.tag not in ("style", "script", "foreignObject")
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_it_names_the_finding_for_a_screen_reader(figure: Figure) -> None:
    for svg in draw(figure, REPORT):
        root, title, description = elements(svg)[:3]
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.text == figure.title


def test_it_gives_every_option_a_letter_and_its_own_dashes() -> None:
    wide, _narrow = draw(REPORT.figure("cumulative_cost"), REPORT)
    lines = [element for element in elements(wide) if element.tag == "polyline"]
    assert len({line.get("stroke-dasharray") for line in lines}) == len(REPORT.faces)
    words = " ".join(element.text or "" for element in elements(wide) if element.tag == "text")
    assert all(f"{face.letter} {face.name.split()[0]}" in words for face in REPORT.faces)


def test_it_keeps_a_second_option_of_one_kind_apart() -> None:
    twins = tuple(replace(face, colour="host", line="dashed", variant=at + 1) for at, face in enumerate(REPORT.faces))
    wide, _narrow = draw(REPORT.figure("cumulative_cost"), replace(REPORT, faces=twins))
    lines = [element for element in elements(wide) if element.tag == "polyline"]
    assert lines[0].get("stroke-dasharray") != lines[1].get("stroke-dasharray")


def test_it_leaves_the_total_to_the_table() -> None:
    figure = REPORT.figure("yearly_cash_flow")
    total = replace(figure.data.rows[-1], id="total", label="Total", emphasis="total")
    with_total = replace(figure, data=replace(figure.data, rows=(*figure.data.rows, total)))
    assert draw(with_total, REPORT) == draw(figure, REPORT)


def test_it_escapes_names_that_look_like_markup() -> None:
    evil = tuple(replace(face, name="<script>alert(1)</script> & co") for face in REPORT.faces)
    figure = REPORT.figure("cumulative_cost")
    series = tuple(replace(one, label="<script>alert(1)</script> & co") for one in figure.series)
    for svg in draw(replace(figure, series=series, title="<b>"), replace(REPORT, faces=evil)):
        assert "<script" not in svg
        assert elements(svg)


def test_it_draws_a_plan_that_costs_nothing() -> None:
    figure = REPORT.figure("cumulative_cost")
    rows = tuple(replace(row, cells=tuple(replace(cell, value=0.0) for cell in row.cells)) for row in figure.data.rows)
    for svg in draw(replace(figure, data=replace(figure.data, rows=rows)), REPORT):
        assert "nan" not in svg.lower()


def test_it_leaves_gaps_where_the_report_has_no_number() -> None:
    figure = REPORT.figure("yearly_cash_flow")
    rows = tuple(
        replace(row, cells=(replace(row.cells[0], value=None, reason="none"), *row.cells[1:]))
        for row in figure.data.rows
    )
    assert draw(replace(figure, data=replace(figure.data, rows=rows)), REPORT)[0].count("<rect") < draw(figure, REPORT)[
        0
    ].count("<rect")


@pytest.mark.parametrize(("low", "high"), [(0.0, 3.3e6), (-2.4e6, 0.0), (-1.0, 7.0), (0.0, 0.0003), (0.0, 0.0)])
def test_it_covers_all_values_with_round_ticks(low: float, high: float) -> None:
    ticks = round_ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 8


def test_it_moves_labels_apart_without_leaving_the_drawing() -> None:
    tops = spread([100.0, 101.0, 102.0, 10.0], [20.0] * 4, 0.0, 130.0)
    ordered = sorted(tops)
    assert all(after - before >= 20.0 - 1e-9 for before, after in pairwise(ordered))
    assert max(tops) <= 110.0


def test_it_wraps_long_names_and_ends_the_rest_with_an_ellipsis() -> None:
    lines = wrapped("Hosted open weights with a very long name, frontier for all the rest of it", 120, 13)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line, 13) <= 120 for line in lines)


def test_it_draws_the_same_bytes_twice(figure: Figure) -> None:
    again: Report = sample_report()
    assert draw(figure, REPORT) == draw(again.figure(figure.id), again)


def test_it_says_every_value_of_a_drawing_in_words(figure: Figure) -> None:
    for svg in draw(figure, REPORT):
        said = [each.attrib["data-say"] for each in elements(svg) if "data-say" in each.attrib]
        assert len(said) >= len([row for row in figure.data.rows if row.emphasis != "total"])
        assert all(": " in words for words in said)


def test_it_marks_whose_a_line_or_bar_is(figure: Figure) -> None:
    own = {each.attrib["data-option"] for each in elements(draw(figure, REPORT)[0]) if "data-option" in each.attrib}
    assert own >= {series.option for series in figure.series if series.option}
