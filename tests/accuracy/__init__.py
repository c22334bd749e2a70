"""How well the reader reads: annotated texts, a score, floors under it, and what is still read wrongly."""
