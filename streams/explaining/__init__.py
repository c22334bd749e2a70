"""How one bulletin was read, for the person who doubts a figure: see `assembling.explanation_of`."""
