"""What an input is called where it stands alone: its field's label, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from planner.plan.fields import FieldSpec, spec_for
from planner.report.assumptions import assumptions_of
from planner.report.break_even_words import amount
from planner.report.outlook import PATHS
from planner.report.subject import Subject
from planner.report.types import Unit
from planner.report.units import unit_of


@dataclass(frozen=True, slots=True)
class InputName:
    """An input's label, the unit it is written in, and how a sentence says one of its values."""

    path: str
    label: str
    unit: Unit
    worded: str
    plan_unit: str

    def said(self, value: float, currency: str) -> str:
        """A value in a sentence: ``6.90 m requests/month``."""
        text = amount(value, self.plan_unit, currency)
        return text.replace("-", "−", 1) if value < 0.0 else text


class InputNames:
    """Names of a plan's inputs by dotted path."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._specs: dict[str, FieldSpec] = {each.path: each.spec for each in assumptions_of(subject)}

    def __getitem__(self, path: str) -> InputName:
        spec = self._specs.get(path) or spec_for(path)
        if spec is None:
            return InputName(path, path, "count", "", "")
        unit, worded = unit_of(spec.unit)
        return InputName(path, self._label(path.split("."), spec.label), unit, worded, spec.unit)

    def _label(self, steps: list[str], label: str) -> str:
        """“GPU rents: yearly decline”, “Requests a month (Chat)”, “Engineers (H)”."""
        if steps[0] == "market":
            return f"{PATHS.get(steps[1], steps[1])}: {_inside(label)}"
        if steps[0] == "workloads" and len(self._subject.plan.workloads) > 1:
            workload = next(each for each in self._subject.plan.workloads if each.id == steps[1])
            return f"{label} ({workload.name or workload.id})"
        if steps[0] == "options":
            return f"{self._of_option(steps, label)} ({self._letter(steps[1])})"
        return label

    def _of_option(self, steps: list[str], label: str) -> str:
        if len(steps) > 4 and steps[2] == "team":
            option = next(each for each in self._subject.plan.options if each.id == steps[1])
            title = next((role.title for role in option.team if role.id == steps[3]), "") or steps[3]
            return f"{title}: {_inside(label)}"
        if steps[2] in ("fallback", "interim"):
            return f"{steps[2].capitalize()}: {_inside(label)}"
        return label

    def _letter(self, option_id: str) -> str:
        return next(face.letter for face in self._subject.faces if face.option_id == option_id)


def _inside(label: str) -> str:
    """A label inside a line: lower case unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
