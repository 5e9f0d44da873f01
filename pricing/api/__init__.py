"""The catalogue over REST: public, read-only, as of any date, cacheable by ETag."""
