"""AI assistants as supervised providers: whom each may serve, what it did, and what it wrote for people to approve."""
