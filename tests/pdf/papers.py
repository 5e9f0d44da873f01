"""Materials for reports, and what can be read out of a PDF."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pypdf

from planner.analysis.simulate import Settings
from planner.evaluation import evaluate_document
from planner.plan import examples
from planner.renderers.pdf.order import Material, Origin
from planner.simulation import with_study
from pricing.catalogue.catalogue import Catalogue

DAY = date(2026, 11, 23)
URL = "https://danegeld.example.com/plans/019aa9b5-31fc-7c4e-9d55-0f1a2b3c4d5e"
ORIGIN = Origin(
    organisation="Example Company",
    run="Run 7",
    run_id="019aa9b5-31fc-7c4e-9d55-0f1a2b3c4d5e",
    input_hash="a1b2c3d4e5f60718293a4b5c6d7e8f90",
    engine_version="1.0.0",
    as_of=DAY,
    ended=datetime(2026, 11, 23, 4, 5, tzinfo=UTC),
    revision=3,
    draws=512,
    seed=1,
    live_url=URL,
)


def plan_of(name: str) -> dict[str, Any]:
    """A template's plan document."""
    document: dict[str, Any] = json.loads(examples.template(name).json)
    return document


@cache
def _prices() -> Catalogue:
    return Catalogue.load(DAY)


def material_of(document: dict[str, Any], draws: int = 512) -> Material:
    certain = evaluate_document(document, prices=_prices(), as_of=DAY, flips=3)
    if not draws:
        return Material(certain.subject, certain.report, None, ORIGIN, _prices())
    simulated = with_study(certain, Settings(draws=draws), prices=_prices())
    return Material(certain.subject, simulated.report, simulated.findings, ORIGIN, _prices())


def result_of(document: dict[str, Any], draws: int = 512) -> dict[str, Any]:
    """The JSON answer of the same plan, from scratch."""
    certain = evaluate_document(document, prices=_prices(), as_of=DAY, flips=3)
    return with_study(certain, Settings(draws=draws), prices=_prices()).result


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def text_of(pdf: bytes) -> str:
    """All text in reading order with single spaces, without marks of possible breaks."""
    pages = (page.extract_text() for page in read(pdf).pages)
    return squeezed(" ".join(pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "").replace("\u00a0", " ").replace("\xad", ""))
