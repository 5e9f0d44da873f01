"""Time for leases: only ever the database's clock, because the clocks of workers disagree."""

from datetime import timedelta

from django.db.models import DateTimeField, Expression, ExpressionWrapper, Value
from django.db.models.functions import Now


def seconds_from_now(seconds: float) -> Expression:
    """Return the database expression for now plus so many seconds; negative seconds lie in the past."""
    # SQLite compares times as text and writes a sum with six digits, now with three: at the very same millisecond
    # "now plus nothing" would count as later than now.
    if not seconds:
        return Now()
    return ExpressionWrapper(Now() + Value(timedelta(seconds=seconds)), output_field=DateTimeField())
