"""Calls on the telephone: what is known of each, who is owed a call back, and who is calling whom just now."""
