"""Bounds of a chat that several rooms hold."""

MOST_TEXT = 5000  # characters of one message
