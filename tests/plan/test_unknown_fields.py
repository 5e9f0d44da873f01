"""A field the plan does not know is refused, and the nearest name suggested."""

import pytest

from tests.plan.documents import changed, only_error


@pytest.mark.parametrize(
    ("pointer", "near"),
    [
        ("/finance/discount_rat", "discount_rate"),
        ("/finance/horizon", "horizon_months"),
        ("/workloads/0/input_token", "input_tokens"),
        ("/options/2/primary/gpu_per_replica", "gpus_per_replica"),
        ("/options/3/develop/0/uplit", "uplift"),
        ("/options/3/primary/model/layer", "layers"),
        ("/market/gpu_rents", "gpu_rent"),
        ("/market/open_api/floor/utilization", "utilisation"),
        ("/scenario", "scenarios"),
    ],
)
def test_it_suggests_the_nearest_name(pointer: str, near: str) -> None:
    error = only_error(changed(pointer, 1))
    assert (error.code, error.pointer) == ("unknown_field", pointer)
    assert f"did you mean '{near}'?" in error.message


def test_it_says_where_it_is_by_id() -> None:
    error = only_error(changed("/options/2/team/0/hedcount", 3))
    assert error.path == "options.fine-tuned-7b.team.ml.hedcount"
    assert error.message == "options.fine-tuned-7b.team.ml has no field 'hedcount'; did you mean 'headcount'?"


def test_it_suggests_nothing_where_nothing_is_near() -> None:
    assert only_error(changed("/finance/xyzzy", 1)).message == "finance has no field 'xyzzy'."


def test_a_name_of_a_hundred_thousand_letters_is_refused_as_quickly() -> None:
    assert only_error(changed("/finance/" + "x" * 100_000, 1)).code == "unknown_field"
