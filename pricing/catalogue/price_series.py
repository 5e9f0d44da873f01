"""Like-for-like series of observed prices, and the decline fitted on them; `pricing.history` says what is fitted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pricing.catalogue.notes import SourceNote
from pricing.catalogue.observations import PriceObservation
from pricing.catalogue.packaged import csv_rows

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12

TITLES = {
    "gpt-3.5-level": "Cheapest at about the level of GPT-3.5",
    "gpt-4-level": "Cheapest at about the level of GPT-4",
    "openai-flagship": "OpenAI's newest flagship",
    "anthropic-flagship": "Anthropic's newest flagship",
    "hosted-open": "Hosted open weights, same model and host",
}


class TooFewPoints(Exception):
    """A decline was asked of fewer than two dates."""


@dataclass(frozen=True, slots=True)
class PricePoint:
    """A price on a day, USD per million tokens, blended three parts input to one part output.

    `group`: points are compared only within a group (a seller and model), where the series pools several.
    """

    day: date
    price: float
    label: str
    seen: PriceObservation
    basis: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    id: str
    title: str
    points: tuple[PricePoint, ...]


@dataclass(frozen=True, slots=True)
class DeclineFit:
    """`annual_rate` is the decline δ as in a plan's `decline` path; `standard_error` is that of δ.

    None where the points leave no freedom to judge it (two of them). `months` is the span it rests on.
    """

    annual_rate: float
    standard_error: float | None
    slope: float
    slope_error: float | None
    intercept: float
    origin: date
    points: int
    groups: int
    months: float

    def price_on(self, day: date) -> float:
        """The price the line gives for a day; of a pooled fit, at the groups' mean."""
        return math.exp(self.intercept + self.slope * (day - self.origin).days / DAYS_PER_YEAR)

    @property
    def factor_per_year(self) -> float:
        """How many times cheaper after a year; below 1 for a price that rose."""
        return math.exp(-self.slope)

    def factor_range(self, errors: float = 1.96) -> tuple[float, float] | None:
        """The factor at `errors` standard errors to both sides."""
        if self.slope_error is None:
            return None
        return math.exp(-self.slope - errors * self.slope_error), math.exp(-self.slope + errors * self.slope_error)


@dataclass(frozen=True, slots=True)
class SeriesRecord:
    """What a plan takes from a series: the yearly decline δ and its standard error, None with two points only."""

    id: str
    title: str
    annual_rate: float
    standard_error: float | None
    points: int
    first: date
    last: date
    source: SourceNote


def fit_decline(points: Sequence[PricePoint]) -> DeclineFit:
    """The yearly decline of a series. Raises `TooFewPoints` if no group has two different dates."""
    groups: dict[str, list[PricePoint]] = {}
    for point in points:
        groups.setdefault(point.group, []).append(point)
    centred = [pair for group in groups.values() for pair in _centred(group)]
    spread = math.fsum(t * t for t, _y in centred)
    if spread == 0:
        raise TooFewPoints("A decline needs the same thing priced on two different dates.")
    slope = math.fsum(t * y for t, y in centred) / spread
    freedom = len(points) - len(groups) - 1
    slope_error = None
    if freedom > 0:
        residual = math.fsum((y - slope * t) ** 2 for t, y in centred)
        slope_error = math.sqrt(residual / freedom / spread)
    days = [point.day for point in points]
    origin = min(days)
    mean_year = math.fsum((day - origin).days for day in days) / DAYS_PER_YEAR / len(days)
    mean_log = math.fsum(math.log(point.price) for point in points) / len(points)
    return DeclineFit(
        annual_rate=1 - math.exp(slope),
        standard_error=None if slope_error is None else math.exp(slope) * slope_error,
        slope=slope,
        slope_error=slope_error,
        intercept=mean_log - slope * mean_year,
        origin=origin,
        points=len(points),
        groups=len(groups),
        months=(max(days) - origin).days / DAYS_PER_MONTH,
    )


