"""How well conversations went: some of those that ended are drawn by the plan, and looked at by its form."""
