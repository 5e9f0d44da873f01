"""What users get and what it takes: replicas, GPUs, coverage of each workload, and requests nobody served well."""

from __future__ import annotations

import numpy as np

from planner.engine.outcome import OptionOutcome
from planner.report import words
from planner.report.cells import Entry, plain, row
from planner.report.options_table import emphasis_of
from planner.report.subject import Subject
from planner.report.types import Column, Table


def service_table(subject: Subject) -> Table:
    """One row per option: machines at the horizon and at most, share served well by the primary, share unserved."""
    columns = (
        Column("go_live_month", "Starts in", "month"),
        Column("replicas", "Replicas at the end", "replicas"),
        Column("gpus", "GPUs at the end", "gpus"),
        Column("most_gpus", "GPUs at most", "gpus"),
        *(
            Column(f"coverage-{each.id}", f"Served by the first choice: {each.name or each.id}", "share")
            for each in subject.plan.workloads
        ),
        Column("unserved_share", "Served well by nobody", "share"),
    )
    rows = tuple(
        row(
            "service",
            option.id,
            subject.face(option).name,
            columns,
            _entries(subject, option),
            emphasis=emphasis_of(subject, option),
            option=option.id,
        )
        for option in subject.ranked
    )
    summary = "The first choice’s share: last month, before any fallback. Served well by nobody: over all months."
    return Table("service", "What it serves and what it takes", columns, rows, summary, row_header="Option")


def _entries(subject: Subject, option: OptionOutcome) -> list[Entry]:
    at, last = f"options.{option.id}", f"m{subject.horizon_months}"
    gpus, replicas = subject.monthly(option.gpus), subject.monthly(option.replicas)
    return [
        Entry(option.go_live_month, trace=f"{at}.go_live_month"),
        Entry(plain(float(replicas[-1])), trace=f"{at}.replicas.{last}"),
        Entry(plain(float(gpus[-1])), trace=f"{at}.gpus.{last}"),
        Entry(plain(float(gpus.max())), trace=f"{at}.gpus.m{int(np.argmax(gpus))}"),
        *(_coverage(subject, option, each.id) for each in subject.plan.workloads),
        _unserved(subject, option),
    ]


def _coverage(subject: Subject, option: OptionOutcome, workload_id: str) -> Entry:
    share = float(subject.monthly(option.coverage[workload_id])[-1])
    serves = subject.written(option).serves
    if serves is not None and workload_id not in serves and not subject.is_baseline(option):
        return Entry(None, "This option leaves the workload where it is.")
    return Entry(share, trace=f"options.{option.id}.coverage.{workload_id}.m{subject.horizon_months}")


def _unserved(subject: Subject, option: OptionOutcome) -> Entry:
    share = unserved_share(subject, option)
    reason = None if share is not None else words.reason("no_volume", horizon_months=0)
    return Entry(share, reason, trace=f"options.{option.id}.unserved_share")


def unserved_share(subject: Subject, option: OptionOutcome) -> float | None:
    """Requests that nobody served well over all requests of the plan; None where there are none."""
    failed = sum(float(subject.monthly(array).sum()) for array in option.unserved.values())
    asked = sum(float(subject.monthly(array).sum()) for array in subject.outcome.requests.values())
    return plain(failed / asked) if asked > 0.0 else None
