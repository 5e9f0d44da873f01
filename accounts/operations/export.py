"""Everything an organisation has, as one zip file of JSON and CSV.

The tables are found, not listed: what belongs to an organisation tomorrow is in its export tomorrow. Secrets are not in
it, neither as text nor as hashes.
"""

import csv
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from accounts.errors import NotAllowed
from accounts.models import AuditAction, Membership, Organisation
from accounts.operations.audit import audit_record
from accounts.row_security import tenant_models

SECRET = ("secret", "password", "token")
"""A column with one of these words in its name stays here."""
NOT_KEPT = frozenset({"planner.IdempotentRequest"})
"""Tables that hold nothing of lasting value: answers repeated for a day."""
DOCUMENTS = {"document": "", "input_snapshot": ".snapshot"}
"""Columns that are documents of their own, and what the name of their file ends with."""
_IN_MEMORY = 16_000_000
_CHUNK = 200
_README = """Everything {name} has in Danegeld, as of {now:%Y-%m-%d %H:%M} UTC.

organisation.json    its name and defaults
members.csv          who belongs to it, and as what
<table>.csv          one line per row; times are UTC, a column that names a file below has its content there
<table>/<id>.json    documents: planner.revision holds the plans as they were saved, planner.result what runs answered

A plan comes back by sending a file of planner.revision as the body of POST /api/v1/plans.
Keys, passwords and links are not in here: nobody can read them, not even the program.
"""


@transaction.atomic
def organisation_export(*, by: Membership) -> IO[bytes]:
    """Return the organisation's zip file, open at its beginning. Only owners may; the log says who did."""
    if not by.may_manage:
        raise NotAllowed(f"Only owners of {by.organisation.name} export everything. Ask one of them.")
    audit_record(
        organisation=by.organisation, actor=by.user, action=AuditAction.DATA_EXPORTED, subject=by.organisation.name
    )
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _README.format(name=by.organisation.name, now=timezone.now()))
        archive.writestr("organisation.json", _json(_values(by.organisation)))
        _write_rows(archive, "members", _members(by.organisation))
        for model in exported_models():
            _write_table(archive, model, by.organisation)
    file.seek(0)
    return file


def exported_models() -> list[type[models.Model]]:
    """Return the models whose rows are exported."""
    return [model for model in tenant_models() if model._meta.label not in NOT_KEPT]


def _write_table(archive: zipfile.ZipFile, model: type[models.Model], organisation: Organisation) -> None:
    rows = model._default_manager.filter(organisation=organisation).order_by("pk").iterator(chunk_size=_CHUNK)
    name = model._meta.label_lower
    _write_rows(archive, name, (_with_files(archive, name, row) for row in rows))


def _with_files(archive: zipfile.ZipFile, name: str, row: models.Model) -> dict[str, Any]:
    """The row's values; a document becomes a file, and its value the name of that file."""
    values = _values(row)
    for field, suffix in DOCUMENTS.items():
        if not hasattr(row, field):
            continue
        # Every row has the same columns, also one whose document is not made yet.
        values[field] = ""
        if (document := getattr(row, field)) is not None:
            data = document.encode() if isinstance(document, str) else bytes(document)
            values[field] = f"{name}/{row.pk}{suffix}.{'pdf' if data.startswith(b'%PDF-') else 'json'}"
            archive.writestr(values[field], data)
    return values


def _write_rows(archive: zipfile.ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write the table aside first: while its documents go into the zip file, it cannot."""
    with tempfile.TemporaryFile() as aside:
        text = io.TextIOWrapper(aside, encoding="utf-8", newline="", write_through=True)
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(text, fieldnames=list(row))
                writer.writeheader()
            writer.writerow({column: _as_cell(value) for column, value in row.items()})
        text.detach()
        aside.seek(0)
        with archive.open(f"{name}.csv", "w") as member:
            shutil.copyfileobj(aside, member)


def _members(organisation: Organisation) -> Iterator[dict[str, Any]]:
    found = Membership.objects.select_related("user").filter(organisation=organisation).order_by("created_at", "id")
    for member in found:
        yield {
            "email": member.user.email, "name": member.user.name, "role": member.role, "joined": member.created_at
        }  # fmt: skip


def _values(row: models.Model) -> dict[str, Any]:
    """A row by column, without secrets and without what is no text."""
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not isinstance(field, models.BinaryField) and not any(word in field.name for word in SECRET)
    }


def _as_cell(value: Any) -> Any:
    """A value as a cell of a CSV: text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(value, dict | list):
        return _json(value)
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@"):
        return f"'{value}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
