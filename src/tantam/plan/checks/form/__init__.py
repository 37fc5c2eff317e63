"""What is written: in every language, and for something."""
