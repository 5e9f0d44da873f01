"""Pages of an organisation and its people."""
