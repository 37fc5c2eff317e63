"""Those who serve customers for the company: whose work is whose, and who looks at it."""
