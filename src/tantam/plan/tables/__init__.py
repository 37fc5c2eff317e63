"""The table and expression language of the plan: reading, typing, deciding."""
