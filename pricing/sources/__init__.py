"""Importers. They file differences for a person or a rule to accept; they never overwrite."""
