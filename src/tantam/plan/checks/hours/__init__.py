"""Hours: whether anybody can come in, and whether what is promised fits them."""
