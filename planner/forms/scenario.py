"""A scenario as a form: its name, how likely it is, and what differs from the plan in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from planner.assembly import Snapshot
from planner.forms.entries import write_entry
from planner.forms.fields import EntryField
from planner.forms.inputs import is_percent, unit_of
from planner.plan.document import Plan, plan_document
from planner.plan.errors import PlanInvalid
from planner.plan.fields import FieldSpec, spec_for
from planner.plan.plain import plain
from planner.plan.uncertainty import Scenario
from planner.report.uncertainty.inputs import InputNames

LONGEST_NAME: Final = 80


class ScenarioForm(forms.Form):
    """Name, probability, and one entry for every number that differs; an emptied entry leaves the scenario.

    What differs and is no number (another model, a whole price path) is `kept`, shown and carried along.
    """

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("As you would say it in a meeting: “Price war”, “Twice the volume”."),
        error_messages={"required": _("Give the scenario a name.")},
    )
    probability = EntryField(
        label=_("How likely is it?"),
        unit="%",
        percent=True,
        ranges=False,
        required=False,
        low=0.0,
        high=1.0,
        help_text=_("Your own judgement, or nothing. What all scenarios leave of 100 % belongs to the plan as it is."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, plan: Plan, scenario: Scenario, names: InputNames, snapshot: Snapshot
    ) -> None:
        self.plan, self.scenario = plan, scenario
        numbers = {path: spec for path in scenario.overrides if (spec := _number_at(path)) is not None}
        self.kept = {path: value for path, value in scenario.overrides.items() if path not in numbers}
        shown = {path: _written(scenario.overrides[path], spec) for path, spec in numbers.items()}
        self.plain_overrides = {path: plain(value) for path, value in scenario.overrides.items()}
        self.shown = shown
        likely = "" if scenario.probability is None else write_entry(scenario.probability, percent=True)
        super().__init__(data, initial={"name": scenario.name, "probability": likely, **shown}, auto_id="id-%s")
        for path, spec in numbers.items():
            low, high = spec.bounds
            self.fields[path] = EntryField(
                label=names[path].label,
                unit=unit_of(spec, plan.finance.currency),
                percent=is_percent(spec),
                required=False,
                low=None if low == float("-inf") else low,
                high=None if high == float("inf") else high,
            )
        self.kept_labels = [names[path].label if spec_for(path) else path for path in self.kept]

    def changed_scenario(self) -> dict[str, Any]:
        """The scenario as the document holds it. Call on a valid form."""
        overrides = dict(self.kept)
        for path, text in self.shown.items():
            value = self.cleaned_data.get(path)
            if value in ("", None):
                continue
            untouched = str(self.data.get(path, "")).strip() == text
            overrides[path] = self.plain_overrides[path] if untouched else value
        ordered = {path: overrides[path] for path in self.scenario.overrides if path in overrides}
        found: dict[str, Any] = {"name": self.cleaned_data["name"].strip(), "overrides": plain(ordered)}
        if self.cleaned_data.get("probability") not in ("", None):
            found["probability"] = self.cleaned_data["probability"]
        return found

    def tell(self, invalid: PlanInvalid) -> None:
        """Put each error of the plan at its field; what belongs to none stands above the form."""
        for error in invalid.errors:
            name = next((each for each in self.fields if error.path.endswith(f".{each}")), None)
            self.add_error(name, error.message)


def with_scenario_at(plan: Plan, place: int | None, scenario: Mapping[str, Any] | None) -> dict[str, Any]:
    """The plan's document with the scenario at `place` replaced, added (no place) or removed (no scenario)."""
    document: dict[str, Any] = plan_document(plan)
    listed = list(document.get("scenarios", []))
    if scenario is None:
        listed = [each for at, each in enumerate(listed) if at != place]
    elif place is None:
        listed.append(dict(scenario))
    else:
        listed[place] = dict(scenario)
    if listed or "scenarios" in document:
        document["scenarios"] = listed
    return document


def _number_at(path: str) -> FieldSpec | None:
    """The declaration of a quantity; None for whatever an entry cannot hold."""
    spec = spec_for(path)
    return spec if spec is not None and spec.is_quantity else None


def _written(value: Any, spec: FieldSpec) -> str:
    return write_entry(plain(value), percent=is_percent(spec))
