"""Numbers of a French text."""
