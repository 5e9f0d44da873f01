"""The REST interface under /api/v1: one class per operation, each with one call into operations or queries."""
