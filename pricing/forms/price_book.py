"""What an organisation really pays, as it is typed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pricing.models import PriceBookEntry

if TYPE_CHECKING:
    EntryForm = forms.ModelForm[PriceBookEntry]
else:
    # Only the type stubs take a parameter.
    EntryForm = forms.ModelForm


class LadderField(forms.Field):
    """One line per step: monthly spend in USD and the percent off what is above it."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def to_python(self, value: Any) -> list[list[float]]:
        steps = [_step(line) for line in str(value or "").splitlines() if line.strip()]
        spends = [spend for spend, _off in steps]
        if spends != sorted(set(spends)):
            raise ValidationError(_("Write the steps by rising spend, each spend once."))
        return [[float(spend), float(off)] for spend, off in steps]


class PriceBookForm(EntryForm):
    """A new entry. Prices in USD per million tokens, as in the contract."""

    discount_ladder = LadderField(
        label=gettext_lazy("Discount by monthly spend"),
        required=False,
        help_text=gettext_lazy(
            "One step a line: spend in USD, then the percent off what is above it. Example: 100000 10%"
        ),
    )

    class Meta:
        model = PriceBookEntry
        fields = (
            *("model_id", "input_price", "cached_input_price", "cache_write_price", "output_price", "batch_discount"),
            *("discount_ladder", "monthly_commitment", "commitment_end", "effective_from", "effective_to", "note"),
        )
        widgets = {
            "effective_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "effective_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "commitment_end": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "model_id": gettext_lazy("A catalogue id such as openai/gpt-4o, or a name of your own."),
            "cached_input_price": gettext_lazy("Empty: the input price."),
            "cache_write_price": gettext_lazy("Empty: the input price."),
            "batch_discount": gettext_lazy("A fraction: 0.5 for half price."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = dict.fromkeys(
            ("input_price", "cached_input_price", "cache_write_price", "output_price"),
            gettext_lazy("USD per million tokens"),
        )
        for name, unit in {**units, "monthly_commitment": gettext_lazy("USD a month")}.items():
            self.fields[name].unit = unit  # type: ignore[attr-defined]  # read by components/field.html

    def clean_model_id(self) -> str:
        return str(self.cleaned_data["model_id"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("effective_from"), cleaned.get("effective_to")
        if begins and ends and ends <= begins:
            self.add_error("effective_to", _("The price must end after it begins."))
        return cleaned


def _step(line: str) -> tuple[Decimal, Decimal]:
    parts = line.replace("%", " ").split()
    try:
        spend, off = (Decimal(part.replace(",", "")) for part in parts)
    except (InvalidOperation, ValueError):
        message = _("“%(line)s” is no step; write the spend and the percent, for example 100000 10%%.")
        raise ValidationError(message, params={"line": line[:60]}) from None
    if not (spend.is_finite() and off.is_finite() and spend >= 0 and 0 <= off <= 100):
        raise ValidationError(_("The spend must not be negative, and the percent lies between 0 and 100."))
    return spend, off / 100
