"""A worker on a disk where no file can grow beyond some bytes: python full_disk.py BYTES worker …"""

import resource
import sys

from streams.cli import main
from streams.kafka.store import Store

OPEN = Store.open


def open_on_a_full_disk(self: Store) -> int:
    """The real one, and then the limit: what was there can still be read."""
    offset = OPEN(self)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    return offset


Store.open = open_on_a_full_disk  # type: ignore[method-assign]
main(sys.argv[2:])
