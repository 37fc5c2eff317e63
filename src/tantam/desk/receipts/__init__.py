"""What became of what we sent, as networks tell: it reached them, they read it, or it was lost."""
