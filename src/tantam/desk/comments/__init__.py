"""What stands in public under what the company posts: who wrote it, what became of it, and how we answered."""
