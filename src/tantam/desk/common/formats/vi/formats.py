"""Vietnamese groups thousands: 8.990.000. Django's formats name the separators, but not the groups."""

NUMBER_GROUPING = 3
