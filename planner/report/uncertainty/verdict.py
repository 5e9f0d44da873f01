"""The verdict over simulated futures: what is best on average, how sure that is, and what bad luck would cost.

Best is the option with the highest mean NPV. How sure is the share of futures in which it is the cheapest, in the same
four phrases everywhere.
"""

from __future__ import annotations

from planner.engine.outcome import OptionOutcome
from planner.report import naming, words
from planner.report.naming import doing, quoted
from planner.report.subject import Subject
from planner.report.types import Note, Part, Sentence
from planner.report.uncertainty.findings import Findings
from planner.report.uncertainty.inputs import InputNames
from planner.report.uncertainty.phrases import cheaper, futures, name_first, option_at, signed_cost

APART = 0.5
"""The mean gap is said to differ from the central one where they are further apart than this share of the larger."""
LEANING = 2
"""Inputs named as the reason."""


def sentences(subject: Subject, findings: Findings, names: InputNames) -> list[Sentence]:
    """Headline and lead first, then what is behind them."""
    found = [headline(subject, findings), lead(subject, findings)]
    if _reorders(subject, findings):
        found.append(disagreement(subject, findings, names))
    found += [ends(subject, findings)]
    if findings.runner_up is not None:
        found += [regret(subject, findings)]
        if not _reorders(subject, findings) and _apart(findings):
            found.append(leaning(subject, findings, names))
    found.append(convergence(subject, findings))
    return found


def no_ranges() -> Sentence:
    """Said instead of a share of futures where nothing was uncertain."""
    text = (
        "No input has a range, so every simulated future is the same. Give the inputs you are unsure of a range to see "
        "how sure this answer is."
    )
    return Sentence("verdict.no_ranges", "explanation", (Part(text),))


def headline(subject: Subject, findings: Findings) -> Sentence:
    best = option_at(subject, findings.best)
    return Sentence("verdict.headline", "headline", (Part(naming.headline(subject, best)),))


def lead(subject: Subject, findings: Findings) -> Sentence:
    """What the best option costs on average, how much less than the others, and how sure that is."""
    best, figures = option_at(subject, findings.best), findings.options[findings.best]
    verb = "costs" if figures.mean <= 0.0 else "brings"
    parts = [
        Part(f"Over {words.count(subject.horizon_months, 'month')} {quoted(subject, best)} {verb} "),
        Part(words.money(figures.mean, subject.currency), f"npv_ranges.{best.id}.mean"),
        Part(" in today’s money on average"),
        *_comparison(subject, findings),
        Part(f". {_sure(subject, findings)} "),
        Part(futures(figures.p_best), f"options.{best.id}.p_best"),
        Part(f" of {findings.draws:,} simulated futures."),
    ]
    if findings.runner_up is None:
        parts = [*parts[:3], Part(f", over {findings.draws:,} simulated futures.")]
    return Sentence("verdict.lead", "lead", tuple(parts))


def _comparison(subject: Subject, findings: Findings) -> list[Part]:
    if findings.runner_up is None:
        return []
    best, runner_up = option_at(subject, findings.best), option_at(subject, findings.runner_up)
    name = "today’s way" if runner_up is subject.baseline else quoted(subject, runner_up)
    parts = [
        Part(", "),
        Part(f"{words.money(findings.gap, subject.currency)} less", "npv_difference.figures.mean"),
        Part(f" than {name}, the next best"),
    ]
    if subject.baseline not in (best, runner_up):
        saved = findings.options[findings.best].mean - findings.option(subject.baseline.id).mean
        parts.append(Part(f", and {words.money(saved, subject.currency)} less than today’s way"))
    return parts


def _sure(subject: Subject, findings: Findings) -> str:
    """The fixed phrase; the share of futures follows it."""
    share = findings.options[findings.best].p_best
    return {
        "almost surely": "It is almost surely the cheapest: in",
        "probably": "It is probably the cheapest: in",
        "leaning": "The futures lean towards it: it is the cheapest in",
        "too close to call": "Too close to call: it is the cheapest in",
    }[words.confidence(share)]


def ends(subject: Subject, findings: Findings) -> Sentence:
    """P10 and P90 in words, and the mean of the worst tenth."""
    best = findings.options[findings.best]
    low, high = signed_cost(best.p10, subject.currency), signed_cost(best.p90, subject.currency)
    shortfall = signed_cost(best.expected_shortfall, subject.currency)
    parts = (
        Part("In one future of ten it costs "),
        Part(f"{low} or more", f"npv_ranges.{best.id}.p10"),
        Part(" (P10, the bad end), in another "),
        Part(f"{high} or less", f"npv_ranges.{best.id}.p90"),
        Part(" (P90); the worst tenth costs "),
        Part(shortfall, f"npv_ranges.{best.id}.expected_shortfall"),
        Part(" on average."),
    )
    return Sentence("verdict.ends", "explanation", parts)


