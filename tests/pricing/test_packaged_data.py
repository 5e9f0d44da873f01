"""The packaged files: made from the installed package, complete, and honest about what they don't know."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from pricing.catalogue import Catalogue
from pricing.catalogue.aliases import AliasTable
from pricing.catalogue.packaged import csv_rows, packaged_rows, read_text
from pricing.sources.snapshot import write_snapshot
from pricing.tables import API_PRICES, CSV_TABLES

TODAY = date(2026, 11, 23)
CATALOGUE = Catalogue.load(TODAY)


@pytest.mark.skipif(version("genai-prices") != "0.2.3", reason="the packaged file was made from genai-prices 0.2.3")
def test_it_is_what_the_installed_price_list_gives(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "made.jsonl", taken_on=date(2026, 11, 22))
    assert (tmp_path / "made.jsonl").read_text(encoding="utf-8") == read_text("api_prices.jsonl")


def test_it_loads_quickly() -> None:
    packaged_rows.cache_clear()
    began = time.process_time()
    found = Catalogue.load(TODAY).api_prices("openai/gpt-4o")
    assert found is not None
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("ref", "model_id"),
    [
        ("together/llama-3.1-70b", "together/meta-llama/meta-llama-3.1-70b-instruct-turbo"),
        ("GPT-4o", "openai/gpt-4o"),
        ("together_ai/llama-3.3-70b", "together/meta-llama/llama-3.3-70b-instruct-turbo"),
        ("claude-opus-4.5", "anthropic/claude-opus-4-5"),
        ("deepinfra/llama-3.3-70b", "deepinfra/meta-llama/llama-3.3-70b-instruct-turbo"),
        ("mistral-7b", "mistral/mistral-7b"),
    ],
)
def test_it_knows_the_names_people_use(ref: str, model_id: str) -> None:
    found = CATALOGUE.api_prices(ref)
    assert found is not None
    assert found.value.id == model_id


def test_it_leads_every_alias_to_something() -> None:
    known = {
        "api_prices": CATALOGUE.rows.api_prices,
        "accelerator": CATALOGUE.accelerators,
        "architecture": CATALOGUE.architectures,
    }
    table = AliasTable.packaged()
    astray = [
        alias for kind, aliases in table.targets.items() for alias in aliases if aliases[alias] not in known[kind]
    ]
    assert astray == []


@pytest.mark.parametrize("ref", ["h100-sxm", "H100", "nvidia-h100", "h100-80gb"])
def test_it_knows_the_h100_by_its_names(ref: str) -> None:
    found = CATALOGUE.accelerator(ref)
    assert found is not None
    chip = found.value
    assert (chip.memory_gb, chip.bandwidth_tbs, chip.bf16_tflops, chip.fp8_tflops) == (80, 3.35, 989.4, 1979)
    assert chip.fp4_tflops is None
    assert chip.unsourced_fields == ("fp8_tflops",)


def test_it_gives_rents_of_the_date() -> None:
    chips = [Catalogue.load(day).accelerators["h100-sxm"] for day in (date(2024, 12, 1), date(2025, 12, 1), TODAY)]
    assert [float(chip.rent_per_hour or 0) for chip in chips] == [2.99, 2.99, 2.95]
    assert [float(chip.reserved_per_hour or 0) for chip in chips] == [0, 1.7, 2.35]


def test_it_says_what_it_does_not_know_instead_of_guessing() -> None:
    assert CATALOGUE.api_prices("openai/no-such-model") is None
    assert CATALOGUE.accelerators["mi300x"].rent_per_hour is None
    assert CATALOGUE.suggest("accelerator", "h100sxm")[0] == "h100-sxm"


def test_it_takes_prices_that_the_list_lacks_from_what_was_observed() -> None:
    found = Catalogue.load(date(2025, 12, 20)).api_prices("deepinfra/llama-3.3-70b")
    assert found is not None
    assert (float(found.value.input_price), float(found.value.output_price)) == (0.13, 0.39)
    assert found.source.label.startswith("litellm")


def test_it_keeps_a_source_and_a_date_on_every_row() -> None:
    for table in CSV_TABLES:
        for row in csv_rows(f"{table.name}.csv"):
            assert row["source"], (table.name, row)
            assert date.fromisoformat(row["as_of"]) <= date(2026, 11, 23)
            assert row["confidence"] in ("found", "verified", "unsourced")


def test_it_has_one_row_for_each_key() -> None:
    rows = packaged_rows()
    keys = Counter(("api_prices", API_PRICES.key(row)) for group in rows.api_prices.values() for row in group)
    for table in CSV_TABLES:
        keys.update((table.name, table.key(row)) for row in getattr(rows, table.name))
    assert [key for key, count in keys.items() if count > 1] == []
