"""What telephone systems tell of calls: signed, stored as it came, then noted."""
