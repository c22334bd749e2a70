"""Which of several places of one name a text means: by the regions and countries told near it, then by size."""

import math
import re
from bisect import bisect_right

from msgspec import Struct
from msgspec.structs import replace

from streams.reading.gazetteer_table import Entry
from streams.reading.spellings import key

SMALL = 15_000
NEAR = 400


class Found(Struct, gc=False):
    """A name in the text with what it may be; `entry` is set once namesakes are decided."""

    start: int
    end: int
    candidates: list[Entry]
    entry: Entry | None = None
    plural: bool = False


def decide(levelled: str, found: list[Found]) -> None:
    """Sets the entry of each name: by the nearest region, the countries told near, then size and spelling."""
    for each in found:
        if len(each.candidates) == 1 and (each.candidates[0].known or each.candidates[0].population >= SMALL):
            each.entry = each.candidates[0]
    anchors = [each for each in found if each.entry is not None and each.entry.precision in {"region", "country"}]
    starts = [each.start for each in anchors]
    towns = [each for each in found if each.entry is not None and each.entry.precision == "settlement"]
    town_starts = [each.start for each in towns]
    for each in found:
        if each.entry is None:
            near = _nearest(levelled, each, anchors, starts)
            if len(each.candidates) > 1:
                near_towns = _nearest(levelled, each, towns, town_starts)
                told = near + [(town, apart) for town, apart in near_towns if apart > 1]
                best = max(each.candidates, key=lambda entry: _worth(entry, each, told, levelled))
                if best.geoname_id is None and not best.known and not any(best.region == at.region for at, _ in told):
                    best = _somewhere(best, each.candidates)
            else:
                best = each.candidates[0]
            each.entry = _in_region(best, levelled[each.start : each.end], near)


def _somewhere(entry: Entry, candidates: list[Entry]) -> Entry:
    """A village of several of its name, of which nothing near tells which: its country alone, if they share one."""
    country = entry.country if all(each.country == entry.country for each in candidates) else ""
    return replace(entry, region=None, country=country, latitude=None, longitude=None)


def _in_region(entry: Entry, name: str, near: list[tuple[Entry, int]]) -> Entry:
    """A small place moved to the region that its sentence names, as another of that name which the gazetteer lacks."""
    told = {(region.canonical, region.country) for region, apart in near if region.precision == "region" and apart == 3}
    if entry.known or entry.population >= SMALL or not told or any(region == entry.region for region, _ in told):
        if entry.country:
            return entry
        told = {(region.region or "", region.country) for region, _ in near[:1]}
    region, country = next(iter(told)) if len(told) == 1 else ("", entry.country)
    return replace(
        entry, region=region or entry.region, country=country, geoname_id=None, latitude=None, longitude=None
    )


def _nearest(levelled: str, each: Found, anchors: list[Found], starts: list[int]) -> list[tuple[Entry, int]]:
    """(region or country, closeness 3 in the sentence to 1 in the text), the two before and the two after."""
    index = bisect_right(starts, each.start)
    near = []
    for anchor in anchors[max(0, index - 2) : index + 2]:
        low, high = sorted((anchor.end, each.start))
        between = levelled[low:high] if high - low < NEAR else ""
        apart = 1 if high - low >= NEAR or "\n" in between else 2 if re.search(r"[.!?] ", between) else 3
        if anchor.entry is not None:
            near.append((anchor.entry, apart))
    return near


def _worth(entry: Entry, each: Found, near: list[tuple[Entry, int]], levelled: str) -> float:
    worth = 6 * math.log10(entry.population + 10)
    if key(entry.canonical) == key(levelled[each.start : each.end]):
        worth += 8
    if entry.known:
        worth += 10
    if entry.country == "UA":
        worth += 20
    for region, apart in near:
        if region.precision == "settlement":
            if region.region == entry.region and region.country == entry.country:
                worth += 8 * apart
        elif region.precision == "region" and region.canonical == entry.region and region.country == entry.country:
            worth += 25 * apart
        elif region.country == entry.country and region.country != "UA":
            worth += 8 * apart
    return worth
