"""Checks of procedures: whether work can be stuck, whether every branch is covered, whether times fit."""
