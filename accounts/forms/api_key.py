from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import KeyScope
from accounts.operations.api_keys import DEFAULT_DAYS, MAX_DAYS


class ApiKeyForm(forms.Form):
    """What a new key is called, what it may do and how long it lasts."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Where the key is used, for example: nightly report.")
    )
    scopes = forms.TypedMultipleChoiceField(
        label=_("The key may"),
        choices=KeyScope.choices,
        initial=[KeyScope.PLANS_READ],
        coerce=KeyScope,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than your own role allows."),
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=DEFAULT_DAYS,
        help_text=_("At most 365."),
    )
