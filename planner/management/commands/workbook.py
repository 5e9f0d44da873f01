"""`manage.py workbook FILE -o OUT`: a plan as a workbook with live formulas, without a database."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planner.analysis.simulate import Settings
from planner.evaluation import ENGINE_VERSION, evaluate_document
from planner.management.plan_file import EXIT_INVALID, add_plan_arguments, document_in, refuse, today_unless
from planner.plan.errors import PlanInvalid
from planner.renderers.xlsx import About, WorkbookTooLarge, render_workbook
from planner.renderers.xlsx.export import scenarios_of
from planner.simulation import with_study
from pricing.catalogue.catalogue import Catalogue


class Command(BaseCommand):
    help = "Write a plan document (JSON or YAML) as a workbook with live formulas."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_plan_arguments(parser)
        parser.add_argument(
            "-o", "--output", metavar="OUT", required=True, help="the workbook to write, such as plan.xlsx"
        )
        parser.add_argument(
            "--draws", type=int, default=0, metavar="N", help="simulate N draws for the sheets of values"
        )
        parser.add_argument("--seed", type=int, default=1, help="start of the random numbers (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        name, as_of, draws = options["file"], today_unless(options["as_of"]), options["draws"]
        try:
            prices = Catalogue.load(as_of)
            certain = evaluate_document(document_in(name), prices=prices, as_of=as_of)
        except PlanInvalid as problem:
            refuse(self.stderr, name, problem)
        report, simulated = certain.report, ""
        if draws > 0:
            report = with_study(certain, Settings(draws=draws, seed=options["seed"]), prices=prices).report
            simulated = f"{draws:,} draws, seed {options['seed']}."
        about = About(exported_at=datetime.now(UTC), engine_version=ENGINE_VERSION, draws=simulated)
        try:
            written = render_workbook(certain.subject, report, about, scenarios_of(certain.subject, prices))
        except WorkbookTooLarge as too_large:
            raise CommandError(str(too_large), returncode=EXIT_INVALID) from None
        try:
            Path(options["output"]).write_bytes(written.data)
        except OSError as problem:
            raise CommandError(f"{options['output']} cannot be written: {problem.strerror}.") from None
        self.stdout.write(f"{options['output']}: {len(written.data):,} bytes")
