"""What a change of inputs does to the answer: the lead before and after, and every option's cost side by side."""

from __future__ import annotations

from collections.abc import Mapping

from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.naming import capitalised, doing
from planner.report.options_table import emphasis_of
from planner.report.subject import Subject, npv
from planner.report.types import Column, Part, Sentence, Table
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


def what_if_table(
    base: Subject, now: Subject, findings: Findings | None, base_shares: Mapping[str, float] | None
) -> Table:
    """Rows are options, best first; NPV before and after in the certain case, and the share of futures each wins.

    Without a change there is one NPV. `base_shares` are the shares before by option id, where they are known; without
    `findings` the shares are left out.
    """
    is_changed = now is not base
    columns = [Column("npv", "NPV with this change" if is_changed else "NPV", "money")]
    if is_changed:
        columns.insert(0, Column("npv_before", "NPV as it stands", "money"))
        columns.append(Column("change", "Change", "money"))
    if base_shares is not None:
        columns.append(Column("p_best_before", "Cheapest in, as it stands", "share"))
    if findings is not None:
        columns.append(Column("p_best", "Cheapest in, with it" if is_changed else "Cheapest in", "share"))
    rows = []
    for option in now.ranked:
        before = npv(base.outcome_of(option.id))
        entries = [Entry(plain(npv(option)))]
        if is_changed:
            entries = [Entry(plain(before)), *entries, Entry(plain(npv(option) - before))]
        if base_shares is not None:
            entries.append(Entry(base_shares[option.id]))
        if findings is not None:
            entries.append(Entry(findings.option(option.id).p_best))
        rows.append(
            row(
                TABLE_ID,
                option.id,
                now.face(option).name,
                columns,
                entries,
                emphasis=emphasis_of(now, option),
                option=option.id,
            )
        )
    return Table(TABLE_ID, "With and without the change", tuple(columns), tuple(rows), row_header="Option")