def named_series(observations: Sequence[PriceObservation]) -> list[Series]:
    """The capability and flagship series, from the rows `price_series.csv` names."""
    seen = {(o.provider, o.model, str(o.seen_on)): o for o in reversed(observations)}
    points: dict[str, list[PricePoint]] = {}
    for row in csv_rows("price_series.csv"):
        observation = seen.get((row["provider"], row["model"], row["date"]))
        if observation is None or observation.seen_on is None:
            continue
        points.setdefault(row["series"], []).append(
            PricePoint(
                day=observation.seen_on,
                price=float(observation.blended_price),
                label=f"{row['model']}, {row['provider']}",
                seen=observation,
                basis=row["basis"] if row["confidence"] != "unsourced" else f"{row['basis']} (unsourced)",
            )
        )
    return [Series(name, TITLES[name], tuple(sorted(found, key=_by_day))) for name, found in points.items()]


def hosted_open_series(observations: Sequence[PriceObservation]) -> Series:
    """Open-weight models at their hosts: every pair seen on two dates or more, unchanged prices included."""
    pairs: dict[str, list[PricePoint]] = {}
    for observation in observations:
        if observation.tier == "open_hosted":
            pairs.setdefault(observation.id, []).extend(_points_of(observation, group=observation.id))
    pooled = [point for pair in pairs.values() if len({point.day for point in pair}) > 1 for point in _one_a_day(pair)]
    return Series("hosted-open", TITLES["hosted-open"], tuple(sorted(pooled, key=_by_day)))


def observed_series(observations: Sequence[PriceObservation], model_id: str) -> Series:
    """One model at one seller, as it was seen over time; without points if it never was."""
    points = [point for o in observations if o.id == model_id for point in _points_of(o)]
    return Series(model_id, model_id, tuple(sorted(_one_a_day(points), key=_by_day)))


def series_record(observations: Sequence[PriceObservation], name: str) -> SeriesRecord | None:
    """The series of that name, or of the model of that id, with its fit; None if there is none that can be fitted."""
    known = {series.id: series for series in [*named_series(observations), hosted_open_series(observations)]}
    series = known.get(name) or observed_series(observations, name)
    try:
        fit = fit_decline(series.points)
    except TooFewPoints:
        return None
    unsourced = any("(unsourced)" in point.basis or _is_unsourced(point) for point in series.points)
    last = max(point.day for point in series.points)
    source = SourceNote(
        label=f"Decline fitted on {fit.points} observed prices, {fit.origin:%Y-%m} to {last:%Y-%m}: {series.title}",
        url=None,
        as_of=max(point.seen.source.as_of for point in series.points),
        confidence="unsourced" if unsourced else "found",
        note=f"Rests on {fit.months:.0f} months.",
    )
    return SeriesRecord(
        series.id, series.title, fit.annual_rate, fit.standard_error, fit.points, fit.origin, last, source
    )


def _is_unsourced(point: PricePoint) -> bool:
    return point.seen.source.confidence == "unsourced"


def _points_of(observation: PriceObservation, group: str = "") -> list[PricePoint]:
    price = float(observation.blended_price)
    if observation.seen_on is None or price <= 0 or observation.date_kind == "time_of_day_rate":
        return []
    return [PricePoint(observation.seen_on, price, observation.id, observation, group=group)]


def _one_a_day(points: Iterable[PricePoint]) -> list[PricePoint]:
    return list({point.day: point for point in points}.values())


def _centred(group: Sequence[PricePoint]) -> list[tuple[float, float]]:
    """Years and log prices, each less its mean in the group: what a group's own intercept leaves."""
    first = min(point.day for point in group)
    years = [(point.day - first).days / DAYS_PER_YEAR for point in group]
    logs = [math.log(point.price) for point in group]
    mean_year, mean_log = math.fsum(years) / len(years), math.fsum(logs) / len(logs)
    return [(year - mean_year, log - mean_log) for year, log in zip(years, logs, strict=True)]


def _by_day(point: PricePoint) -> date:
    return point.day
