"""Strikes: from sentences to the reports of one bulletin."""
