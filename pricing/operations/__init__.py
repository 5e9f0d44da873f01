"""Writes: the catalogue's load, imports of price lists, and an organisation's price book."""

from pricing.operations.catalogue import add_rows, catalogue_load, revision_add
from pricing.operations.corrections import TooManyProposals, correction_propose
from pricing.operations.daily import import_daily
from pricing.operations.imports import (
    AlreadyDecided,
    VerifiedIsKept,
    differences_accept,
    differences_refuse,
    import_accept_plain,
    import_compare,
)
from pricing.operations.price_book import EndsBeforeItBegins, PriceBookConflict, price_book_add, price_book_end
from pricing.operations.verify import NothingToVerify, price_verify

__all__ = [
    "AlreadyDecided",
    "EndsBeforeItBegins",
    "NothingToVerify",
    "PriceBookConflict",
    "TooManyProposals",
    "VerifiedIsKept",
    "add_rows",
    "catalogue_load",
    "correction_propose",
    "differences_accept",
    "differences_refuse",
    "import_accept_plain",
    "import_compare",
    "import_daily",
    "price_book_add",
    "price_book_end",
    "price_verify",
    "revision_add",
]
