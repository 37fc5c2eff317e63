"""Files of other programs as columns and rows of text, whatever they are written in. Knows no customer."""
