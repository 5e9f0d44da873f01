"""The four opening questions, one form each, and what their answers change in the plan.

Each form is made for a template (which knows where its answers go) and the draft's document; `changes()` gives the
new values by dotted path. Fields left as they stood change nothing, so a template's range survives being looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from planner.forms.entries import converted, write_entry
from planner.forms.fields import Beside, EntryField
from planner.forms.paths import value_at
from planner.plan.examples import QuickStart

Document = Mapping[str, Any]
MONTHS: Final = 12
WORDS_PER_TOKEN: Final = 0.75
"""English prose; a rule of thumb that vendors give."""


class QuestionForm(forms.Form):
    """One question about the plan `document`."""

    slug: ClassVar[str]
    title: ClassVar[Any]

    def __init__(self, data: Mapping[str, Any] | None, *, document: Document, places: QuickStart) -> None:
        self.document, self.places = document, places
        super().__init__(data, initial=self.read(), use_required_attribute=False)
        for name, beside in self.besides().items():
            field = self.fields[name]
            if isinstance(field, EntryField):
                field.beside = beside

    def besides(self) -> dict[str, Beside]:
        """What stands beside the entries, by field name."""
        return {}

    def read(self) -> dict[str, str]:
        """The document's values as a person would type them, by field name."""
        return {name: write_entry(value_at(self.document, path)) for name, path in self.paths().items()}

    def paths(self) -> dict[str, str]:
        """Where each field's answer goes."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """New values by dotted path; only of fields that were changed. Call on a valid form."""
        paths = self.paths()
        return {paths[name]: self.written(name) for name in self.touched()}

    def written(self, name: str) -> Any:
        """The value of field `name` as the document holds it."""
        return self.cleaned_data[name]

    def touched(self) -> list[str]:
        """Names of the fields whose text differs from what was shown."""
        return [name for name in self.fields if str(self.data.get(name, "")).strip() != self.initial.get(name)]


class RequestsForm(QuestionForm):
    """How many requests a month?"""

    slug = "requests"
    title = _("How many requests do you make in a month?")
    requests = EntryField(
        label=_("Requests a month"),
        unit=_("requests a month"),
        help_text=_(
            "One request is one call to a model. Last month’s bill has it. A rough number will do: 1.2m, "
            "or a range such as 4m to 9m."
        ),
        low=0,
        high=1e12,
    )

    def paths(self) -> dict[str, str]:
        return {"requests": self.places.requests}


class TokensForm(QuestionForm):
    """How long is a typical request?"""

    slug = "tokens"
    title = _("How long is a typical request?")
    input_tokens = EntryField(
        label=_("Input: what you send"),
        unit=_("tokens"),
        help_text=_(
            "Everything in the prompt: instructions, documents, the conversation so far. "
            "1,000 tokens are about 750 English words."
        ),
        low=0,
        high=2e6,
    )
    output_tokens = EntryField(
        label=_("Output: what comes back"),
        unit=_("tokens"),
        help_text=_("The answer, with the reasoning you pay for."),
        low=0,
        high=2e5,
    )

    def paths(self) -> dict[str, str]:
        return {"input_tokens": self.places.input_tokens, "output_tokens": self.places.output_tokens}

    def besides(self) -> dict[str, Beside]:
        return {name: self._words(path) for name, path in self.paths().items()}

    def _words(self, path: str) -> Beside:
        words = converted(value_at(self.document, path), lambda tokens: tokens * WORDS_PER_TOKEN, digits=2)
        return _beside("words", gettext("about # English words"), write_entry(words))


class ModelForm(QuestionForm):
    """Which model do you pay for today?"""

    slug = "model"
    title = _("Which model do you pay for today?")
    model = forms.CharField(
        label=_("Model"), max_length=200, error_messages={"required": _("Choose the model you pay for today.")}
    )

    def paths(self) -> dict[str, str]:
        return {"model": self.places.model}

    def changes(self) -> dict[str, Any]:
        """Every option that bought the old model directly buys the new one: it was the same purchase."""
        if "model" not in self.touched():
            return {}
        old, new = self.initial["model"], self.cleaned_data["model"]
        same = [
            f"options.{option['id']}.primary.model"
            for option in self.document["options"]
            if option["primary"].get("kind") == "api" and option["primary"].get("model") == old
        ]
        return dict.fromkeys([*same, self.places.model], new)


class GrowthForm(QuestionForm):
    """How fast will use grow?"""

    slug = "growth"
    title = _("How fast will use grow?")
    growth = EntryField(
        label=_("Growth a month"),
        unit=_("% a month"),
        percent=True,
        help_text=_("0 if it stays, negative if it shrinks. 6 % a month doubles use in a year."),
        low=-0.2,
        high=0.28,
    )

    def read(self) -> dict[str, str]:
        yearly = value_at(self.document, self.places.growth)
        return {"growth": write_entry(converted(yearly, monthly_rate, digits=2), percent=True)}

    def paths(self) -> dict[str, str]:
        return {"growth": self.places.growth}

    def besides(self) -> dict[str, Beside]:
        yearly = converted(value_at(self.document, self.places.growth), lambda rate: rate, digits=2)
        return {"growth": _beside("yearly", gettext("= # % a year"), write_entry(yearly, percent=True))}

    def written(self, name: str) -> Any:
        return converted(self.cleaned_data[name], yearly_rate, digits=9)


QUESTIONS: Final[tuple[type[QuestionForm], ...]] = (RequestsForm, TokensForm, ModelForm, GrowthForm)


def _beside(rule: str, pattern: str, amount: str) -> Beside:
    """``#`` in the pattern is the amount."""
    return Beside(rule, pattern, pattern.replace("#", amount) if amount else "")


def yearly_rate(monthly: float) -> float:
    """Growth a year of a growth a month: 6 % a month is 101 % a year."""
    return float((1 + monthly) ** MONTHS - 1)


def monthly_rate(yearly: float) -> float:
    """Growth a month of a growth a year."""
    return float((1 + yearly) ** (1 / MONTHS)) - 1
