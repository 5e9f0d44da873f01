"""PURE. Prices from a CSV file: read strictly, whole or not at all, with a report a person can act on."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices
from pricing.catalogue.notes import SourceNote
from pricing.sources.open_weights import open_weights

MAX_BYTES = 10_000_000
MAX_LINE = 10_000
MAX_ROWS = 50_000
MAX_ERRORS = 50
MAX_TEXT = 500
MAX_PRICE = Decimal(1_000_000)
MAX_DECIMALS = 10

REQUIRED = ("model", "input_price", "output_price", "effective_from", "source", "as_of")
OPTIONAL = ("cached_input_price", "cache_write_price", "batch_discount", "context_window", "name", "url", "note")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})
"""Control characters, marks that turn the direction of writing, and the like."""

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MODEL = re.compile(r"[a-z0-9~@:._-]+(/[a-z0-9~@:._-]+)+")


@dataclass(frozen=True, slots=True)
class CsvError:
    """`line` counts from 1, the heading included; `column` is empty where the whole line or file is meant."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class CsvRefused(Exception):
    """The file was not taken, none of it. `errors` says why, at most `MAX_ERRORS` of them."""

    def __init__(self, errors: list[CsvError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = tuple(errors)


def read_prices(data: bytes) -> list[ApiPricesRecord]:
    """The records of a CSV file. Raises `CsvRefused` with every fault found; a file is taken whole or not at all."""
    rows = _rows(_decoded(data))
    errors: list[CsvError] = []
    records: list[ApiPricesRecord] = []
    seen: dict[tuple[str, date | None], int] = {}
    for line, row in rows:
        record, faults = _record(line, row)
        errors += faults
        if record is not None:
            first = seen.setdefault((record.id, record.effective_from), line)
            if first != line:
                errors.append(CsvError(line, "effective_from", f"{record.id} has this date in line {first} already."))
            records.append(record)
        if len(errors) >= MAX_ERRORS:
            break
    if errors:
        raise CsvRefused(errors[:MAX_ERRORS])
    if not records:
        raise CsvRefused([CsvError(1, "", "The file has a heading but no rows.")])
    return records


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise CsvRefused([CsvError(1, "", f"The file has {len(data):,} bytes; at most {MAX_BYTES:,} are read.")])
    if b"\x00" in data:
        raise CsvRefused([CsvError(1, "", "The file holds zero bytes: save it as CSV in UTF-8, not UTF-16 or XLSX.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CsvRefused([CsvError(line, "", "Not UTF-8. Save the file as CSV in UTF-8.")]) from None
    for number, line_text in enumerate(text.splitlines(), start=1):
        if len(line_text) > MAX_LINE:
            message = f"The line has {len(line_text):,} characters; at most {MAX_LINE:,} are read."
            raise CsvRefused([CsvError(number, "", message)])
    return text


def _rows(text: str) -> list[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        _check_heading(list(reader.fieldnames or []))
        rows: list[tuple[int, Mapping[str, str]]] = []
        for row in reader:
            if None in row or None in row.values():
                raise CsvRefused([CsvError(reader.line_num, "", "The line has not as many cells as the heading.")])
            rows.append((reader.line_num, row))
            if len(rows) > MAX_ROWS:
                raise CsvRefused([CsvError(reader.line_num, "", f"More than {MAX_ROWS:,} rows.")])
    except csv.Error as error:
        raise CsvRefused([CsvError(reader.line_num, "", f"Not a CSV file: {error}.")]) from None
    return rows


def _check_heading(columns: list[str]) -> None:
    errors = []
    for column in columns:
        if column not in REQUIRED + OPTIONAL:
            near = get_close_matches(column, REQUIRED + OPTIONAL, n=1)
            hint = f" Is {near[0]} meant?" if near else ""
            errors.append(CsvError(1, column[:60], f"Not a column of this file.{hint}"))
    errors += [CsvError(1, column, "This column is missing.") for column in REQUIRED if column not in columns]
    if len(set(columns)) != len(columns):
        errors.append(CsvError(1, "", "A column occurs twice."))
    if errors:
        raise CsvRefused(errors[:MAX_ERRORS])


def _record(line: int, row: Mapping[str, str]) -> tuple[ApiPricesRecord | None, list[CsvError]]:
    cells = _Cells(line, row)
    model_id = cells.model_id()
    input_price, output_price = cells.price("input_price"), cells.price("output_price")
    cached, written = cells.optional_price("cached_input_price"), cells.optional_price("cache_write_price")
    batch, window = cells.share("batch_discount"), cells.whole("context_window")
    effective_from, as_of = cells.day("effective_from"), cells.day("as_of")
    source, name, url, note = (cells.text(column) for column in ("source", "name", "url", "note"))
    if not source:
        cells.fault("source", "Say where the price was read.")
    if url and not url.startswith(("https://", "http://")):
        cells.fault("url", f"{url[:60]!r} is no address; begin with https://.")
    if cells.faults or input_price is None or output_price is None or as_of is None:
        return None, cells.faults
    provider, _slash, model = model_id.partition("/")
    weights = open_weights(model)
    return (
        ApiPricesRecord(
            id=model_id,
            provider=provider,
            model=model,
            name=name or model,
            tier="open" if weights else "frontier",
            open_weights=weights,
            context_window=window,
            prices=TokenPrices(input_price, output_price, cached, written),
            source=SourceNote(source, url or None, as_of, "found", effective_from=effective_from, note=note),
            batch_discount=batch,
            effective_from=effective_from,
            comment=note,
        ),
        [],
    )


class _Cells:
    """The cells of one line, each read with its own check; faults are gathered."""

    def __init__(self, line: int, row: Mapping[str, str]) -> None:
        self.line, self.row = line, row
        self.faults: list[CsvError] = []

    def fault(self, column: str, message: str) -> None:
        self.faults.append(CsvError(self.line, column, message))

    def text(self, column: str) -> str:
        text = self.row.get(column, "").strip()
        if text.startswith(FORMULA_STARTS):
            self.fault(column, f"{text[:40]!r} begins like a spreadsheet formula.")
        if len(text) > MAX_TEXT:
            self.fault(column, f"At most {MAX_TEXT} characters.")
        if any(unicodedata.category(letter) in UNSEEN for letter in text):
            self.fault(column, "It holds characters that cannot be seen. Type it again as plain text.")
        return text

    def model_id(self) -> str:
        text = self.text("model").lower()
        if text and not _MODEL.fullmatch(text):
            self.fault("model", f"{text[:60]!r} is no id; write provider/model, for example openai/gpt-4o.")
        if not text:
            self.fault("model", "Name the model as provider/model.")
        return text

    def price(self, column: str) -> Decimal | None:
        if not self.row[column].strip():
            self.fault(column, "A price is missing. A model without a price does not belong into the file.")
            return None
        return self.optional_price(column)

    def optional_price(self, column: str) -> Decimal | None:
        return self._number(column, most=MAX_PRICE, unit="USD per million tokens")

    def share(self, column: str) -> Decimal | None:
        return self._number(column, most=Decimal(1), unit="a fraction")

    def _number(self, column: str, *, most: Decimal, unit: str) -> Decimal | None:
        text = self.row.get(column, "").strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            self.fault(column, f"{text[:40]!r} is no number. Write it with a point, without sign or currency.")
            return None
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or not 0 <= number <= most:
            self.fault(column, f"{text[:40]!r} is not allowed; 0 to {most:,} ({unit}).")
            return None
        if not _NUMBER.fullmatch(text):
            self.fault(
                column, f"{text[:40]!r} is no plain number. Write it as 0.25, without sign, power or separators."
            )
            return None
        if -exponent > MAX_DECIMALS:
            self.fault(column, f"{text[:40]!r} has more than {MAX_DECIMALS} decimals.")
            return None
        return number

    def whole(self, column: str) -> int | None:
        text = self.row.get(column, "").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
            self.fault(column, f"{text[:40]!r} is no whole number above 0.")
            return None
        return int(text) if text else None

    def day(self, column: str) -> date | None:
        text = self.row.get(column, "").strip()
        try:
            # fromisoformat also takes 20261123 and 2026-W47-1: one spelling is enough
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.fault(column, f"{text[:40]!r} is no date; write it as 2026-11-23.")
        return None
