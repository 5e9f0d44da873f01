import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.assets.build import HASHES, SOURCES, AssetMismatch, build, committed_hashes, refuse_mismatch, stale
from config.messages.catalogue import compile_all


class Command(BaseCommand):
    help = (
        "Take scripts and fonts out of the installed packages into build/, and compile translations; does nothing "
        "where that is done."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accept", action="store_true", help="rebuild all and write what came out to hashes.json")

    def handle(self, *_args: Any, accept: bool = False, **_options: Any) -> None:
        folder = settings.BUILD_STATIC.parent
        if languages := compile_all(settings.BASE_DIR, settings.LOCALE_PATHS[0]):
            self.stdout.write(f"Compiled translations: {', '.join(languages)}.")
        if accept:
            hashes = build(folder, list(SOURCES))
            HASHES.write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
            self.stdout.write(f"Built {len(hashes)} files; their hashes are in {HASHES.name}.")
            return
        expected = committed_hashes()
        paths = stale(folder, expected)
        if not paths:
            return
        try:
            refuse_mismatch(build(folder, paths), expected)
        except AssetMismatch as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Built {len(paths)} files below build/.")
