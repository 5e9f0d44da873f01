"""Where a number comes from: the one note that travels with it to every page, sheet and answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Confidence = Literal["found", "verified", "unsourced"]
"""`found`: read in the named source. `verified`: a person checked it there. `unsourced`: recalled, no source at hand;
every page that shows such a number says so."""

Origin = Literal["catalogue", "price_book"]
"""`price_book`: an organisation's own contract price, which wins over the catalogue and says so."""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The source of one record.

    `as_of` is the date the source was read or published, not the date from which the number holds: that is
    `effective_from`, which is None where the source doesn't say since when.
    """

    label: str
    url: str | None
    as_of: date
    confidence: Confidence
    effective_from: date | None = None
    note: str = ""
    origin: Origin = "catalogue"

    def age_in_days(self, today: date) -> int:
        """Days since the source was read; never negative."""
        return max(0, (today - self.as_of).days)
