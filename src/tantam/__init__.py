"""Tantam runs a company's customer service plan."""

__version__ = "0.1.0"
