"""The languages a report can be set in: those the program speaks and Typst can hyphenate and typeset."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

REPORT_LANGUAGES = {"en": "English", "zh-hans": "简体中文"}


def report_languages() -> list[tuple[str, str]]:
    """Code and name of each language, English first."""
    spoken = {code.lower() for code, _name in settings.LANGUAGES}
    return [(code, name) for code, name in REPORT_LANGUAGES.items() if code == "en" or code in spoken]


def is_spoken(language: str) -> bool:
    """Whether a report can be asked for in this language."""
    return language in dict(report_languages())


def refusal(language: str) -> str:
    """Why a language cannot be had, for an error message."""
    known = ", ".join(dict(report_languages()))
    return _("There is no report in “%(language)s”. There are: %(known)s.") % {"language": language, "known": known}
