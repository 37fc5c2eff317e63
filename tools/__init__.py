"""What the people who build Tantam use, and what its build calls; no part of the package."""
