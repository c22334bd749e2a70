"""`bulletins tail`: a topic from an offset, a time or a day, as NDJSON."""

import asyncio
import sys
from datetime import date
from typing import Any

import click
import orjson

from streams import catalog
from streams.commands import moments
from streams.commands.connecting import kafka_settings
from streams.errors import UsageError
from streams.kafka.log import Log, Offsets, Span, open_log
from streams.kafka.outputs import Incoming
from streams.kafka.topic_list import TOPICS
from streams.printing import line
from streams.settings import Settings, common


@click.command()
@click.argument("topic")
@click.option("--from-beginning", is_flag=True, help="From the first message that is held.")
@click.option("--from-offset", multiple=True, metavar="N|P:N", help="From an offset of every partition, or of one.")
@click.option("--from-time", metavar="TIME", help="From a record's time, as 2025-02-04T10:00:00+02:00.")
@click.option("--from-day", metavar="DAY", help="Only bulletins published, or events counted, on or after a day.")
@click.option("--max", "most", type=click.IntRange(min=1), help="At most so many messages.")
@click.option("--follow", is_flag=True, help="Go on waiting for new messages; else end at the end seen at the start.")
@common
def tail(settings: Settings, **options: Any) -> int:
    """Messages of a topic as NDJSON: topic, partition, offset, timestamp, key, headers, value.

    \b
    Example:  bulletins tail strikes --from-beginning
              bulletins tail bulletins --from-offset 2:100 --max 10
              bulletins tail daily-figures --follow
    Without a start it begins at the end, which is of use only with --follow.
    Exit codes: 0 done; 2 usage, or no Kafka to talk to.
    """
    return asyncio.run(_tail(settings, **options))


async def _tail(settings: Settings, *, topic: str, most: int | None, follow: bool, **start: Any) -> int:
    known = [each.name for each in TOPICS]
    if topic not in known:
        raise UsageError(f"there is no topic {topic!r}; there are: {', '.join(known)}")
    first_day = None if start["from_day"] is None else moments.day(start["from_day"])
    shown = 0
    async with open_log(await kafka_settings(settings)) as log:
        whole = await log.whole(topic)
        starts = await _starts(log, topic, whole, **start)
        async for message in log.scan(topic, Span(starts, whole.ends), follow=follow):
            if first_day is not None and not _on_or_after(topic, message, first_day):
                continue
            line(row(message))
            if follow:
                sys.stdout.flush()
            shown += 1
            if most is not None and shown >= most:
                break
    return 0


async def _starts(
    log: Log,
    topic: str,
    whole: Span,
    *,
    from_beginning: bool,
    from_offset: tuple[str, ...],
    from_time: str | None,
    from_day: str | None,
) -> Offsets:
    if from_time is not None:
        return await log.since(topic, moments.time_ms(from_time), whole.ends)
    if from_offset:
        return offsets_of(from_offset, whole)
    return whole.starts if from_beginning or from_day is not None else whole.ends


def offsets_of(wanted: tuple[str, ...], whole: Span) -> Offsets:
    """Offsets from words such as "100" (every partition) or "2:100", kept within what the topic holds."""
    named: Offsets = {}
    every: int | None = None
    for text in wanted:
        partition, _, offset = text.rpartition(":")
        if not offset.isdigit() or (partition and not partition.isdigit()):
            raise UsageError(f"{text!r} is no offset; write N for every partition or P:N for one")
        if not partition:
            every = int(offset)
        elif int(partition) not in whole.starts:
            raise UsageError(f"there is no partition {partition}; there are 0 to {max(whole.starts)}")
        else:
            named[int(partition)] = int(offset)
    others = whole.ends if every is None else dict.fromkeys(whole.ends, every)
    chosen = {number: named.get(number, others[number]) for number in whole.ends}
    return {number: min(max(chosen[number], whole.starts[number]), end) for number, end in whole.ends.items()}


def row(message: Incoming) -> dict[str, Any]:
    """A message as it is printed; a value that is no JSON stands as text, with what is no UTF-8 replaced."""
    return {
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "timestamp": message.timestamp_ms,
        "key": None if message.key is None else message.key.decode(errors="replace"),
        "headers": {name: (value or b"").decode(errors="replace") for name, value in message.headers},
        "value": _value(message.value),
    }


def _value(value: bytes | None) -> Any:
    if value is None:
        return None
    try:
        return orjson.loads(value)
    except orjson.JSONDecodeError:
        return value.decode(errors="replace")


def _on_or_after(topic: str, message: Incoming, first_day: date) -> bool:
    value = _value(message.value)
    field = "published_on" if topic == catalog.BULLETINS else "day"
    day = value.get(field) if isinstance(value, dict) else None
    return isinstance(day, str) and day >= first_day.isoformat()
