from dataclasses import replace
from datetime import timedelta

from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render


def test_it_gives_the_same_bytes_for_the_same_run(material: Material) -> None:
    assert render(material, Order()).pdf == render(material, Order()).pdf


def test_it_carries_the_time_of_the_run_and_no_other(material: Material) -> None:
    later = replace(material, origin=replace(material.origin, ended=material.origin.ended + timedelta(days=1)))
    assert b"20261123" in render(material, Order()).pdf
    pdf = render(later, Order()).pdf
    assert b"20261124" in pdf
    assert b"20261123" not in pdf
