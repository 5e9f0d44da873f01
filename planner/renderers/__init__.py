"""Renderers lay out and format a Report; none of them does arithmetic on results."""
