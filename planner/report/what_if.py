"""What a change of inputs does to the answer: the lead before and after, and every option's cost side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.naming import capitalised, doing
from planner.report.subject import Subject, npv
from planner.report.types import Column, Emphasis, Part, Sentence, Table
from planner.report.uncertainty.findings import Findings

TABLE_ID = "what_if"


def lead_sentence(subject: Subject, sentence_id: str) -> Sentence:
    """Which option is ahead and by how much, in the certain case: “Hosting is ahead by $0.13 m.”"""
    runner_up = subject.runner_up
    name = capitalised(doing(subject, subject.best))
    if runner_up is None:
        parts: tuple[Part, ...] = (
            Part(f"{name} costs "),
            Part(words.money(npv(subject.best), subject.currency), f"options.{subject.best.id}.npv"),
            Part("."),
        )
        return Sentence(sentence_id, "finding", parts)
    gap = npv(subject.best) - npv(runner_up)
    parts = (
        Part(f"{name} is ahead of {doing(subject, runner_up)} by "),
        Part(words.money(gap, subject.currency), f"{TABLE_ID}.{subject.best.id}.npv"),
        Part("."),
    )
    return Sentence(sentence_id, "finding", parts)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one option's futures said: its mean NPV, and the share of futures in which it is the cheapest."""

    mean: float
    p_best: float


def drawn_of(findings: Findings) -> dict[str, Drawn]:
    """Every option's figures over the futures, by id."""
    return {option.id: Drawn(option.mean, option.p_best) for option in findings.options}


def what_if_table(
    base: Subject, now: Subject, before: Mapping[str, Drawn] | None, after: Mapping[str, Drawn] | None
) -> Table:
    """Rows are options, best first; NPV before and after the change, and the share of futures each wins.

    NPVs are means over the futures where `after`, and with a change `before`, say what was drawn; the certain case
    otherwise. Without a change there is one NPV.
    """
    is_changed = now is not base
    is_drawn = after is not None and (before is not None or not is_changed)

    def amount(subject: Subject, drawn: Mapping[str, Drawn] | None, option: str) -> float:
        return drawn[option].mean if is_drawn and drawn is not None else npv(subject.outcome_of(option))

    figure = "Mean NPV" if is_drawn else "NPV"
    columns = [Column("npv", f"{figure} with this change" if is_changed else figure, "money")]
    if is_changed:
        columns.insert(0, Column("npv_before", f"{figure} as it stands", "money"))
        columns.append(Column("change", "Change", "money"))
    if after is not None:
        columns.append(Column("p_best", "Cheapest in", "share", "Share of futures in which no other option costs less"))
    ranked = sorted(now.outcome.options, key=lambda option: -amount(now, after, option.id))
    rows = []
    for place, option in enumerate(ranked):
        here, earlier = amount(now, after, option.id), amount(base, before, option.id)
        entries = [Entry(plain(here))]
        if is_changed:
            entries = [Entry(plain(earlier)), *entries, Entry(plain(here - earlier))]
        if after is not None:
            entries.append(Entry(after[option.id].p_best))
        name = now.face(option).name
        emphasis: Emphasis = "best" if place == 0 else "none"
        rows.append(row(TABLE_ID, option.id, name, columns, entries, emphasis=emphasis, option=option.id))
    return Table(TABLE_ID, "With and without the change", tuple(columns), tuple(rows), row_header="Option")
