"""The second wall: PostgreSQL itself hides rows of other organisations (see docs/security.md).

Each tenant table has a policy that compares `organisation_id` with the setting `danegeld.organisation` of the session.
This backend keeps that setting equal to the scope the code is in, before every statement. Forgetting a filter in the
code then shows nothing foreign; forgetting the scope shows nothing at all.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from config.postgresql.scope import serves_requests, wanted_organisation

SETTING = "danegeld.organisation"
IMPATIENT = "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
"""Milliseconds a request may wait for the database; longer, and it answers 503 instead of holding its thread."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Sends the setting when it differs from what the session has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: str | None = None
        self.execute_wrappers.append(self._tell_organisation)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._told = None
        if serves_requests():
            conn_params = {**conn_params, "options": f"{conn_params.get('options', '')} {IMPATIENT}".strip()}
        return super().get_new_connection(conn_params)

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # the stubs leave Django's inner methods out
        # What was set inside the transaction is undone with it.
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # as above
        self._told = None

    def _tell_organisation(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        wanted = wanted_organisation()
        if wanted != self._told:
            # Past Django's cursor: this statement belongs neither to the log nor to anybody's count of queries.
            with self.wrap_database_errors:
                self.connection.execute("SELECT set_config(%s, %s, false)", (SETTING, wanted))
            self._told = wanted
        return execute(sql, params, many, context)
