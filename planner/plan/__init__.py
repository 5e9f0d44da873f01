"""The plan document: what is asked. Pure (pydantic, numpy, scipy); no Django.

`document` is the schema, `quantity` a number or a range, `fields` the one walk over every leaf that forms, API
documentation, workbook and sensitivity analysis read.
"""
