from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.row_security import policies_install, rights_grant, tables_without_policy


class Command(BaseCommand):
    help = (
        "PostgreSQL: hide every organisation's rows from the others and give the roles their rights. Run as the owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--app", required=True, help="role of web and workers, for example danegeld_app")
        parser.add_argument("--backup", required=True, help="role of backups, for example danegeld_backup")

    def handle(self, *_args: Any, app: str, backup: str, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Row-level security needs PostgreSQL: set DANEGELD_DATABASE_URL to the owner's address.")
        tables = policies_install(connection)
        rights_grant(connection, app=app, backup=backup)
        if left := tables_without_policy(connection):
            raise CommandError(f"These tables name an organisation but have no policy: {', '.join(left)}.")
        self.stdout.write(f"{len(tables)} tables are guarded; {app} and {backup} have their rights.")
