"""The answer: a headline, a sentence with the figures behind it, and a word of caution where the gap is small."""

from __future__ import annotations

from dataclasses import dataclass

from planner.engine.outcome import OptionOutcome
from planner.report import naming, words
from planner.report.flips import flip_sentence
from planner.report.naming import doing, quoted
from planner.report.subject import Longer, Subject, npv
from planner.report.types import Part, Sentence

CLOSE_SHARE = 0.05
"""A gap below this share of the cheapest option's cost is called close: prices alone are not known better."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Ids of the best and next best option and the difference of their NPVs (None with a single option)."""

    best: str
    next: str | None
    gap: float | None
    gap_to_baseline: float
    is_close: bool
    headline: str
    sentence: str


def verdict_of(subject: Subject) -> Verdict:
    best, runner_up = subject.best, subject.runner_up
    return Verdict(
        best=best.id,
        next=None if runner_up is None else runner_up.id,
        gap=_gap(subject),
        gap_to_baseline=npv(best) - npv(subject.baseline),
        is_close=is_close(subject),
        headline=headline(subject).text,
        sentence=lead(subject).text,
    )


def is_close(subject: Subject) -> bool:
    """Whether the best two lie within `CLOSE_SHARE` of the cheapest option's cost."""
    gap = _gap(subject)
    return gap is not None and gap < CLOSE_SHARE * abs(npv(subject.best))


def sentences(subject: Subject) -> list[Sentence]:
    """The verdict in reading order; a close call names what flips it where that was searched."""
    found = [headline(subject), lead(subject)]
    gap, runner_up, flip = _gap(subject), subject.runner_up, flip_sentence(subject)
    if flip is not None:
        found.append(flip)
    elif gap is not None and runner_up is not None and is_close(subject):
        found.append(_close_call(subject, runner_up, gap))
    if subject.longer is not None:
        found.append(_longer(subject, subject.longer))
    return found


def headline(subject: Subject) -> Sentence:
    return Sentence("verdict.headline", "headline", (Part(naming.headline(subject, subject.best)),))


def lead(subject: Subject) -> Sentence:
    """Which option, how much less than the next best and than today, over how many months, at which rate."""
    parts = [*_what_it_costs(subject)]
    others = _comparisons(subject)
    if others:
        parts.append(Part(": "))
        for at, comparison in enumerate(others):
            parts += [Part(", and ")] * (at > 0) + comparison
    parts.append(Part(f". {_terms(subject)}"))
    return Sentence("verdict.lead", "lead", tuple(parts))


def _what_it_costs(subject: Subject) -> list[Part]:
    best = subject.best
    months = words.count(subject.horizon_months, "month")
    amount = words.money(npv(best), subject.currency)
    verb = "costs" if npv(best) <= 0 else "brings"
    return [
        Part(f"Over {months} {quoted(subject, best)} {verb} "),
        Part(amount, f"options.{best.id}.npv"),
        Part(" in today’s money"),
    ]


def _comparisons(subject: Subject) -> list[list[Part]]:
    best, runner_up, baseline = subject.best, subject.runner_up, subject.baseline
    if runner_up is None:
        return []
    found = [_less_than(subject, runner_up, f"than {_next_best(subject, runner_up)}")]
    if best is not baseline and runner_up is not baseline:
        found.append(_less_than(subject, baseline, "than today’s way"))
    return found


def _next_best(subject: Subject, runner_up: OptionOutcome) -> str:
    name = "today’s way" if runner_up is subject.baseline else quoted(subject, runner_up)
    return f"{name}, the next best"


def _less_than(subject: Subject, other: OptionOutcome, than: str) -> list[Part]:
    gap = npv(subject.best) - npv(other)
    if gap == 0.0:
        return [Part(f"as much as {than.removeprefix('than ')}")]
    cell = f"options.{subject.best.id}.vs_today" if other is subject.baseline else f"metrics.{other.id}.vs_best"
    return [Part(f"{words.money(gap, subject.currency)} less", cell), Part(f" {than}")]


def _terms(subject: Subject) -> str:
    finance = subject.case.finance
    tax = "after tax" if float(finance.tax_rate[0]) > 0 else "before tax"
    return f"Nominal, {tax}, discounted at {words.percent(float(finance.discount_rate[0]))} a year."


def _close_call(subject: Subject, runner_up: OptionOutcome, gap: float) -> Sentence:
    share = words.percent(gap / abs(npv(subject.best)))
    text = (
        f"Close call: {doing(subject, runner_up)} costs only {share} more, less than prices and volumes are known. "
        "See which inputs matter before deciding."
    )
    return Sentence("verdict.close_call", "close_call", (Part(text),))


def _longer(subject: Subject, longer: Longer) -> Sentence:
    """What a longer horizon says, where something was built that lasts beyond the plan's."""
    best = max(longer.npv, key=lambda option_id: longer.npv[option_id])
    span = words.count(longer.horizon_months, "month")
    if best == subject.best.id:
        text = f"Over {span} it is still the cheapest."
    else:
        text = f"Over {span} {doing(subject, subject.outcome_of(best))} would be the cheapest."
    return Sentence("verdict.longer", "explanation", (Part(text),))


def _gap(subject: Subject) -> float | None:
    return None if subject.runner_up is None else npv(subject.best) - npv(subject.runner_up)
