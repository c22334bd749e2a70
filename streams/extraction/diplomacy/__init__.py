"""Diplomacy: from sentences to the reports of one bulletin."""
