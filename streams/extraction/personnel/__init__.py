"""Military personnel: from sentences to the reports of one bulletin."""
