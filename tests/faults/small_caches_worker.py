"""A worker whose caches are full after a few hundred bulletins: python small_caches_worker.py worker …

What its memory still grows by is kept by mistake.
"""

import sys

from rocksdict import Cache, WriteBufferManager

from streams.cli import main
from streams.kafka import store, tables

tables.HOT_ROWS = 50
store.READ_CACHE = Cache(2 * store.MEGABYTE)
store.WRITE_BUFFERS = WriteBufferManager(8 * store.MEGABYTE, False)
store.WRITE_BUFFER_BYTES = store.MEGABYTE // 2
main(sys.argv[1:])
