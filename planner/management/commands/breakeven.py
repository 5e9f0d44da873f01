"""`manage.py breakeven FILE PATH`: the values of one input at which the better option changes, without a database."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from planner.analysis.breakeven import BreakEven, break_even
from planner.management.plan_file import add_plan_arguments, document_in, refuse, today_unless
from planner.plan.document import Plan, parse_plan
from planner.plan.errors import PlanInvalid
from planner.report.break_even_words import sentences
from pricing.catalogue.catalogue import Catalogue


class Command(BaseCommand):
    help = (
        "Find every value of one input of a plan at which the better of two options changes. PATH is dotted, such as "
        "workloads.chat.requests_per_month or options.host.primary.target_utilisation."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_plan_arguments(parser)
        parser.add_argument("path", metavar="PATH", help="dotted path of a number in the plan")
        parser.add_argument(
            "--options", type=_pair, metavar="A,B", help="ids of the two options (default: the best and the next best)"
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        prices = Catalogue.load(today_unless(options["as_of"]))
        try:
            plan = parse_plan(document_in(options["file"]))
            found = break_even(plan, prices, options["path"], options["options"])
        except PlanInvalid as problem:
            refuse(self.stderr, options["file"], problem)
        self.stdout.write(_json(found) if options["json"] else _text(plan, found))


def _text(plan: Plan, found: BreakEven) -> str:
    names = {option.id: option.name or option.id for option in plan.options}
    return "\n".join(sentences(found, names, plan.finance.currency))


def _json(found: BreakEven) -> str:
    return json.dumps(asdict(found), ensure_ascii=False, allow_nan=False, indent=2)


def _pair(text: str) -> tuple[str, str]:
    ids = [each.strip() for each in text.split(",")]
    if len(ids) != 2 or not all(ids):
        raise ArgumentTypeError(f"“{text}” names no two options; write their ids with a comma: api,host.")
    return ids[0], ids[1]
