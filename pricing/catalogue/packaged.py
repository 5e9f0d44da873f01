"""The packaged data files: rows as they are committed, each with its source and the date it was read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from pricing.catalogue.parsing import CsvRow
from pricing.catalogue.rows import CatalogueRows, by_model


def read_text(name: str) -> str:
    return files("pricing.catalogue").joinpath("data", name).read_text(encoding="utf-8")


def csv_rows(name: str) -> Iterator[CsvRow]:
    yield from csv.DictReader(io.StringIO(read_text(name)))


@lru_cache(maxsize=1)
def packaged_rows() -> CatalogueRows:
    """Everything packaged; read once in a process, since the files don't change while it runs."""
    return CatalogueRows(
        api_prices=by_model(json.loads(line) for line in read_text("api_prices.jsonl").splitlines()),
        **{table: tuple(csv_rows(f"{table}.csv")) for table in CatalogueRows.CSV_TABLES},
    )
