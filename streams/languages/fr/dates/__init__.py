"""Days of a French text."""
