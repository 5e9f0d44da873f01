from typing import TYPE_CHECKING, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role

if TYPE_CHECKING:  # a generic only for the type checker
    _OrganisationModelForm = forms.ModelForm[Organisation]
else:
    _OrganisationModelForm = forms.ModelForm


class OrganisationForm(_OrganisationModelForm):
    """Name and defaults of an organisation. Rates are typed in per cent and stored as shares."""

    discount_rate_percent = forms.FloatField(
        label=_("Discount rate, % a year"),
        min_value=-50,
        max_value=100,
        help_text=_("What your money could earn elsewhere at the same risk. Finance calls it WACC."),
    )
    tax_rate_percent = forms.FloatField(
        label=_("Tax rate, %"), min_value=0, max_value=90, help_text=_("0 shows figures before tax.")
    )
    fiscal_year_start = forms.TypedChoiceField(
        label=_("Fiscal year starts in"), choices=[(number, name) for number, name in MONTHS.items()], coerce=int
    )

    class Meta:
        model = Organisation
        fields: ClassVar = [
            "name",
            "currency",
            "fiscal_year_start",
            "number_format",
            "language",
            "time_zone",
            "require_mfa",
        ]
        help_texts: ClassVar = {
            "number_format": _("On pages, in forms and reports. Files for machines always use a point."),
            "language": _("Each person can choose another one at the foot of a page."),
            "currency": _("Three letters, for example EUR. New plans start in it."),
            "time_zone": _("Decides in which month a use falls, for example Europe/Berlin."),
            "require_mfa": _("Members without one are asked to set it up before they see anything."),
        }

    def __init__(self, data: QueryDict | None, *, instance: Organisation) -> None:
        initial = {
            "discount_rate_percent": round(100 * instance.discount_rate, 6),
            "tax_rate_percent": round(100 * instance.tax_rate, 6),
        }
        super().__init__(data, instance=instance, initial=initial)
        self.fields["language"].required = False

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean_language(self) -> str:
        """A form that does not ask for it leaves it as it is."""
        return str(self.cleaned_data["language"] or self.instance.language)

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        if zone not in available_timezones():
            raise forms.ValidationError(
                _("%(zone)s is not a time zone. Use a name such as Europe/Berlin or America/New_York."),
                params={"zone": zone},
            )
        return zone

    def values(self) -> dict[str, object]:
        """Return the checked fields as the organisation stores them."""
        values = {name: value for name, value in self.cleaned_data.items() if not name.endswith("_percent")}
        values["discount_rate"] = self.cleaned_data["discount_rate_percent"] / 100
        values["tax_rate"] = self.cleaned_data["tax_rate_percent"] / 100
        return values


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        initial=Role.EDITOR,
        help_text=_("Viewers read, editors also change plans, owners also manage people."),
    )


class RoleForm(forms.Form):
    """A member's new role."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
