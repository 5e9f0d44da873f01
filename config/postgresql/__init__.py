"""Django's PostgreSQL backend, telling the server for which organisation each statement is meant."""
