"""The chat's window: what a visitor's browser asks and is told, behind a token that opens one conversation."""
