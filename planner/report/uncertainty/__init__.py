"""The simulated half of a report: how sure the verdict is, what it hangs on, and what is worth finding out.

`findings` is what a study leaves behind (small, stored with the run); every other module turns it into report items.
"""
