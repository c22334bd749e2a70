"""Rows of state as years of work would leave them, made fast: one strike, reconciled, told anew of other days."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from streams.extraction.stage import Origin
from streams.kafka.tables import ENCODER
from streams.pipeline import Pipeline
from tests.generating import TOWNS
from tests.installation import bulletin
from tests.texts import strike

FIRST_DAY = date(2022, 2, 24)
DAYS = 1500
Row = tuple[str, bytes, bytes, str, str]


def events_of_years(count: int) -> Iterator[Row]:
    """Block, telling, event, bulletin id and event id of `count` events, some 4 KB each, spread over four years."""
    rng = random.Random(count)
    pipeline = Pipeline()
    title, text = strike("Izioum", "Kharkiv", "lundi 3 mars", 3, 21)
    pipeline.feed(bulletin("BULLETIN", title, text, published_on="2024-03-04"), Origin("bulletins", 0, 0))
    [row] = pipeline.blocks.all_events()
    [first] = pipeline.blocks.tellings.groups()
    telling = ENCODER.encode(pipeline.blocks.tellings.get(first, "BULLETIN")).decode()
    event = ENCODER.encode(row).decode()
    regions = sorted({region for _, region in TOWNS})
    for number in range(count):
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        block = f"strike|UA|{regions[number % len(regions)]}|{day}"
        bulletin_id, event_id = f"agence/{number}", f"{number:020x}"
        yield (
            block,
            telling.replace(first, block).replace("BULLETIN", bulletin_id).encode(),
            event.replace(row.event.event_id, event_id)
            .replace("BULLETIN", bulletin_id)
            .replace("2024-03-03", str(day))
            .encode(),
            bulletin_id,
            event_id,
        )
