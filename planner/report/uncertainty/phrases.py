"""Turns of phrase that several simulated sentences share: shares of futures, differences of NPV, options by index."""

from __future__ import annotations

from planner.engine.outcome import OptionOutcome
from planner.report import words
from planner.report.naming import capitalised, doing
from planner.report.subject import Subject


def futures(share: float) -> str:
    """A share of simulated futures, to the percent: ``83 %``, ``less than 1 %``, ``more than 99 %``, ``all``."""
    if share <= 0.0 or share >= 1.0:
        return "none" if share <= 0.0 else "all"
    points = round(share * 100)
    if points == 0:
        return "less than 1 %"
    return "more than 99 %" if points == 100 else f"{points} %"


def cost(npv: float, currency: str) -> str:
    """What an NPV means: ``costs $2.26 m``, ``brings $0.4 m``."""
    return f"{'costs' if npv <= 0.0 else 'brings'} {words.money(npv, currency)}"


def signed_cost(npv: float, currency: str) -> str:
    """An NPV as an amount: ``$2.26 m``, and ``−$0.4 m`` where money comes in."""
    return words.money(npv, currency) if npv <= 0.0 else f"−{words.money(npv, currency)}"


def cheaper(gap: float, currency: str) -> str:
    """A difference of NPVs, as the first option sees it: ``$0.3 m cheaper``, ``$0.1 m dearer``."""
    return f"{words.money(gap, currency)} {'cheaper' if gap >= 0.0 else 'dearer'}"


def name_of(subject: Subject, option_id: str) -> str:
    """What choosing the option means, inside a sentence."""
    return doing(subject, subject.outcome_of(option_id))


def name_first(subject: Subject, option_id: str) -> str:
    """What choosing the option means, at the start of a sentence."""
    return capitalised(name_of(subject, option_id))


def option_at(subject: Subject, index: int) -> OptionOutcome:
    """The option at this place of the plan, as findings count."""
    return subject.outcome.options[index]
