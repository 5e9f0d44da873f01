"""Where answers come from: an API that is paid by the token, a model hosted on GPUs, or another option's API."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from planner.plan.api_supply import ApiSupply
from planner.plan.hosted_supply import HostedSupply
from planner.plan.leaf import text
from planner.plan.part import Part, Slug

Supply = Annotated[ApiSupply | HostedSupply, Discriminator("kind")]


class SupplyReference(Part):
    """The primary supply of another option, by that option's id. It must be an API."""

    supply: Annotated[
        Slug, text("Supply of option", kind="reference", about="Id of the option whose primary API is used.")
    ]


def _backup_shape(value: Any) -> str:
    if isinstance(value, SupplyReference):
        return "~named"
    return "~named" if isinstance(value, dict) and "supply" in value else "~inline"


BackupSupply = Annotated[
    Annotated[SupplyReference, Tag("~named")] | Annotated[ApiSupply, Tag("~inline")], Discriminator(_backup_shape)
]

__all__ = ["ApiSupply", "BackupSupply", "HostedSupply", "Supply", "SupplyReference"]
