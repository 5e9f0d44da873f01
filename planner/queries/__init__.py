"""Reads, and the only place where it is decided who may see or change what."""
