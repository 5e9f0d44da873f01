"""Where the four questions' answers go in a stored plan, and which template it seems to have come from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from planner.plan.examples import QuickStart, Template, templates


def places_of(document: Mapping[str, Any]) -> QuickStart:
    """The inputs of the first workload, and the model of today's option."""
    workload = f"workloads.{document['workloads'][0]['id']}"
    return QuickStart(
        requests=f"{workload}.requests_per_month",
        input_tokens=f"{workload}.input_tokens",
        output_tokens=f"{workload}.output_tokens",
        model=f"options.{document['baseline']}.primary.model",
        growth=f"{workload}.growth.annual_rate",
    )


def origin_of(document: Mapping[str, Any]) -> Template | None:
    """The template a plan seems to have begun as: the one with its baseline and its first workload."""
    mark = (str(document["baseline"]), str(document["workloads"][0]["id"]))
    return _marks().get(mark)


@cache
def _marks() -> dict[tuple[str, str], Template]:
    return {(known.document["baseline"], known.document["workloads"][0]["id"]): known for known in templates()}
