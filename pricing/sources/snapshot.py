"""The packaged price file: the installed price list, one line per row, committed so that a start needs no import."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pricing.catalogue import parsing
from pricing.catalogue.api_price_rows import record_to_row
from pricing.catalogue.packaged import csv_rows
from pricing.sources import genai_prices
from pricing.sources.better_dated import better_dated
from pricing.sources.observed import observed_records


def write_snapshot(path: Path, *, taken_on: date) -> int:
    """Write the installed genai-prices, and what was observed of models it lacks, to `path`; the number of rows.

    The same package and day give the same bytes.
    """
    listed = genai_prices.read_records(genai_prices.installed_package(taken_on=taken_on))
    observations = [parsing.observation(row) for row in csv_rows("api_price_history.csv")]
    records = better_dated(listed, observations) + observed_records(observations, is_listed=genai_prices.lists)
    records.sort(key=lambda record: (record.id, record.effective_from or date.min))
    lines = [json.dumps(record_to_row(record), ensure_ascii=False, separators=(",", ":")) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)
