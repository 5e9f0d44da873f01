from dataclasses import replace

import pytest

from planner.renderers.pdf.charts import ChartFailed
from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from planner.report.types import Figure, Item


def test_a_chart_that_cannot_be_drawn_is_an_error_that_names_it(material: Material) -> None:
    broken = replace(material.report, items=tuple(_without_map(item) for item in material.report.items))
    with pytest.raises(ChartFailed, match="decision_map"):
        render(replace(material, report=broken), Order())


def _without_map(item: Item) -> Item:
    return replace(item, plane=None) if isinstance(item, Figure) else item
