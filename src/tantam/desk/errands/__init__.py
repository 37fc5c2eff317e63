"""What providers are asked to do on a case, by when, and what came of it."""
