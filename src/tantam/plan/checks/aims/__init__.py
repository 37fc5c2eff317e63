"""Needs, goals and measures: whether anything can be judged."""
