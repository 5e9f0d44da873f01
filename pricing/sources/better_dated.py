"""PURE. Dates for prices that the list doesn't date, from what was observed of the same model.

A list that gives a model's price without a date says only what it costs now: taken alone it would hold for every day
before. Where dated observations show another price first and the listed one later, the observations' rows go before it,
and the listed price begins on the day it was first seen. The earliest of them keeps no date: it was seen, not begun.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pricing.catalogue.api_prices import ApiPricesRecord
from pricing.catalogue.observations import PriceObservation
from pricing.sources.observed import is_listing, record_of


def better_dated(listed: Iterable[ApiPricesRecord], observations: Iterable[PriceObservation]) -> list[ApiPricesRecord]:
    """The listed records, each undated one with the dated history before it, where that is known."""
    seen: dict[str, list[PriceObservation]] = {}
    for observation in observations:
        if is_listing(observation):
            seen.setdefault(observation.id, []).append(observation)
    models: dict[str, list[ApiPricesRecord]] = {}
    for record in listed:
        models.setdefault(record.id, []).append(record)
    return [row for model_id, records in models.items() for row in _dated(records, seen.get(model_id, []))]


def _dated(records: list[ApiPricesRecord], seen: list[PriceObservation]) -> list[ApiPricesRecord]:
    """One model's records. A -latest name is another model's on another day, so that its past says nothing of it."""
    first, *later = records
    if first.effective_from is not None or first.time_windows or first.model.endswith("-latest"):
        return records
    known = [each for each in seen if later == [] or _day(each) < (later[0].effective_from or date.max)]
    known.sort(key=_day)
    earlier, since = _before(first, known)
    if since is None:
        return records
    dated = replace(first, effective_from=since, source=replace(first.source, effective_from=since))
    rows = [*_changes(earlier, first), dated]
    ends = [*(row.effective_from for row in rows[1:]), first.effective_to]
    return [*(replace(row, effective_to=end) for row, end in zip(rows, ends, strict=True)), *later]


def _before(listed: ApiPricesRecord, known: list[PriceObservation]) -> tuple[list[PriceObservation], date | None]:
    """Observations of another price, and the day from which only the listed one was seen; none if it never was so."""
    others = [at for at, each in enumerate(known) if not _shows(each, listed)]
    if not others or others[-1] + 1 == len(known):
        return [], None
    return known[: others[-1] + 1], _day(known[others[-1] + 1])


def _changes(known: list[PriceObservation], listed: ApiPricesRecord) -> list[ApiPricesRecord]:
    """One row per change of price, described as the list describes the model."""
    rows: list[ApiPricesRecord] = []
    for observation in known:
        row = record_of(observation)
        if rows and (rows[-1].input_price, rows[-1].output_price) == (row.input_price, row.output_price):
            continue
        said = {name: getattr(listed, name) for name in ("name", "tier", "open_weights", "context_window")}
        rows.append(replace(row, **said))
    return [_undated(rows[0]), *rows[1:]] if rows else rows


def _undated(row: ApiPricesRecord) -> ApiPricesRecord:
    return replace(row, effective_from=None, source=replace(row.source, effective_from=None))


def _shows(observation: PriceObservation, listed: ApiPricesRecord) -> bool:
    return (observation.input_price, observation.output_price) == (listed.input_price, listed.output_price)


def _day(observation: PriceObservation) -> date:
    return observation.seen_on or date.min
