"""What a listed price should be, as a reader types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pricing.models.api_price import PRICE_DIGITS, PRICE_PLACES
from pricing.operations.corrections import Proposal


def _price(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES, **more)


class CorrectionForm(forms.Form):
    """USD per million tokens, and the page where that is written."""

    input_price = _price(_("Input price"))
    cached_input_price = _price(_("Cached input price"), required=False, help_text=_("Empty: the input price."))
    output_price = _price(_("Output price"))
    url = forms.URLField(
        label=_("Where it is written"),
        max_length=500,
        assume_scheme="https",
        help_text=_("A public page, best the provider’s own: whoever decides looks there."),
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("input_price", "cached_input_price", "output_price"):
            self.fields[name].unit = _("USD per million tokens")  # type: ignore[attr-defined]  # read by components/field.html

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not url.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Begin with https://."))
        return url

    def proposal(self) -> Proposal:
        """What was typed. Call on a valid form."""
        return Proposal(**self.cleaned_data)
