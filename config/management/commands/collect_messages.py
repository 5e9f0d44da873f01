"""`manage.py collect_messages`: bring the catalogues in `locale/` up to date with what is marked for translation."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.messages.catalogue import catalogue_path, updated
from config.messages.collect import Message, messages_in
from planner.plan.fields import walk_sections, walk_specs

ROOMS = ("accounts", "config", "planner", "pricing")
LANGUAGES = ("zh_Hans",)


def _declared() -> Iterator[Message]:
    """Labels and helps of the plan's fields: declared where no framework is, said by the forms."""
    fields = [(each.label, each.help) for each in walk_specs()]
    parts = [(each.label, each.help) for each in walk_sections()]
    for words in chain.from_iterable(fields + parts):
        if words:
            yield Message(words, "", "planner/plan/fields.py")


class Command(BaseCommand):
    help = "Find every message marked for translation and write the catalogues in locale/; translations are kept."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, only say how much is translated")

    def handle(self, *_args: Any, check: bool = False, **_options: Any) -> None:
        found = [*messages_in(settings.BASE_DIR, ROOMS), *_declared()]
        for language in LANGUAGES:
            path = catalogue_path(settings.BASE_DIR, language)
            catalogue = updated(path, language, found)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                catalogue.save(str(path))
            done = len(catalogue.translated_entries())
            self.stdout.write(f"{language}: {done} of {len(catalogue)} messages are translated.")
