"""What the plan commits to, and whether it keeps its word with itself."""
