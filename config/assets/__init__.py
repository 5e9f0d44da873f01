"""Front-end parts and fonts, taken out of the installed packages instead of being committed.

`manage.py build_assets` writes them below `build/`; `hashes.json` beside this file says what must come out. A package
that brings something else than what was looked at stops the build.
"""
