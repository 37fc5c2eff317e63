"""The space of cases that a table's conditions speak of, cut into boxes and searched; knows no plan and no sentence."""
