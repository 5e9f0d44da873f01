"""`manage.py rerun`: after prices or the engine have changed, queue a run of every plan."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Organisation
from planner.operations.run_again import runs_again


class Command(BaseCommand):
    help = "Queue a run of every plan's latest revision at today's prices; what is computed already is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--all", action="store_true", help="The plans of every organisation.")
        which.add_argument("--organisation", metavar="ID", help="The plans of one organisation.")
        parser.add_argument("--force", action="store_true", help="Compute even what is computed already.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the runs and say how many; one organisation's bad plan stops nobody else's."""
        organisations = Organisation.objects.order_by("id")
        if not options["all"]:
            organisations = organisations.filter(id=options["organisation"])
            if not organisations:
                raise CommandError(f"There is no organisation {options['organisation']}.")
        new, known = 0, 0
        for organisation in organisations.iterator():
            started, present, refused = runs_again(organisation=organisation, force=options["force"])
            new, known = new + started, known + present
            for sentence in refused:
                self.stderr.write(f"Not started: {sentence}")
        self.stdout.write(f"{new} runs queued, {known} plans have a run for these prices already.")
