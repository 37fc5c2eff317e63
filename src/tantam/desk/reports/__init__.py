"""Figures for the company: what history/ measured, beside what the plan aims at."""
