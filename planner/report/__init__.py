"""The report: what a plan's outcome says, as tables, figures, sentences and notes. Pure: no Django, no rendering."""