def regret(subject: Subject, findings: Findings) -> Sentence:
    """What the choice loses against the best option of each future."""
    best = findings.options[findings.best]
    parts = [
        Part("Against whichever option turns out cheapest, it gives away "),
        Part(words.money(best.regret, subject.currency), f"npv_ranges.{best.id}.regret"),
        Part(" on average, and "),
        Part(words.money(best.worst_regret, subject.currency), f"npv_ranges.{best.id}.worst_regret"),
        Part(" in the worst future."),
    ]
    safest = min(findings.options, key=lambda option: option.worst_regret)
    if safest.id != best.id:
        name = name_first(subject, safest.id)
        parts.append(
            Part(f" {name} has the smallest worst case: {words.money(safest.worst_regret, subject.currency)}.")
        )
    return Sentence("verdict.regret", "explanation", tuple(parts))


def convergence(subject: Subject, findings: Findings) -> Sentence:
    """Whether there are enough draws for the ranking, in words."""
    if findings.runner_up is None:
        error = words.money(findings.options[findings.best].standard_error, subject.currency)
        text = f"{findings.draws:,} draws give the mean to within {error} (standard error)."
    else:
        error = words.money(findings.gap_standard_error, subject.currency)
        enough = "are enough" if findings.enough_draws else "are few"
        more = "" if findings.enough_draws else "; more draws would sharpen it"
        text = (
            f"{findings.draws:,} draws {enough}: the gap on average is known to within {error} (standard error){more}."
        )
    return Sentence("verdict.convergence", "explanation", (Part(text),))


def disagreement(subject: Subject, findings: Findings, names: InputNames) -> Sentence:
    """Said where the central case has another winner than the mean, with the ranges that do it."""
    central, best = _central_best(subject, findings), option_at(subject, findings.best)
    lead_there = findings.central[findings.central_best] - findings.central[findings.best]
    lead_here = findings.options[findings.best].mean - findings.options[findings.central_best].mean
    text = (
        f"With every input at its central value {doing(subject, central)} would be "
        f"{cheaper(lead_there, subject.currency)}; over all futures {doing(subject, best)} is, by "
        f"{words.money(lead_here, subject.currency)} on average{_because(findings, names, favours=1.0)}."
    )
    return Sentence("verdict.disagreement", "finding", (Part(text),))


def leaning(subject: Subject, findings: Findings, names: InputNames) -> Sentence:
    """Said where mean and central case agree on the winner but not on the gap."""
    difference = findings.difference
    if difference is None:
        raise ValueError("There is no gap without a second option.")
    text = (
        f"With every input at its central value the gap is {words.money(difference.central, subject.currency)}, "
        f"on average over the futures {words.money(difference.mean, subject.currency)}"
        f"{_because(findings, names, favours=difference.mean - difference.central)}."
    )
    return Sentence("verdict.leaning", "explanation", (Part(text),))


def _because(findings: Findings, names: InputNames, favours: float) -> str:
    """The inputs whose ranges reach further to one side: the middle of the swing less the gap in the middle."""
    leans = [
        ((bar.swing.result_at_low + bar.swing.result_at_high) / 2.0 - findings.lean.gap, bar.path)
        for bar in findings.lean.bars
        if bar.ranged
    ]
    strongest = sorted((each for each in leans if each[0] * favours > 0.0), key=lambda each: -abs(each[0]))
    if not strongest:
        return ""
    named = words.listing([f"“{names[path].label}”" for _, path in strongest[:LEANING]])
    if len(strongest) == 1:
        return f", because the range of {named} reaches further that way"
    return f", because the ranges of {named} reach further that way"


def _apart(findings: Findings) -> bool:
    difference = findings.difference
    if difference is None:
        return False
    apart = abs(difference.mean - difference.central)
    return (
        apart > APART * max(abs(difference.mean), abs(difference.central)) and apart > 2.0 * findings.gap_standard_error
    )


def _reorders(subject: Subject, findings: Findings) -> bool:
    return _central_best(subject, findings) is not option_at(subject, findings.best)


def _central_best(subject: Subject, findings: Findings) -> OptionOutcome:
    return option_at(subject, findings.central_best)


def notes(findings: Findings) -> list[Note]:
    """Correlations that contradicted each other."""
    if findings.repair <= 0.0:
        return []
    text = (
        "The correlations given contradict each other. The nearest possible ones were used; none of them moved by more "
        f"than {words.number(findings.repair)}."
    )
    return [Note("correlation_repair", "caution", text)]
