"""Logs of other systems read into history: a mapping says what their columns mean."""
