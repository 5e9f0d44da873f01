"""Dated prices and hardware facts, their history, and where prices go. Never imports `planner`."""
