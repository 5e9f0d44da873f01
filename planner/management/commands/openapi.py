"""`manage.py openapi`: the committed description of the interface, and what has changed since."""

from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from planner.api.compatibility import breaking_changes
from planner.api.schemas import openapi_document

SNAPSHOT = Path(settings.BASE_DIR) / "docs" / "api" / "openapi.json"


def snapshot_text() -> bytes:
    """The description as it is committed: sorted, so that a change shows as a small difference."""
    return orjson.dumps(openapi_document(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


class Command(BaseCommand):
    help = (
        "Compare the interface with docs/api/openapi.json. --accept writes it; what breaks programs needs --breaking."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accept", action="store_true", help="Write the description into the file.")
        parser.add_argument("--breaking", action="store_true", help="Also where existing programs would notice.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what would break, and write the file where that is wanted."""
        broken = breaking_changes(orjson.loads(SNAPSHOT.read_bytes()), openapi_document()) if SNAPSHOT.exists() else []
        for line in broken:
            self.stdout.write(line)
        if broken and not options["breaking"]:
            raise CommandError("These changes break programs. They belong into /api/v2, or say --breaking.")
        if options["accept"]:
            SNAPSHOT.parent.mkdir(parents=True, exist_ok=True)
            SNAPSHOT.write_bytes(snapshot_text())
            self.stdout.write(f"{SNAPSHOT} is written.")
