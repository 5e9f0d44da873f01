"""`manage.py evaluate FILE`: a plan's answer on the command line, without a database."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from planner.analysis.simulate import Settings
from planner.evaluation import evaluate_document
from planner.management.plan_file import add_plan_arguments, document_in, refuse, today_unless
from planner.operations.result_hash import result_hash
from planner.plan.errors import PlanInvalid
from planner.report.plain_text import plain_text
from planner.report.study_text import study_text
from planner.simulation import with_study
from pricing.catalogue.catalogue import Catalogue

MOST_DRAWS = 2_000_000


class Command(BaseCommand):
    help = "Evaluate a plan document (JSON or YAML) with the packaged price catalogue and print the answer."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_plan_arguments(parser)
        parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
        parser.add_argument("--draws", type=_draws, metavar="N", help="simulate N draws of the uncertain inputs")
        parser.add_argument("--seed", type=_seed, default=1, help="start of the random numbers (default: 1)")
        parser.add_argument("--sampler", choices=("sobol", "philox"), default="sobol", help="how to draw")

    def handle(self, *args: Any, **options: Any) -> None:
        name: str = options["file"]
        as_of = today_unless(options["as_of"])
        try:
            prices = Catalogue.load(as_of)
            certain = evaluate_document(document_in(name), prices=prices, as_of=as_of)
        except PlanInvalid as problem:
            refuse(self.stderr, name, problem)
        result, text = certain.result, plain_text(certain.report)
        if options["draws"] is not None:
            settings = Settings(draws=options["draws"], seed=options["seed"], sampler=options["sampler"])
            simulated = with_study(certain, settings, prices=prices)
            result, text = simulated.result, f"{text}\n{study_text(simulated.findings, certain.result['currency'])}"
        self.stdout.write(_json(result) if options["json"] else text, ending="\n")


def _json(result: dict[str, Any]) -> str:
    document = {**result, "result_hash": result_hash(result)}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)


def _draws(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_DRAWS:
        raise ArgumentTypeError(f"{text!r} is not a number of draws between 1 and {MOST_DRAWS:,}")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdigit() or int(text) >= 2**63:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)
