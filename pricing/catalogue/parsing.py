"""One data row into one record. The packaged files and the database keep the same rows, so both are read here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import cast, get_args

from pricing.catalogue.costs import RateDefaultRecord, SalaryRecord, SiteCostRecord
from pricing.catalogue.hardware import (
    AcceleratorRecord,
    ArchitectureRecord,
    PurchasePriceRecord,
    RentRecord,
    RentTerm,
    ThroughputRecord,
)
from pricing.catalogue.notes import Confidence, SourceNote
from pricing.catalogue.observations import PriceObservation

CsvRow = Mapping[str, str]
"""A data row: column → text, empty where the source says nothing."""


def accelerator(row: CsvRow) -> AcceleratorRecord:
    return AcceleratorRecord(
        id=row["id"],
        name=row["name"],
        vendor=row["vendor"],
        release_date=date.fromisoformat(row["release_date"]),
        memory_gb=float(row["memory_gb"]),
        bandwidth_tbs=float(row["bandwidth_tbs"]),
        bf16_tflops=float(row["bf16_tflops"]),
        fp8_tflops=_float(row["fp8_tflops"]),
        fp4_tflops=_float(row["fp4_tflops"]),
        watts=_float(row["watts"]),
        source=source_note(row),
        unsourced_fields=tuple(row["unsourced_fields"].split()),
    )


def purchase_price(row: CsvRow) -> PurchasePriceRecord:
    return PurchasePriceRecord(
        accelerator=row["accelerator"],
        price=Decimal(row["price"]),
        basis=row["basis"],
        effective_from=date.fromisoformat(row["effective_from"]),
        source=source_note(row),
    )


def rent(row: CsvRow) -> RentRecord:
    return RentRecord(
        accelerator=row["accelerator"],
        term=_rent_term(row["term"]),
        low=Decimal(row["low"]),
        high=Decimal(row["high"]),
        market=row["market"],
        representative=row["representative"] == "yes",
        effective_from=date.fromisoformat(row["effective_from"]),
        period=row["period"],
        source=source_note(row),
    )


def architecture(row: CsvRow) -> ArchitectureRecord:
    return ArchitectureRecord(
        id=row["id"],
        name=row["name"],
        maker=row["maker"],
        total_params=float(row["total_params"]),
        active_params=float(row["active_params"]),
        layers=int(row["layers"]),
        query_heads=int(row["query_heads"]),
        kv_heads=int(row["kv_heads"]),
        head_dim=int(row["head_dim"]),
        source=source_note(row),
        unsourced_fields=tuple(row["unsourced_fields"].split()),
    )


def throughput(row: CsvRow) -> ThroughputRecord:
    return ThroughputRecord(
        model=row["model"],
        total_params=float(row["total_params_b"]) * 1e9,
        active_params=float(row["active_params_b"]) * 1e9,
        accelerator=row["accelerator"],
        accelerators=int(row["accelerators"]),
        precision=row["precision"],
        framework=row["framework"],
        scenario=row["scenario"],
        input_tokens=_float(row["input_tokens"]),
        output_tokens=_float(row["output_tokens"]),
        concurrency=row["concurrency"],
        input_tokens_per_s=_float(row["input_tokens_per_s"]),
        output_tokens_per_s=_float(row["output_tokens_per_s"]),
        output_tokens_per_s_per_accelerator=_float(row["output_tokens_per_s_per_accelerator"]),
        measured_by=row["measured_by"],
        source=source_note(row),
    )


def salary(row: CsvRow) -> SalaryRecord:
    return SalaryRecord(
        role=row["role"],
        metric=row["metric"],
        value=_decimal(row["value"]),
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        unit=row["unit"],
        region=row["region"],
        effective_from=_date(row["effective_from"]),
        sample_size=int(row["sample_size"]) if row["sample_size"] else None,
        source=source_note(row),
    )


def site_cost(row: CsvRow) -> SiteCostRecord:
    return SiteCostRecord(
        item=row["item"],
        value=Decimal(row["value"]),
        unit=row["unit"],
        scope=row["scope"],
        effective_from=_date(row["effective_from"]),
        source=source_note(row),
    )


def rate_default(row: CsvRow) -> RateDefaultRecord:
    return RateDefaultRecord(
        id=row["id"],
        label=row["label"],
        low=Decimal(row["low"]),
        likely=Decimal(row["likely"]),
        high=Decimal(row["high"]),
        unit=row["unit"],
        effective_from=_date(row["effective_from"]),
        source=source_note(row),
    )


def observation(row: CsvRow) -> PriceObservation:
    seen_on = _date(row["date"])
    return PriceObservation(
        provider=row["provider"],
        model=row["model"],
        seen_on=seen_on,
        not_before=_date(row["not_before"]),
        date_kind=row["date_kind"],
        tier=row["tier"] or None,
        open_weights={"yes": True, "no": False}.get(row["open_weights"]),
        input_price=Decimal(row["input_price"]),
        cached_input_price=_decimal(row["cached_input_price"]),
        output_price=Decimal(row["output_price"]),
        event=row["event"],
        source=source_note(row, effective_from=seen_on),
    )


def source_note(row: CsvRow, *, effective_from: date | None = None) -> SourceNote:
    return SourceNote(
        label=row["source"],
        url=row.get("url") or None,
        as_of=date.fromisoformat(row["as_of"]),
        confidence=_confidence(row["confidence"]),
        effective_from=effective_from or _date(row.get("effective_from", "")),
        note=row["note"],
    )


def _confidence(text: str) -> Confidence:
    if text not in get_args(Confidence):
        raise ValueError(f"confidence is {text!r}; allowed: {', '.join(get_args(Confidence))}")
    return cast(Confidence, text)


def _rent_term(text: str) -> RentTerm:
    if text not in get_args(RentTerm):
        raise ValueError(f"rent term is {text!r}; allowed: {', '.join(get_args(RentTerm))}")
    return cast(RentTerm, text)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _float(text: str) -> float | None:
    return float(text) if text else None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
