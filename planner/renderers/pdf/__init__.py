"""The board report and its one-page companions as PDF, set by Typst in a child process (docs/report.md).

A report becomes plain data first (`document`), then pages (`typeset`). The Typst sources in ``templates/pdf`` are fixed
files; what users wrote reaches them as JSON and is never read as their language.
"""
