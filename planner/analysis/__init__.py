"""Questions asked of a plan by evaluating it many times: break-evens, timing, uncertainty, what moved the answer.

PURE, above `planner.assembly` and below `planner.report`. The mathematics of each method lives in the engine; these
modules say which leaves of the document vary and gather what comes back.
"""
