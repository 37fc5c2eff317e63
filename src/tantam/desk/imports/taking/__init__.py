"""Takes in what a source tells: the same again changes nothing, whoever brings it."""
