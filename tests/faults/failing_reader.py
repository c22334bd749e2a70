"""A worker whose reader fails on every bulletin: python failing_reader.py worker --name NAME …"""

import sys

from schemas.records import Bulletin
from streams.cli import main
from streams.extraction import stage
from streams.reading.findings import Reading


def fail(bulletin: Bulletin) -> Reading:
    """What a bug in a rule would do."""
    raise ZeroDivisionError(f"a bug met {bulletin.bulletin_id}")


stage.read = fail  # type: ignore[assignment]
main(sys.argv[1:])
