"""Where a plan's inputs come from that it shares with the template it began as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.forms.places import origin_of
from planner.plan.document import Plan
from planner.report.assumptions import template_sources
from planner.report.types import Source


def stated_sources(document: Mapping[str, Any], plan: Plan) -> Mapping[str, Source]:
    """The template's sources by dotted path; none for a plan without one."""
    origin = origin_of(document)
    return template_sources(origin, plan) if origin else {}
