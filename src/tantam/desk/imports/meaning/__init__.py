"""What the columns of a file mean: mappings, built-in ones among them, and each row as what it tells."""
