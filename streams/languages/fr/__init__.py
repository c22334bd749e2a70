"""The French pack: lexicons as data, numerals, calendar, phrases of each stream; `finders.PACK` is its entry."""
