"""The catalogue's rows that a plan asks for: recorded while it is resolved, kept as JSON, and answered from again.

A run keeps exactly these, so that what it computes never depends on what the catalogue says later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter

from planner.assembly import resolve
from planner.plan.document import Plan
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_scenario
from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.notes import SourceNote
from pricing.catalogue.price_series import SeriesRecord
from pricing.catalogue.source import Found, PriceSource, ReferenceKind

Record = ApiPricesRecord | AcceleratorRecord | ArchitectureRecord | SeriesRecord
AnswerT = TypeVar("AnswerT")

_ADAPTERS: Mapping[ReferenceKind, TypeAdapter[Any]] = {
    "api_prices": TypeAdapter(ApiPricesRecord),
    "accelerator": TypeAdapter(AcceleratorRecord),
    "architecture": TypeAdapter(ArchitectureRecord),
    "price_series": TypeAdapter(SeriesRecord),
}
_NOTE = TypeAdapter(SourceNote)


@dataclass(frozen=True, slots=True)
class UsedRow:
    """One record and the reference it was found under, as the plan writes it."""

    kind: ReferenceKind
    ref: str
    record: Record
    source: SourceNote

    def document(self) -> dict[str, Any]:
        """The row as JSON types; money as text, no digit lost."""
        return {
            "kind": self.kind,
            "ref": self.ref,
            "record": _ADAPTERS[self.kind].dump_python(self.record, mode="json"),
            "source": _NOTE.dump_python(self.source, mode="json"),
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> UsedRow:
        """The row that `document` wrote."""
        kind: ReferenceKind = document["kind"]
        record: Record = _ADAPTERS[kind].validate_python(document["record"])
        return cls(kind, document["ref"], record, _NOTE.validate_python(document["source"]))


@dataclass(slots=True)
class RecordedPrices:
    """Answers from a price source and remembers every record it gave."""

    prices: PriceSource
    found: dict[tuple[ReferenceKind, str], UsedRow] = field(default_factory=dict)

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        return self._recorded("api_prices", ref, self.prices.api_prices)

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return self._recorded("accelerator", ref, self.prices.accelerator)

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return self._recorded("architecture", ref, self.prices.architecture)

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return self._recorded("price_series", ref, self.prices.price_series)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return self.prices.suggest(kind, ref)

    def rows(self) -> tuple[UsedRow, ...]:
        """What was given, by kind and reference."""
        return tuple(self.found[key] for key in sorted(self.found))

    def _recorded(
        self, kind: ReferenceKind, ref: str, look_up: Callable[[str], Found[Any] | None]
    ) -> Found[Any] | None:
        answer = look_up(ref)
        if answer is not None:
            self.found[kind, ref] = UsedRow(kind, ref, _lasting(answer.value), answer.source)
        return answer


class KeptPrices:
    """A price source that knows the rows it was given, and nothing else."""

    def __init__(self, rows: Iterable[UsedRow]) -> None:
        self._rows = {(row.kind, row.ref): row for row in rows}

    def api_prices(self, ref: str) -> Found[ApiPricesRecord] | None:
        return self._found("api_prices", ref)

    def accelerator(self, ref: str) -> Found[AcceleratorRecord] | None:
        return self._found("accelerator", ref)

    def architecture(self, ref: str) -> Found[ArchitectureRecord] | None:
        return self._found("architecture", ref)

    def price_series(self, ref: str) -> Found[SeriesRecord] | None:
        return self._found("price_series", ref)

    def suggest(self, kind: ReferenceKind, ref: str) -> list[str]:
        return []

    def _found(self, kind: ReferenceKind, ref: str) -> Found[Any] | None:
        row = self._rows.get((kind, ref))
        return None if row is None else Found(row.record, row.source)


def used_rows(plan: Plan, prices: PriceSource) -> tuple[UsedRow, ...]:
    """Every row that the plan and its scenarios rest on. Raises `PlanInvalid` where the plan cannot be resolved."""
    recorded = RecordedPrices(prices)
    resolve(plan, recorded)
    for scenario in plan.scenarios:
        with suppress(PlanInvalid):  # said where the scenario's figures would stand
            resolve(with_scenario(plan, scenario), recorded)
    return recorded.rows()


def rows_hash(rows: Iterable[UsedRow]) -> str:
    """SHA-256 of the rows, sources included."""
    documents = [row.document() for row in rows]
    return hashlib.sha256(orjson.dumps(documents, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _lasting(record: AnswerT) -> AnswerT:
    """The record without the day it ends: a later price is news, but no change of what was used."""
    return replace(record, effective_to=None) if isinstance(record, ApiPricesRecord) else record
