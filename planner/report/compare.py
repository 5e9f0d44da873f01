"""Scenarios side by side: what differs between them, what every option costs in each, and what a choice may lose."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from planner.analysis.scenarios import ScenarioOutcome
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.naming import capitalised, doing
from planner.report.subject import Subject
from planner.report.types import Column, Part, Sentence, Table
from planner.report.uncertainty.phrases import option_at

NPV_ID = "compared"
REGRET_ID = "compared_regret"


@dataclass(frozen=True, slots=True)
class Case:
    """A plan under one scenario, or as it is: its answer, and how likely it is, if somebody said.

    `outcome.mean` and `p_best` are over drawn futures where `is_drawn`, else they repeat the certain case.
    """

    key: str
    name: str
    subject: Subject
    outcome: ScenarioOutcome
    is_drawn: bool
    probability: float | None = None

    def npv(self, option: int) -> float:
        """What the choice goes by: the mean over the futures, the certain case where none were drawn."""
        return (self.outcome.mean if self.is_drawn else self.outcome.certain)[option]

    @property
    def best(self) -> int:
        """The cheapest option here."""
        return max(range(len(self.outcome.certain)), key=self.npv)

    def regret(self, option: int) -> float:
        """What choosing `option` loses here against the cheapest."""
        return self.npv(self.best) - self.npv(option)


def weights(cases: Sequence[Case]) -> tuple[float, ...] | None:
    """How likely the cases are, adding up to 1 among them; None unless every one has a probability above 0 together."""
    stated = [case.probability for case in cases]
    if any(each is None for each in stated):
        return None
    known = [each for each in stated if each is not None]
    total = math.fsum(known)
    return tuple(each / total for each in known) if total > 0.0 else None


def finding(cases: Sequence[Case]) -> Sentence:
    """Who is cheapest where, in a sentence."""
    first = cases[0].subject
    winners = {case.best: [other.name for other in cases if other.best == case.best] for case in cases}
    if len(winners) == 1:
        name = capitalised(doing(first, option_at(first, cases[0].best)))
        everywhere = "both" if len(cases) == 2 else f"all {len(cases)}"
        return Sentence("compared.finding", "finding", (Part(f"{name} is cheapest in {everywhere}."),))
    said = [
        f"{doing(first, option_at(first, option))} in {words.listing([f'“{name}”' for name in names])}"
        for option, names in winners.items()
    ]
    return Sentence("compared.finding", "finding", (Part(f"{capitalised(said[0])}, {'; '.join(said[1:])}."),))


def npv_table(cases: Sequence[Case]) -> Table:
    """Rows are options, columns cases; two last rows say who is cheapest and, where futures were drawn, in how many."""
    columns = tuple(Column(case.key, case.name, "money") for case in cases)
    subject = cases[0].subject
    rows = [
        row(
            NPV_ID,
            option.id,
            subject.face(option).name,
            columns,
            [Entry(plain(case.npv(at))) for case in cases],
            option=option.id,
        )
        for at, option in enumerate(subject.outcome.options)
    ]
    best = [Entry(subject.face(option_at(subject, case.best)).letter, unit="text") for case in cases]
    rows.append(row(NPV_ID, "best", "Cheapest", columns, best, emphasis="total"))
    if all(case.is_drawn for case in cases):
        shares = [Entry(case.outcome.p_best[case.best], unit="share") for case in cases]
        rows.append(row(NPV_ID, "p_best", "In this share of its futures", columns, shares))
    drawn = "Mean NPV over 8,192 futures of each, drawn with the same seed." if cases[0].is_drawn else ""
    summary = drawn or "NPV with every input at its likeliest value."
    return Table(NPV_ID, "Cost in today’s money", columns, tuple(rows), summary, row_header="Option")


def regret_table(cases: Sequence[Case]) -> Table:
    """Rows are options: what each gives away in every case, the most it gives away anywhere, and on average."""
    columns = [Column(case.key, case.name, "money") for case in cases]
    columns.append(Column("worst", "Worst of these", "money", "The most it gives away in any of them"))
    likely = weights(cases)
    if likely is not None:
        columns.append(Column("expected", "By your probabilities", "money", "Weighted by how likely each is"))
    subject = cases[0].subject
    options = range(len(subject.outcome.options))
    worst = [max(case.regret(option) for case in cases) for option in options]
    least = min(options, key=lambda option: worst[option])
    rows = []
    for at, option in enumerate(subject.outcome.options):
        regrets = [case.regret(at) for case in cases]
        entries = [Entry(plain(-each)) for each in (*regrets, worst[at])]
        if likely is not None:
            expected = math.fsum(weight * regret for weight, regret in zip(likely, regrets, strict=True))
            entries.append(Entry(plain(-expected)))
        rows.append(
            row(
                REGRET_ID,
                option.id,
                subject.face(option).name,
                columns,
                entries,
                option=option.id,
                emphasis="best" if at == least else "none",
            )
        )
    name = doing(subject, option_at(subject, least))
    summary = (
        f"What each choice gives away against the cheapest of each scenario. {capitalised(name)} gives away least "
        "where it does worst."
    )
    return Table(REGRET_ID, "Regret", tuple(columns), tuple(rows), summary, row_header="Option")
