from django import forms
from django.utils.translation import gettext_lazy as _

from planner.operations.share import DEFAULT_DAYS, MAX_DAYS, ShareWish


class ShareForm(forms.Form):
    """Whom a link is for, how long it lasts, and what it keeps back."""

    purpose = forms.CharField(
        label=_("Purpose"), max_length=80, help_text=_("Who gets the link and why. Only your organisation sees this.")
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=DEFAULT_DAYS,
        help_text=_("At most 365."),
    )
    password = forms.CharField(
        label=_("Password (optional)"),
        max_length=128,
        required=False,
        strip=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Tell it by another way than the link."),
    )
    hides_people = forms.BooleanField(
        label=_("Hide what people cost"),
        required=False,
        initial=True,
        help_text=_("Pay, headcount and development; totals stay."),
    )
    hides_contract_prices = forms.BooleanField(
        label=_("Hide contract prices"),
        required=False,
        initial=True,
        help_text=_("API fees, and costs per request and per token."),
    )
    hides_notes = forms.BooleanField(label=_("Hide notes"), required=False, initial=True)
    allows_downloads = forms.BooleanField(
        label=_("Allow downloads"), required=False, help_text=_("The tables that are shown, as CSV.")
    )

    def wish(self) -> ShareWish:
        """Return what was asked for."""
        return ShareWish(**self.cleaned_data)


class SharePasswordForm(forms.Form):
    """The password of a link."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Whoever sent you the link knows it."),
        error_messages={"required": _("Enter the password.")},
    )
