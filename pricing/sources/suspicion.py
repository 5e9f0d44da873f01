"""PURE. What looks wrong in a price before anybody trusts it.

The rules come from errors that were found in public price lists: text-davinci-003 at a tenth of its price, a Claude
Instant likewise, Llama 3.1 405B at the price of a 70B model, Gemini priced per character, per-token prices under a
per-million heading, zeros as placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices

TOO_DEAR = Decimal(1000)
TOO_CHEAP = Decimal("0.001")
JUMP = Decimal(5)
TEN_WITHIN = Decimal("0.05")
CHARACTERS_PER_TOKEN = (Decimal(3), Decimal(5))
MUCH_LARGER = 3

_DATE = re.compile(r"20\d\d-\d\d-\d\d|20\d{6}|[01]\d[0-3]\d")
_SIZE = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d)?)b(?![a-z])")


def suspicions(
    record: ApiPricesRecord, *, known: Iterable[TokenPrices] = (), peers: Sequence[ApiPricesRecord] = ()
) -> list[str]:
    """Sentences on what looks wrong; none if nothing does.

    `known`: prices of the same model stored or seen before. `peers`: other models of the same provider.
    """
    known = list(known)
    reasons = _in_itself(record.prices)
    for before in known:
        reasons += _against_before(record.prices, before)
    reasons += _against_peers(record, peers)
    reasons += _alias(record, known, peers)
    return list(dict.fromkeys(reasons))


def _in_itself(prices: TokenPrices) -> list[str]:
    reasons = []
    if prices.input_price == 0 or prices.output_price == 0:
        reasons.append("A price is zero: free of charge, or a placeholder? No price is left empty, never zero.")
    for name, price in (("Input", prices.input_price), ("Output", prices.output_price)):
        if price > TOO_DEAR:
            reasons.append(f"{name} costs {price} per million tokens, more than any model: is it per billion?")
        if 0 < price < TOO_CHEAP:
            reasons.append(f"{name} costs {price} per million tokens: is it a price per token or per thousand?")
    cached = prices.cached_input_price
    if cached is not None and cached > prices.input_price:
        reasons.append("Cached input costs more than input.")
    return reasons


def _against_before(now: TokenPrices, before: TokenPrices) -> list[str]:
    ratios = [
        new / old
        for new, old in ((now.input_price, before.input_price), (now.output_price, before.output_price))
        if new > 0 and old > 0
    ]
    for ratio in ratios:
        if _is_ten(ratio):
            return [f"A price is {_times(ratio)} one known before: a slipped decimal point?"]
    if ratios and all(CHARACTERS_PER_TOKEN[0] <= 1 / ratio <= CHARACTERS_PER_TOKEN[1] for ratio in ratios):
        return ["All prices are about a quarter of those known before: are they per character?"]
    if any(ratio >= JUMP or ratio <= 1 / JUMP for ratio in ratios):
        return [f"A price is {_times(max(ratios, key=lambda r: max(r, 1 / r)))} one known before."]
    return []


def _against_peers(record: ApiPricesRecord, peers: Sequence[ApiPricesRecord]) -> list[str]:
    reasons = []
    for peer in peers:
        if peer.id == record.id:
            continue
        if _are_siblings(record.model, peer.model) and _all_ten(record.prices, peer.prices):
            reasons.append(f"Every price is exactly ten times off those of {peer.id}: a slipped decimal point?")
        if _same(record.prices, peer.prices) and _is_much_larger(record.model, peer.model):
            reasons.append(f"It costs the same as {peer.id}, a much smaller model: a placeholder?")
    return reasons


def _alias(record: ApiPricesRecord, known: Sequence[TokenPrices], peers: Sequence[ApiPricesRecord]) -> list[str]:
    """A name that means another model from time to time: its price may be the last one's, or it may have moved on."""
    if record.model.lower().endswith("-latest"):
        moved = any(_pair(before) != _pair(record.prices) for before in known)
        return ["The name means another model from time to time: is it a new price, or a new model?"] if moved else []
    dated = _dated(record, peers)
    same = [peer for peer, _day in dated if _same(peer.prices, record.prices)]
    newest = _newest(dated)
    if newest is None or not same or _same(newest.prices, record.prices):
        return []
    return [f"It costs what {same[0].id} does and not what {newest.id} does: is the undated name's price out of date?"]


def _dated(record: ApiPricesRecord, peers: Iterable[ApiPricesRecord]) -> list[tuple[ApiPricesRecord, str]]:
    """The provider's models of this name with a date after it, and the date: gpt-4o-2024-08-06 of gpt-4o."""
    begin = f"{record.model.lower()}-"
    named = [(peer, peer.model.lower().removeprefix(begin)) for peer in peers if peer.model.lower().startswith(begin)]
    return [(peer, rest) for peer, rest in named if _DATE.fullmatch(rest)]


def _newest(dated: Sequence[tuple[ApiPricesRecord, str]]) -> ApiPricesRecord | None:
    """The newest of them; where dates have no year, the cheapest, since a name's prices have fallen so far."""
    if not dated:
        return None
    if all(len(day) > len("0125") for _peer, day in dated):
        return max(dated, key=lambda pair: pair[1].replace("-", ""))[0]
    return min(dated, key=lambda pair: _pair(pair[0].prices))[0]


def _pair(prices: TokenPrices) -> tuple[Decimal, Decimal]:
    return prices.input_price, prices.output_price


def parameters_in_name(model: str) -> float | None:
    """Billions of parameters a name speaks of: 405 for llama-3.1-405b."""
    found = _SIZE.findall(model.lower())
    return float(found[0]) if found else None


def _is_much_larger(model: str, peer: str) -> bool:
    """Whether both are of one family, and the names say that the first is at least three times the size."""
    size, other = parameters_in_name(model), parameters_in_name(peer)
    return bool(size and other and size >= MUCH_LARGER * other and _family(model) == _family(peer))


def _family(model: str) -> str:
    """The name up to its size: llama-3.1- for llama-3.1-405b-reasoning."""
    return _SIZE.split(model.lower())[0]


def _are_siblings(one: str, other: str) -> bool:
    """Names of which one begins the other, up to a version: claude-instant-1 and claude-instant-1.2.

    Versions beside each other (haiku-4-5, haiku-5-5) don't count: there a tenth of the price has been real.
    """
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    if not shorter or shorter == longer or not longer.startswith(shorter):
        return False
    return re.fullmatch(r"[-.\d]+", longer.removeprefix(shorter)) is not None


def _same(one: TokenPrices, other: TokenPrices) -> bool:
    return (one.input_price, one.output_price) == (other.input_price, other.output_price) and one.input_price > 0


def _all_ten(one: TokenPrices, other: TokenPrices) -> bool:
    pairs = ((one.input_price, other.input_price), (one.output_price, other.output_price))
    return all(a > 0 and b > 0 and a / b in (Decimal(10), Decimal("0.1")) for a, b in pairs)


def _is_ten(ratio: Decimal) -> bool:
    return any(abs(r / power - 1) <= TEN_WITHIN for r in (ratio, 1 / ratio) for power in (10, 100, 1000, 1_000_000))


def _times(ratio: Decimal) -> str:
    return f"{ratio:.1f} times" if ratio >= 1 else f"1/{1 / ratio:.1f} of"
