"""What can be said of a procedure without running it: whether it is sound, and where its steps stand in a picture."""
