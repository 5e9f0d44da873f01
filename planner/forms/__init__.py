"""Forms: what a person types, read into the values a plan document holds, and written back the way they typed it."""
