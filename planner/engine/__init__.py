"""The financial model as pure numpy: arrays in, arrays out.

Nothing here knows the plan document, the catalogue or Django. `case` says what is asked, `evaluate` computes it,
`outcome` says what comes back. Each module has a page in `docs/model/`.
"""
