"""A flat table as the bytes of a file: CSV for spreadsheets, JSON for programs, Parquet for warehouses."""
