"""What a report is made of, from a plan file: simulated once, reported often."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from planner.analysis.simulate import Settings
from planner.evaluation import ENGINE_VERSION, evaluate_document
from planner.renderers.pdf.order import Material, Origin
from planner.simulation import with_study
from pricing.catalogue.catalogue import Catalogue


def example_material(path: Path, ended: datetime, draws: int = 8192, flips: int = 6) -> Material:
    """The plan in ``path`` as a run that ended at ``ended`` would leave it."""
    prices = Catalogue.load(ended.date())
    certain = evaluate_document(path.read_bytes(), prices=prices, as_of=ended.date(), flips=flips)
    origin = Origin(
        organisation="Example Company",
        run="Run 1",
        run_id="019aa9b5-31fc-7c4e-9d55-0f1a2b3c4d5e",
        input_hash="0" * 64,
        engine_version=ENGINE_VERSION,
        as_of=ended.date(),
        ended=ended,
        draws=draws or None,
        seed=1,
        live_url="https://danegeld.example.com/plans/1",
    )
    if not draws:
        return Material(certain.subject, certain.report, None, origin, prices)
    simulated = with_study(certain, Settings(draws=draws), prices=prices)
    return Material(certain.subject, simulated.report, simulated.findings, origin, prices)
