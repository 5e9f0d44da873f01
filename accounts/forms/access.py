"""Signing in and new passwords: allauth's forms in our words. Labels stand above the fields, so no placeholders."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _

from accounts.forms.signup import PASSWORD_HINT


class _Plain:
    """Takes the placeholders and allauth's list of password rules out of a form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form this is mixed into
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HINT if name == "password1" else ""
            field.error_messages["required"] = (
                _("Enter your e-mail address.") if name in ("login", "email") else _("Enter the password.")
            )


class LoginForm(_Plain, AllauthLoginForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")


class ResetPasswordForm(_Plain, AllauthResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


class ResetPasswordKeyForm(_Plain, AllauthResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    pass


class ChangePasswordForm(_Plain, AllauthChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    pass
