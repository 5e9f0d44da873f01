"""What a random plan may contain."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Features:
    """Switches; all on by default. API supplies are always there."""

    rented: bool = True
    owned: bool = True
    development: bool = True
    silicon: bool = True
    tax: bool = True
    serving_cost: bool = True
    commitments: bool = True


EVERYTHING = Features()
API_AND_RENTED = Features(owned=False, development=False, silicon=False, tax=False)
API_ONLY = Features(rented=False, owned=False, development=False, silicon=False, tax=False)
