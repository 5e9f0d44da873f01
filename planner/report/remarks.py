"""What the reader should know beside the answer: the engine's warnings, unusual inputs, sources without a source."""

from __future__ import annotations

from planner.plan.cautions import cautions
from planner.report.speed_estimate import ESTIMATED_SPEED, JUDGED_BY, is_estimated
from planner.report.subject import Subject
from planner.report.training_estimate import ESTIMATED_TRAINING, TRAINING_JUDGED_BY, trains
from planner.report.types import Note


def notes(subject: Subject) -> list[Note]:
    """Warnings of the engine, unusual inputs, then what is unsourced."""
    found = [
        Note(f"warning.{warning.code}.{at}", "warning", warning.message, warning.path)
        for at, warning in enumerate(subject.outcome.warnings)
    ]
    found += [
        Note(f"caution.{at}", "caution", each.message, each.path) for at, each in enumerate(cautions(subject.plan))
    ]
    if any(is_estimated(option.primary) for option in subject.case.options):
        found.append(Note("estimated_speed", "info", ESTIMATED_SPEED, source=JUDGED_BY))
    if any(trains(option) for option in subject.case.options):
        found.append(Note("estimated_training", "info", ESTIMATED_TRAINING, source=TRAINING_JUDGED_BY))
    unsourced = sorted({note.label for note in subject.snapshot.sources.values() if note.confidence == "unsourced"})
    if unsourced:
        text = f"Recalled, not read in a source, and to be confirmed: {'; '.join(unsourced)}."
        found.append(Note("unsourced", "caution", text))
    return found
