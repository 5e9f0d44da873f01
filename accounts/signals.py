"""Moments other rooms may listen to; accounts knows none of them."""

from django.dispatch import Signal

signed_up = Signal()
"""Sent inside the sign-up's transaction with `user`, `organisation` and `request`, after both are stored.

The planner uses it to turn the visitor's draft into a plan of the new organisation. The request's session still holds
what the visitor left in it.
"""
