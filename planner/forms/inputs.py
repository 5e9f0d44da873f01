"""The form of one tab of inputs, made from the plan's own field declarations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from planner.forms.entries import write_entry
from planner.forms.fields import EntryField
from planner.forms.known import Known, choices_of, suggestions_of
from planner.forms.list_entries import ListField, write_list
from planner.forms.part_words import in_words
from planner.forms.paths import value_at
from planner.forms.sections import Block
from planner.plan.document import Plan, canonical_json, parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.fields import FieldSpec, Leaf
from planner.plan.overrides import with_overrides
from planner.plan.plain import plain

Document = Mapping[str, Any]

_UNITS: Final = {
    "share": "%",
    "share/year": "% a year",
    "share of yearly pay": "% of yearly pay",
    "money": "{currency}",
    "money/Mtok": "{currency} per million tokens",
    "money/month": "{currency} a month",
    "money/year": "{currency} a year",
    "requests/month": "requests a month",
    "tokens/request": "tokens per request",
    "factor": "×",
    "month": "month of the plan",
}
_TEXT_KINDS: Final = frozenset({"text", "month", "date", "reference"})
NOTHING_KNOWN: Final = Known()
MODELS_LIST: Final = "known-models"
"""Id of the list of suggestions that a page with these fields brings."""


class InputsForm(forms.Form):
    """Fields named by dotted path. An emptied field goes back to its default; an untouched one changes nothing."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        plan: Plan,
        document: Document,
        blocks: list[Block],
        known: Known = NOTHING_KNOWN,
    ) -> None:
        self.plan, self.document, self.blocks = plan, document, blocks
        every = [leaf for block in blocks for leaf in block.leaves]
        self.shown = {leaf.path: shown_text(leaf, document) for leaf in every}
        super().__init__(data, initial=self.shown, use_required_attribute=False)
        for leaf in every:
            self.fields[leaf.path] = field_for(leaf, plan, known)

    def touched(self) -> list[str]:
        """Paths of the fields whose text is another than was shown; a field that was not sent is untouched."""
        return [path for path in self.fields if path in self.data and _typed(self.data[path]) != self.shown[path]]

    def changed_plan(self) -> Plan:
        """The plan with the answers in it. Raises PlanInvalid; call on a valid form."""
        touched = self.touched()
        changes = {path: self.cleaned_data[path] for path in touched if self.cleaned_data[path] not in ("", None)}
        changed = with_overrides(self.plan, changes) if changes else self.plan
        cleared = [path for path in touched if path not in changes]
        return without(changed, cleared) if cleared else changed

    def tell(self, invalid: PlanInvalid) -> None:
        """Put each error of the plan at its field; what belongs to no field of this tab stands above the form."""
        for error in invalid.errors:
            self.add_error(error.path if error.path in self.fields else None, error.message)


def field_for(leaf: Leaf, plan: Plan, known: Known = NOTHING_KNOWN) -> forms.Field:
    """The form field for one input. No field is required: emptying it means the default."""
    spec, currency = leaf.spec, plan.finance.currency
    common: dict[str, Any] = {"label": in_words(spec.label), "help_text": in_words(spec.help), "required": False}
    if spec.kind == "choice":
        return forms.ChoiceField(choices=[("", _("default")), *((word, word) for word in spec.choices)], **common)
    if spec.kind == "flag":
        return forms.TypedChoiceField(
            choices=[("", _("default")), ("yes", _("yes")), ("no", _("no"))],
            coerce=lambda word: word == "yes",
            **common,
        )
    if spec.kind == "list":
        return ListField(leaf.path.rpartition(".")[2], **common)
    if spec.kind in _TEXT_KINDS:
        return _words_field(leaf, plan, known, common)
    low, high = spec.bounds
    return EntryField(
        unit=unit_of(spec, currency),
        percent=is_percent(spec),
        ranges=spec.is_quantity,
        low=None if low == float("-inf") else low,
        high=None if high == float("inf") else high,
        **common,
    )


def _words_field(leaf: Leaf, plan: Plan, known: Known, common: dict[str, Any]) -> forms.Field:
    """A name, a month, or a reference: chosen where there is a list to choose from."""
    choices = choices_of(leaf, plan, known)
    value = plain(leaf.value)
    if choices is None or not isinstance(value, str | None):
        field = forms.CharField(max_length=200, **common)
        if suggestions_of(leaf, known):
            field.widget.attrs["list"] = MODELS_LIST
        return field
    own = ((value, value),) if value and value not in dict(choices) else ()
    nothing = () if leaf.spec.required else (("", _("default")),)
    # Any text is read: what is not on the list is the plan's to refuse, in its own words.
    return forms.CharField(widget=forms.Select(choices=(*nothing, *own, *choices)), max_length=300, **common)


def unit_of(spec: FieldSpec, currency: str) -> str:
    """The unit as the form says it."""
    known = _UNITS.get(spec.unit)
    return (known or spec.unit.replace("money", "{currency}").replace("/", " per ")).format(currency=currency)


def is_percent(spec: FieldSpec) -> bool:
    """Whether the input is a fraction that people write in percent."""
    return spec.unit == "share" or spec.unit.startswith(("share/", "share of"))


def shown_text(leaf: Leaf, document: Document) -> str:
    """What the field shows: the user's own spelling where the document has one, else the default."""
    value = plain(leaf.value) if leaf.is_default else value_at(document, leaf.path)
    if leaf.spec.kind == "flag":
        return "" if value is None else "yes" if value else "no"
    if leaf.spec.kind == "list":
        return write_list(leaf.path.rpartition(".")[2], value)
    if leaf.spec.kind == "choice" or leaf.spec.kind in _TEXT_KINDS:
        return "" if value is None or isinstance(value, Mapping) else str(value)
    return write_entry(value, percent=is_percent(leaf.spec))


def _typed(entry: Any) -> str:
    """What was typed, with the line ends of the form that was shown."""
    return str(entry).replace("\r\n", "\n").strip()


def without(plan: Plan, paths: list[str]) -> Plan:
    """The plan with these inputs back at their defaults. Raises PlanInvalid where one is required."""
    document = json.loads(canonical_json(plan))
    for path in paths:
        holder = value_at(document, path.rpartition(".")[0])
        if isinstance(holder, dict):
            holder.pop(path.rpartition(".")[2], None)
    return parse_plan(document)
