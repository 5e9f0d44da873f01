"""`manage.py verify_results`: after a restore or on a new machine, compute stored runs again and compare."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from planner.operations.run_verify import runs_verify


class Command(BaseCommand):
    help = "Compute the newest runs again, store nothing, and say whether their results are the stored ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--runs", type=int, default=200, help="How many runs to compute (default: 200).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the count; fail when a result differs."""
        verified = runs_verify(limit=options["runs"])
        if verified.different:
            raise CommandError(
                f"{len(verified.different)} of {verified.computed} results differ: {', '.join(verified.different[:10])}"
            )
        older = f", {verified.older} made by an older engine left out" if verified.older else ""
        self.stdout.write(f"{verified.computed} of {verified.computed} results are the stored ones{older}.")
