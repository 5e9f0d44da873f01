from django import forms
from django.utils.translation import gettext_lazy as _

from planner.operations.feed_key import DEFAULT_DAYS, MAX_DAYS
from planner.report.tables import TABLES


class FeedKeyForm(forms.Form):
    """Which table a feed key gives, what it is for and how long it lasts."""

    table = forms.ChoiceField(
        label=_("Table"),
        choices=[(name, name) for name in TABLES],
        initial="summary",
        help_text=_("The key gives this table of this plan and nothing else."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=80, help_text=_("Which sheet reads it. Only your organisation sees this.")
    )
    days = forms.IntegerField(
        label=_("Days until it expires"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=DEFAULT_DAYS,
        help_text=_("At most 365."),
    )
