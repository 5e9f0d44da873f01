"""Tables of an answer over HTTP, for tools that read addresses: CSV, JSON and Parquet."""
