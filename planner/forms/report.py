from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from planner.models import ReportAudience, ReportKind, ReportPaper
from planner.operations.report_request import ReportWish
from planner.renderers.pdf.languages import report_languages
from planner.renderers.pdf.logo import LogoRefused, logo_of


class ReportForm(forms.Form):
    """What a report is to be."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=ReportKind.choices,
        help_text=_("The note and the sheet take one page each."),
    )
    audience = forms.ChoiceField(
        label=_("For"),
        choices=ReportAudience.choices,
        help_text=_("Finance also gets profit and loss and every input; engineering gets no statements."),
    )
    paper = forms.ChoiceField(label=_("Paper"), choices=ReportPaper.choices)
    language = forms.ChoiceField(label=_("Language"), choices=report_languages)
    classification = forms.CharField(
        label=_("Classification (optional)"),
        max_length=60,
        required=False,
        help_text=_("Stands on every page, such as “Confidential”."),
    )
    logo = forms.FileField(
        label=_("Logo (optional)"), required=False, help_text=_("PNG, JPEG or SVG of at most 500 kB.")
    )
    is_final = forms.BooleanField(
        label=_("Final"),
        required=False,
        help_text=_("Says “Final” instead of “Draft” and is kept as long as the plan."),
    )
    shows_people_costs = forms.BooleanField(
        label=_("Show what people cost"),
        required=False,
        initial=True,
        help_text=_("Otherwise pay is left out and folded into other costs."),
    )
    mails_when_ready = forms.BooleanField(
        label=_("Mail me when it is ready"), required=False, help_text=_("A link, no attachment.")
    )

    def clean_logo(self) -> bytes | None:
        """Look at the file's content, whatever its name says."""
        upload: Any = self.cleaned_data["logo"]
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return logo_of(upload.read(500_001)).data
        except LogoRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def wish(self, live_url: str) -> ReportWish:
        """Return what was asked for."""
        return ReportWish(**self.cleaned_data, live_url=live_url)
