"""The plan in an editor: what is wrong with it as one types, what a name means, what may stand here."""
