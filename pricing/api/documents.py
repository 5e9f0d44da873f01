"""Records as JSON documents and CSV lines. Money is a JSON number, unrounded; a missing price is null, never zero."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pricing.catalogue import (
    AcceleratorRecord,
    ApiPricesRecord,
    ArchitectureRecord,
    PriceObservation,
    RentRecord,
    SourceNote,
    TokenPrices,
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def price_document(record: ApiPricesRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "provider": record.provider,
        "model": record.model,
        "name": record.name,
        "tier": record.tier,
        "open_weights": record.open_weights,
        "context_window": record.context_window,
        "currency": record.currency,
        **_token_prices(record.prices),
        "cache_write_1h_price": _number(record.cache_write_1h_price),
        "batch_discount": _number(record.batch_discount),
        "batch_prices": _token_prices(record.batch_prices) if record.batch_prices else None,
        "price_tiers": [
            {"above_input_tokens": tier.above_input_tokens, **_token_prices(tier.prices)} for tier in record.price_tiers
        ],
        "time_windows": [
            {"start": f"{window.start:%H:%M}", "end": f"{window.end:%H:%M}", **_token_prices(window.prices)}
            for window in record.time_windows
        ],
        "effective_from": _day(record.effective_from),
        "effective_to": _day(record.effective_to),
        "deprecated": record.deprecated,
        "source": source_document(record.source),
    }


def source_document(source: SourceNote) -> dict[str, Any]:
    return {
        "label": source.label,
        "url": source.url,
        "as_of": source.as_of.isoformat(),
        "confidence": source.confidence,
        "origin": source.origin,
        "note": source.note,
    }


def observation_document(seen: PriceObservation) -> dict[str, Any]:
    return {
        "id": seen.id,
        "date": _day(seen.seen_on),
        "date_kind": seen.date_kind,
        "not_before": _day(seen.not_before),
        "input_price": _number(seen.input_price),
        "cached_input_price": _number(seen.cached_input_price),
        "output_price": _number(seen.output_price),
        "source": source_document(seen.source),
    }


def accelerator_document(record: AcceleratorRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "vendor": record.vendor,
        "release_date": _day(record.release_date),
        "memory_gb": record.memory_gb,
        "bandwidth_tbs": record.bandwidth_tbs,
        "bf16_tflops": record.bf16_tflops,
        "fp8_tflops": record.fp8_tflops,
        "fp4_tflops": record.fp4_tflops,
        "watts": record.watts,
        "purchase_price": _number(record.purchase_price),
        "rent_per_hour": _number(record.rent_per_hour),
        "reserved_per_hour": _number(record.reserved_per_hour),
        "unsourced_fields": list(record.unsourced_fields),
        "source": source_document(record.source),
    }


def rent_document(record: RentRecord) -> dict[str, Any]:
    return {
        "accelerator": record.accelerator,
        "term": record.term,
        "low": _number(record.low),
        "high": _number(record.high),
        "market": record.market,
        "representative": record.representative,
        "effective_from": _day(record.effective_from),
        "source": source_document(record.source),
    }


def architecture_document(record: ArchitectureRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "name": record.name,
        "maker": record.maker,
        "total_params": record.total_params,
        "active_params": record.active_params,
        "layers": record.layers,
        "query_heads": record.query_heads,
        "kv_heads": record.kv_heads,
        "head_dim": record.head_dim,
        "unsourced_fields": list(record.unsourced_fields),
        "source": source_document(record.source),
    }


def csv_text(documents: Iterable[Mapping[str, Any]]) -> str:
    """The documents as CSV: scalars only, `source` as its label, address and date; lists are left to JSON.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    rows = [_flat(document) for document in documents]
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in document.items():
        if key == "source":
            row |= {f"source_{part}": _cell(value[part]) for part in ("label", "url", "as_of", "confidence")}
        elif not isinstance(value, list | dict) and key != "batch_prices":
            row[key] = _cell(value)
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _token_prices(prices: TokenPrices) -> dict[str, float | None]:
    return {
        "input_price": _number(prices.input_price),
        "cached_input_price": _number(prices.cached_input_price),
        "cache_write_price": _number(prices.cache_write_price),
        "output_price": _number(prices.output_price),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
