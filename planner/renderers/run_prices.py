"""The catalogue's rows a run rests on, and why its answer differs from another run's, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from planner.analysis.bridge import Bridge
from planner.assembly.used_prices import UsedRow
from planner.plan.document_changes import Change
from planner.plan.fields import spec_for
from planner.renderers.formats import format_count, format_large, format_money, format_price, format_share, money_scale
from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.hardware import AcceleratorRecord, ArchitectureRecord
from pricing.catalogue.notes import SourceNote

MOST_WORDS: Final = 6
"""Figures of one changed record that are spelled out; a record rarely differs in more."""


@dataclass(frozen=True, slots=True)
class PriceRowView:
    """One row: the plan's reference, the record it means, what it says, and where that is written."""

    ref: str
    id: str
    says: str
    source: SourceNote


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """A line of the bridge: what changed and its amount; `total` for the figure at either end."""

    label: str
    detail: str
    amount: str
    is_negative: bool
    total: bool = False


@dataclass(frozen=True, slots=True)
class BridgeView:
    """The way from one figure to the other. `unit` is what the amounts are in; `idle` are changes of no effect."""

    unit: str
    steps: tuple[BridgeStep, ...]
    idle: tuple[str, ...]
    explanation: str


def price_rows_view(rows: Iterable[UsedRow]) -> list[PriceRowView]:
    """The rows in the order they are kept."""
    return [PriceRowView(row.ref, row.record.id, _says(row), row.source) for row in rows]


def bridge_view(bridge: Bridge, currency: str) -> BridgeView:
    """The bridge with both ends as its first and last line."""
    scale = money_scale([bridge.before, bridge.after, *(share.amount for share in bridge.shares)], currency)

    def step(label: str, amount: float, detail: str = "", *, total: bool = False) -> BridgeStep:
        written = format_money(amount, scale)
        return BridgeStep(label, detail, written.digits, written.negative, total)

    steps = [step(_("Before"), bridge.before, total=True)]
    for share in bridge.shares:
        label = " + ".join(change_label(change) for change in share.changes)
        steps.append(step(label, share.amount, "; ".join(map(change_words, share.changes))))
    if bridge.engine:
        steps.append(step(_("Another version of the engine"), bridge.engine))
    return BridgeView(
        unit=scale.label,
        steps=(*steps, step(_("After"), bridge.after, total=True)),
        idle=tuple(map(change_label, bridge.without_effect)),
        explanation=bridge.explanation,
    )


def change_label(change: Change) -> str:
    """What changed: the model or chip of a price, the field of an input."""
    if change.kind == "price":
        return _("Catalogue: %(reference)s") % {"reference": change.path}
    spec = spec_for(change.path)
    return f"{spec.label} ({change.path})" if spec else change.path


def change_words(change: Change) -> str:
    """How it changed, figure by figure."""
    if change.kind == "price" and isinstance(change.before, Mapping) and isinstance(change.after, Mapping):
        moved = list(_moved(change.before, change.after))
        said = ", ".join(moved[:MOST_WORDS]) + (", …" if len(moved) > MOST_WORDS else "")
        return said or _("context sizes, hours or terms")
    return f"{_spelled(change.before)} → {_spelled(change.after)}"


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name, old in before.items():
        new = after.get(name)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _moved(old, new)
        elif not (isinstance(old, Mapping | list) or isinstance(new, Mapping | list)):
            yield f"{name.replace('_', ' ')} {_spelled(old)} → {_spelled(new)}"


def _spelled(value: Any) -> str:
    if value is None or value == []:
        return _("none")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return _("several") if isinstance(value, Mapping | list) else str(value)


def _says(row: UsedRow) -> str:
    record = row.record
    if isinstance(record, ApiPricesRecord):
        return _api_words(record)
    if isinstance(record, AcceleratorRecord):
        return _accelerator_words(record)
    if isinstance(record, ArchitectureRecord):
        return _("%(total)s parameters, %(active)s of them active, %(layers)d layers") % {
            "total": format_large(record.total_params).text,
            "active": format_large(record.active_params).text,
            "layers": record.layers,
        }
    error = "" if record.standard_error is None else f" ± {format_share(record.standard_error).text}"
    return _("falls %(rate)s a year, fitted on %(points)d prices") % {
        "rate": format_share(record.annual_rate).text + error,
        "points": record.points,
    }


def _api_words(record: ApiPricesRecord) -> str:
    mean = record.mean_over_the_day()
    said = _("%(input)s in, %(output)s out, USD per million tokens") % {
        "input": format_price(float(mean.input_price)).text,
        "output": format_price(float(mean.output_price)).text,
    }
    return f"{said} ({_('mean over the day')})" if record.time_windows else said


def _accelerator_words(record: AcceleratorRecord) -> str:
    known = (
        (record.purchase_price, _("%s USD to buy")),
        (record.rent_per_hour, _("%s USD an hour")),
        (record.reserved_per_hour, _("%s USD an hour reserved for a year")),
    )
    said = [words % format_count(float(price)).text for price, words in known if price is not None]
    return ", ".join([f"{record.memory_gb:g} GB", *said])
