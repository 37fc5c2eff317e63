"""A web store's own policy held against what was really right: its orders, and the requests that its tasks settle."""
