"""The pages of the customers."""
