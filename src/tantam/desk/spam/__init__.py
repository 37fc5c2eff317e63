"""Tells spam from what people bring: a score with its because, learned from what colleagues mark."""
