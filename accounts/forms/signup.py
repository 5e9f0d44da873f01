from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.operations import account_open

PASSWORD_HINT = _("At least 12 characters. A few unrelated words are easy to remember.")


class SignupForm(AllauthSignupForm):  # type: ignore[misc]  # allauth ships no types
    """E-mail, password, and optionally the organisation's name; the rest has defaults."""

    organisation = forms.CharField(
        label=_("Organisation (optional)"),
        max_length=120,
        required=False,
        help_text=_("Your company or team. You can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    field_order = ("email", "password1", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Work e-mail")
        self.fields["email"].help_text = _("We send one link to confirm it.")
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT
            self.fields["password1"].error_messages["required"] = _("Choose a password.")
        self.fields["email"].error_messages["required"] = _("Enter your e-mail address.")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        """Store person, organisation and draft together or not at all."""
        user: User = super().save(request)
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Give the new person an organisation; whatever the visitor had begun moves into it."""
        super().custom_signup(request, user)
        account_open(user=user, organisation_name=self.cleaned_data["organisation"], request=request)
