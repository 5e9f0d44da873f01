from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteOrganisationForm(forms.Form):
    """The organisation's name, typed to confirm."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type the organisation's name.")},
    )


class DeleteAccountForm(forms.Form):
    """One's own address and password, typed to confirm."""

    email = forms.EmailField(label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
