"""Writes: each function is one thing a person or a worker does, named `entity_action`, in one transaction."""
