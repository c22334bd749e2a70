"""A worker whose reader fails on bulletins whose title holds FAILS_ON, by default on every bulletin.

python failing_reader.py worker --name NAME …
"""

import os
import sys

from schemas.records import Bulletin
from streams.cli import main
from streams.extraction import stage
from streams.reading.findings import Reading

MARK = os.environ.get("FAILS_ON", "")
READ = stage.read


def read_or_fail(bulletin: Bulletin) -> Reading:
    """What a bug in a rule would do."""
    if MARK in bulletin.title:
        raise ZeroDivisionError(f"a bug met {bulletin.bulletin_id}")
    return READ(bulletin)


stage.read = read_or_fail  # type: ignore[assignment]
main(sys.argv[1:])
