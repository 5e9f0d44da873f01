"""A CSV of prices is read whole or not at all, and the report says where and why."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.models import User
from pricing.models import ApiPrice, PriceImport
from pricing.queries import revision_number
from pricing.sources.csv_prices import MAX_ERRORS, CsvRefused, read_prices
from tests.people import client_of

HEAD = "model,input_price,output_price,effective_from,source,as_of\n"
GOOD = "openai/gpt-x,2.5,10,2026-11-01,https://example.org/prices,2026-11-20\n"


def test_it_reads_a_good_file() -> None:
    (record,) = read_prices((HEAD + GOOD).encode())
    assert (record.id, record.input_price, record.output_price) == ("openai/gpt-x", Decimal("2.5"), Decimal(10))
    assert record.source.label == "https://example.org/prices"


def test_it_reads_a_file_with_a_byte_order_mark_and_windows_lines() -> None:
    text = "\ufeff" + (HEAD + GOOD).replace("\n", "\r\n")
    assert len(read_prices(text.encode())) == 1


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (HEAD.encode() + b"x" * 9_000_000, 2, "characters"),
        (b"x" * 10_000_001, 1, "bytes"),
        ((HEAD + GOOD).encode("utf-16"), 1, "UTF-8"),
        ((HEAD + "openai/caf\u00e9,1,2,2026-01-01,a,2026-01-01\n").encode("latin-1"), 2, "UTF-8"),
        ((HEAD + GOOD.replace("2.5", "-2.5")).encode(), 2, "not allowed"),
        ((HEAD + GOOD.replace("2.5", "NaN")).encode(), 2, "not allowed"),
        ((HEAD + GOOD.replace("2.5", "1e400")).encode(), 2, "not allowed"),
        ((HEAD + GOOD.replace("2.5", "2,5")).encode(), 2, "cells"),
        ((HEAD + GOOD.replace("2.5", "")).encode(), 2, "missing"),
        ((HEAD + GOOD.replace("2.5", "$2.5")).encode(), 2, "no number"),
        ((HEAD + GOOD + GOOD).encode(), 3, "already"),
        ((HEAD + GOOD.replace("openai/gpt-x", "=cmd|' /C calc'!A0")).encode(), 2, "formula"),
        ((HEAD + GOOD.replace("https://example.org/prices", "@SUM(A1)")).encode(), 2, "formula"),
        ((HEAD + GOOD.replace("2026-11-01", "2026-02-30")).encode(), 2, "no date"),
        ((HEAD + GOOD.replace("openai/gpt-x", "gpt-x")).encode(), 2, "provider/model"),
        ((HEAD.replace("output_price", "output_prce") + GOOD).encode(), 1, "output_price"),
        ((HEAD + '"openai/gpt-x,2.5').encode(), 1, "CSV"),
        ((HEAD + GOOD.replace("2.5", "=1+1")).encode(), 2, "no number"),
        ((HEAD + GOOD.replace("2.5", "1_000")).encode(), 2, "no plain number"),
        ((HEAD + GOOD.replace("2.5", "1e2")).encode(), 2, "no plain number"),
        ((HEAD + GOOD.replace("2.5", "+2.5")).encode(), 2, "no plain number"),
        ((HEAD + GOOD.replace("2.5", "\u0662.5")).encode(), 2, "no plain number"),
        ((HEAD + GOOD.replace("2.5", "0.00000000001")).encode(), 2, "decimals"),
        ((HEAD + GOOD.replace("2.5", "1000001")).encode(), 2, "not allowed"),
        ((HEAD + GOOD.replace("2026-11-01", "20261101")).encode(), 2, "no date"),
        ((HEAD + GOOD.replace("2026-11-01", "2026-W45-1")).encode(), 2, "no date"),
        ((HEAD + GOOD.replace("https://example.org/prices", "prices\u202e.org")).encode(), 2, "cannot be seen"),
        ((HEAD + GOOD.replace("https://example.org/prices", "x" * 501)).encode(), 2, "500 characters"),
        ((HEAD + GOOD).encode("utf-16-le"), 1, "UTF-8"),
        ((HEAD + GOOD).encode("utf-32"), 1, "UTF-8"),
        (b"PK\x03\x04" + b"\x00" * 100, 1, "XLSX"),
        ((HEAD + GOOD.replace(",2026-11-20", "")).encode(), 2, "cells"),
        ((HEAD + GOOD.replace("2026-11-20", "2026-11-20,more")).encode(), 2, "cells"),
        ((HEAD.replace("model,", "model,model,") + GOOD).encode(), 1, "twice"),
        (HEAD.encode(), 1, "no rows"),
        (b"", 1, "missing"),
    ],
)
def test_it_refuses_and_says_where_and_why(data: bytes, line: int, word: str) -> None:
    with pytest.raises(CsvRefused) as refusal:
        read_prices(data)
    assert any(error.line == line and word in str(error) for error in refusal.value.errors), refusal.value


def test_it_lists_every_fault_of_a_file_up_to_a_limit() -> None:
    bad = GOOD.replace("2.5", "-1").replace("2026-11-20", "never")
    with pytest.raises(CsvRefused) as refusal:
        read_prices((HEAD + bad + bad * 200).encode())
    assert len(refusal.value.errors) == MAX_ERRORS


def test_it_is_quick_to_refuse_a_huge_line() -> None:
    began = time.process_time()
    with pytest.raises(CsvRefused):
        read_prices(HEAD.encode() + b"a," * 4_900_000)
    assert time.process_time() - began < 2


HOSTILE = (
    HEAD.encode() + b"x" * 9_900_000,
    (HEAD + GOOD).encode("utf-16"),
    (HEAD + GOOD.replace("2.5", "-2.5")).encode(),
    (HEAD + GOOD + GOOD).encode(),
    (HEAD + GOOD + GOOD.replace("openai/gpt-x", "=HYPERLINK(1)")).encode(),
)


@pytest.mark.django_db
@pytest.mark.parametrize("data", HOSTILE, ids=["huge-line", "utf-16", "negative", "duplicate-date", "formula"])
def test_it_changes_nothing(data: bytes, tmp_path: Path) -> None:
    """Uploaded or named on the command line: the report stands there, and the database is as it was."""
    before = state()
    keeper = client_of(User.objects.create_user("keeper@example.org", "correct horse battery", is_staff=True))
    answer = keeper.post("/prices/imports", {"file": SimpleUploadedFile("prices.csv", data)})
    assert answer.status_code == 422
    assert "nothing has changed" in answer.content.decode()
    file = tmp_path / "prices.csv"
    file.write_bytes(data)
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("import_prices", str(file), "--accept")
    assert state() == before


def state() -> tuple[int, int, int]:
    """Rows of prices, comparisons, and the catalogue's number."""
    return ApiPrice.objects.count(), PriceImport.objects.count(), revision_number()
