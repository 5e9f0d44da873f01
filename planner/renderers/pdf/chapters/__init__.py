"""The chapters of the board report: each turns a part of the report into plain data, or None where it has nothing."""
