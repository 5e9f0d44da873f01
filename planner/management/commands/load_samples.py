"""`manage.py load_samples`: plans to look at before one has an own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from planner.operations.sample import sample_viewer_add, samples_load


class Command(BaseCommand):
    help = "Store the sample organisation with plans made from the templates; does nothing when they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--viewer", metavar="EMAIL", help="Let this person see the sample organisation.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the samples, then let the named person see them."""
        plans = samples_load()
        for plan in plans:
            self.stdout.write(f"Sample plan stored: {plan.name}")
        if email := options["viewer"]:
            user = User.objects.filter(email=email.lower()).first()
            if user is None:
                raise CommandError(f"Nobody has signed up as {email}.")
            sample_viewer_add(user=user)
            self.stdout.write(f"{email} sees the sample organisation.")
