"""What comes in by any channel: stored raw, acknowledged, then read; what cannot be read waits in the tray."""
