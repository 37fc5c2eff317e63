"""People: who is above whom, who may grant what, who is there when."""
