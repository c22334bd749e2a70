"""Villages that the gazetteer proper lacks, looked up on disk order: the table is sorted and never parsed whole.

Data: GeoNames' postal codes (CC BY 4.0) in `villages.tsv`, built by `streams.reading.villages_build`.
"""

from functools import lru_cache
from pathlib import Path

from streams.reading.gazetteer_table import Entry
from streams.reading.spellings import key

TABLE = Path(__file__).parent / "villages.tsv"


@lru_cache(maxsize=1)
def _table() -> bytes:
    return TABLE.read_bytes()


def _first_line(data: bytes, wanted: bytes) -> int:
    """The offset of the first line not below `wanted`; comments begin with "#" and sort before every key."""
    low, high = 0, len(data)
    while low < high:
        middle = (low + high) // 2
        start = data.rfind(b"\n", low, middle) + 1 or low
        end = data.index(b"\n", middle) + 1
        if data[start:end] < wanted:
            low = end
        else:
            high = start
    return low


@lru_cache(maxsize=4096)
def villages(name: str) -> tuple[Entry, ...]:
    """The villages of that name, one a region, without id and population; none for a name the table lacks."""
    data, wanted = _table(), f"{key(name)}\t".encode()
    if len(wanted) < 5:
        return ()
    offset = _first_line(data, wanted)
    found = []
    while data.startswith(wanted, offset):
        end = data.index(b"\n", offset)
        _, canonical, region, country, latitude, longitude = data[offset:end].decode().split("\t")
        north = float(latitude) if latitude else None
        east = float(longitude) if longitude else None
        found.append(Entry(canonical, region, country, None, north, east, 0, "settlement"))
        offset = end + 1
    return tuple(found)
