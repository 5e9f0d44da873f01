"""What a report is asked to be, and what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from planner.plan.document import Plan
from planner.report.subject import Subject
from planner.report.types import Report
from planner.report.uncertainty.findings import Findings
from pricing.catalogue.source import PriceSource

Kind = Literal["board", "negotiation", "answers"]
Audience = Literal["board", "finance", "engineering"]
Paper = Literal["a4", "letter"]

SECTIONS: Final[Mapping[Audience, tuple[str, ...]]] = {
    "board": (
        *("decision", "scope", "results", "differences", "flips", "sensitivity", "risk", "unpriced", "gates"),
        *("assumptions", "method", "cash_flows", "changes"),
    ),
    "finance": (
        *("decision", "scope", "results", "differences", "flips", "sensitivity", "risk", "unpriced", "gates"),
        *("assumptions", "method", "cash_flows", "profit", "changes"),
    ),
    "engineering": ("decision", "scope", "results", "flips", "sensitivity", "gates", "assumptions", "method"),
}
"""Which chapters each kind of reader gets, in order; those with nothing to say are left out."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked at: ``format`` is png, jpg or svg, ``data`` its bytes."""

    format: Literal["png", "jpg", "svg"]
    data: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """How the report is wanted. ``live_url`` is where the plan's page is; empty without one."""

    kind: Kind = "board"
    audience: Audience = "board"
    paper: Paper = "a4"
    final: bool = False
    people_costs: bool = True
    language: str = "en"
    classification: str = ""
    logo: Logo | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures come from. ``ended`` is when they were computed: the report carries no other time."""

    organisation: str
    run: str
    run_id: str
    input_hash: str
    engine_version: str
    as_of: date
    ended: datetime
    revision: int | None = None
    draws: int | None = None
    seed: int | None = None
    live_url: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The report before this one: what it was called, when, what it said, and what has changed since.

    ``changes`` are (input, before, now), each as it is written.
    """

    title: str
    verdict: str
    changes: tuple[tuple[str, str, str], ...] = ()
    npvs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a report is made of. ``findings`` is None for a run without draws."""

    subject: Subject
    report: Report
    findings: Findings | None
    origin: Origin
    prices: PriceSource
    earlier: Earlier | None = None

    @property
    def plan(self) -> Plan:
        return self.subject.plan
