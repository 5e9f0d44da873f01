"""`manage.py report FILE -o OUT`: a plan's board report as PDF on the command line, without a database."""

from __future__ import annotations

import hashlib
from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planner.analysis.simulate import Settings
from planner.evaluation import ENGINE_VERSION, EvaluationResult, evaluate_document
from planner.management.plan_file import add_plan_arguments, document_in, refuse, today_unless
from planner.plan.document import canonical_json
from planner.plan.errors import PlanInvalid
from planner.renderers.pdf.charts import ChartFailed
from planner.renderers.pdf.fonts import FontsMissing
from planner.renderers.pdf.logo import LogoRefused, logo_of
from planner.renderers.pdf.order import Material, Order, Origin
from planner.renderers.pdf.render import render
from planner.renderers.pdf.typeset import TypesettingFailed
from planner.report.negotiation import NothingToNegotiate
from planner.simulation import with_study
from pricing.catalogue.catalogue import Catalogue

FLIPS = 6
DRAWS = 8 * 1024
MOST_DRAWS = 2_000_000


class Command(BaseCommand):
    help = "Write a plan's report as PDF: the board report, a negotiation note or a sheet of answers."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_plan_arguments(parser)
        parser.add_argument("-o", "--output", required=True, metavar="OUT", help="the PDF to write")
        parser.add_argument("--kind", choices=("board", "negotiation", "answers"), default="board")
        parser.add_argument("--audience", choices=("board", "finance", "engineering"), default="board")
        parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
        parser.add_argument("--final", action="store_true", help="say “Final” instead of “Draft”")
        parser.add_argument("--without-people-costs", action="store_true", help="do not say what people are paid")
        parser.add_argument("--organisation", default="", help="whose report it is")
        parser.add_argument("--classification", default="", help="such as “Confidential”, on every page")
        parser.add_argument("--logo", metavar="FILE", help="a PNG, JPEG or SVG of at most 500 kB")
        parser.add_argument("--draws", type=_draws, default=DRAWS, metavar="N", help=f"default: {DRAWS}; 0: none")
        parser.add_argument("--seed", type=int, default=1, help="start of the random numbers (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            material = self._material(options)
            made = render(material, _order(options))
        except (ChartFailed, TypesettingFailed, FontsMissing, LogoRefused, NothingToNegotiate) as error:
            raise CommandError(str(error)) from error
        target = Path(options["output"])
        target.write_bytes(made.pdf)
        standards = ", ".join(made.standards) or "no standard"
        self.stdout.write(f"{target}: {len(made.pdf) / 1000:,.0f} kB, {standards}")

    def _material(self, options: dict[str, Any]) -> Material:
        name, as_of = options["file"], today_unless(options["as_of"])
        prices = Catalogue.load(as_of)
        draws = options["draws"]
        try:
            certain = evaluate_document(document_in(name), prices=prices, as_of=as_of, flips=FLIPS)
            if not draws:
                return Material(certain.subject, certain.report, None, _origin(certain, options), prices)
            simulated = with_study(certain, Settings(draws=draws, seed=options["seed"]), prices=prices)
        except PlanInvalid as problem:
            refuse(self.stderr, name, problem)
        return Material(certain.subject, simulated.report, simulated.findings, _origin(certain, options), prices)


def _order(options: dict[str, Any]) -> Order:
    return Order(
        kind=options["kind"],
        audience=options["audience"],
        paper=options["paper"],
        final=options["final"],
        people_costs=not options["without_people_costs"],
        classification=options["classification"],
        logo=logo_of(Path(options["logo"]).read_bytes()) if options["logo"] else None,
    )


def _origin(certain: EvaluationResult, options: dict[str, Any]) -> Origin:
    """A file has no run: its time is the day of its prices, so that the same file gives the same bytes."""
    as_of = today_unless(options["as_of"])
    resolved = canonical_json(certain.snapshot.plan)
    return Origin(
        organisation=options["organisation"],
        run=Path(options["file"]).name,
        run_id="",
        input_hash=hashlib.sha256(resolved).hexdigest(),
        engine_version=ENGINE_VERSION,
        as_of=as_of,
        ended=datetime.combine(as_of, time(), UTC),
        draws=options["draws"] or None,
        seed=options["seed"],
    )


def _draws(text: str) -> int:
    if not text.isdigit() or int(text) > MOST_DRAWS:
        raise ArgumentTypeError(f"{text!r} is not a number of draws from 0 to {MOST_DRAWS:,}")
    return int(text)
