"""The languages a report can be set in.

English alone for now: the sentences of the answer, its titles and labels are written in English (`planner.report`), and
a paper that changes its language from line to line is none to forward. The fonts for Chinese are there.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

REPORT_LANGUAGES = {"en": "English"}


def report_languages() -> list[tuple[str, str]]:
    """Code and name of each language."""
    return list(REPORT_LANGUAGES.items())


def is_spoken(language: str) -> bool:
    """Whether a report can be asked for in this language."""
    return language in REPORT_LANGUAGES


def refusal(language: str) -> str:
    """Why a language cannot be had, for an error message."""
    known = ", ".join(REPORT_LANGUAGES)
    return _("There is no report in “%(language)s”. There are: %(known)s.") % {"language": language, "known": known}
