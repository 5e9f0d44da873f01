"""Forms of the price pages."""
