"""One report that many tests read: made once for all of them."""

from __future__ import annotations

import pytest

from planner.renderers.pdf.order import Material, Order
from planner.renderers.pdf.render import render
from tests.pdf.papers import material_of, plan_of, text_of


@pytest.fixture(scope="session")
def material() -> Material:
    return material_of(plan_of("support-chat"))


@pytest.fixture(scope="session")
def paper(material: Material) -> bytes:
    return render(material, Order(audience="finance", classification="Confidential")).pdf


@pytest.fixture(scope="session")
def text(paper: bytes) -> str:
    """Everything that can be read on that paper."""
    return text_of(paper)
