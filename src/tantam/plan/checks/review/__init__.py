"""The plan itself: who looks at it again, and when."""
