"""Texts that a network approved beforehand: by these alone one writes to somebody who wrote too long ago."""
