"""What the tests stand on: the programs outside Python, a real PostgreSQL, a running desk, the rules' readers."""
