"""Finding the model one pays for: a search in the catalogue, for the third question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from planner.renderers.formats import format_date, format_price
from pricing.catalogue import ApiPricesRecord
from pricing.queries import catalogue_of

SHOWN: Final = 12
_OFTEN_USED: Final = (
    "openai/gpt-6.1-terra",
    "openai/gpt-5.4-mini",
    "anthropic/claude-opus-5-5",
    "anthropic/claude-sonnet-5-5",
    "anthropic/claude-haiku-5-5",
    "google/gemini-3.8-flash",
    "google/gemini-3.1-pro-preview",
    "together/openai/gpt-oss-120b",
    "deepseek/deepseek-chat",
)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model as the list shows it."""

    id: str
    name: str
    provider: str
    prices: str


@dataclass(frozen=True, slots=True)
class Found:
    """The models shown, and how many there are."""

    models: tuple[ModelChoice, ...]
    found: int


@require_safe
def model_search(request: HttpRequest) -> HttpResponse:
    """The list of models for what was typed so far, as a fragment."""
    search, chosen = request.GET.get("search", "")[:100], request.GET.get("model", "")[:200]
    found = models_found(search, chosen)
    context = {"models": found.models, "found": found.found, "search": search.strip(), "chosen": chosen}
    return render(request, "planner/models.html", context)


def models_found(search: str, chosen: str) -> Found:
    """Models whose id or name holds every word of ``search``; the chosen one always comes first."""
    known = {record.id: record for record in catalogue_of(timezone.localdate()).all_api_prices()}
    wanted = search.lower().split()
    if wanted:
        hits = [record for record in known.values() if all(word in _searched(record) for word in wanted)]
        hits.sort(key=lambda record: _rank(record, wanted))
    else:
        hits = [known[model] for model in _OFTEN_USED if model in known]
    first = [known[chosen]] if chosen in known else []
    shown = [*first, *(record for record in hits if record.id != chosen)][:SHOWN]
    return Found(tuple(map(_choice, shown)), len(hits))


def _searched(record: ApiPricesRecord) -> str:
    return f"{record.id} {record.name} {record.provider}".lower()


def _rank(record: ApiPricesRecord, wanted: list[str]) -> tuple[bool, bool, int, list[tuple[int, str]]]:
    """Models in sale first, names that begin as typed, makers before resellers (shorter ids), new versions first."""
    begins = record.name.lower().startswith(wanted[0])
    pieces = re.findall(r"[0-9]+|[^0-9]+", record.name.lower())
    newest_first = [(-int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces]
    return record.deprecated, not begins, record.id.count("/"), newest_first


def _choice(record: ApiPricesRecord) -> ModelChoice:
    prices = f"${format_price(float(record.input_price)).text} in, ${format_price(float(record.output_price)).text} out"
    return ModelChoice(record.id, record.name, record.provider, f"{prices} · {format_date(record.source.as_of)}")
