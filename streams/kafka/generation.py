"""A second generation: a whole installation beside the live one, under a longer prefix, fed with the live log.

Its `bulletins` stays empty: the records are copied into its `rereads`, each where its id belongs, so that it may have
another number of partitions and every record keeps the place in the log that it is known by.
"""

import re
import time
from dataclasses import replace

from streams import catalog
from streams.errors import UsageError
from streams.kafka.asking import in_batches, open_asker
from streams.kafka.installation import read_record
from streams.kafka.log import Log, Offsets, Span, open_log
from streams.kafka.progress import Progress, open_stand, wait_processed
from streams.kafka.rereads import origin_of, reread
from streams.kafka.settings import KafkaSettings
from streams.kafka.topic_list import INSTALLATION, RECORD, TOPICS, TopicNames
from streams.kafka.topics import delete_topics, ensure_topics, open_admin

BEHIND = "rebuild-"


async def begin(live: KafkaSettings, partitions: int) -> KafkaSettings:
    """The settings of the second generation: the one there is, else a new one with its topics."""
    found = await _prefixes(live)
    # Never a name that was there before: a group's offsets outlive its topics.
    prefix = found[-1] if found else f"{live.prefix}{BEHIND}{time.time_ns() // 1_000_000}-"
    await ensure_topics(live.bootstrap, prefix, None if found else partitions)
    return await find(live)


async def find(live: KafkaSettings) -> KafkaSettings:
    """The settings of the second generation; raises UsageError where there is none."""
    found = await _prefixes(live)
    recorded = await read_record(live.bootstrap, TopicNames(found[-1])) if found else None
    if recorded is None:
        raise UsageError("there is no second generation; make one with: bulletins rebuild")
    return replace(live, prefix=found[-1], partitions=recorded.partitions, installation=recorded.id, counts={})


async def _prefixes(live: KafkaSettings, *, whole: bool = True) -> list[str]:
    """The prefixes of the second generations there are, in the order of their making; not `whole`: remains too."""
    name = re.escape(INSTALLATION) if whole else ".*"
    ours = re.compile(f"({re.escape(live.prefix + BEHIND)}\\d+-){name}")
    async with open_admin(live.bootstrap) as admin:
        return sorted({match[1] for each in await admin.list_topics() if (match := ours.fullmatch(each))})


async def fill(live: KafkaSettings, second: KafkaSettings, progress: Progress | None = None) -> Offsets:
    """Copy what the second generation lacks of the live log; the offsets up to which it has it, by partition."""
    async with open_log(live) as log, open_log(second) as copies, open_asker(second, "rebuild") as asker:
        whole = await log.whole(catalog.BULLETINS)
        begin = whole.starts | {number: end for number, end in (await covered(copies)).items() if number in whole.ends}
        span = Span(begin, whole.ends)
        done = 0
        # In transactions: of what is bound for several partitions a kill would else leave what comes later alone.
        async for messages in in_batches(log.scan(catalog.BULLETINS, span)):
            await asker.ask([reread(each) for each in messages])
            done += len(messages)
            if progress is not None:
                progress(done, 2 * span.total)
    return whole.ends


async def covered(copies: Log) -> Offsets:
    """Up to which offset of each live partition the second generation has the records."""
    found: Offsets = {}
    async for message in copies.scan(catalog.REREADS, await copies.whole(catalog.REREADS)):
        origin = origin_of(message)
        found[origin.partition] = max(found.get(origin.partition, 0), origin.offset + 1)
    return found


async def processed(second: KafkaSettings, timeout_s: float, progress: Progress | None = None) -> None:
    """Wait until the second generation has worked off all it has; raises TimeoutError."""
    async with open_stand(second) as stand:
        targets = {catalog.REREADS: await stand.ends(catalog.REREADS)}
    await wait_processed(second, targets, timeout_s, progress)


async def drop(live: KafkaSettings) -> int:
    """Delete the topics of every second generation, and what a crash left of one; how many topics there were."""
    gone = 0
    for prefix in await _prefixes(live, whole=False):
        names = TopicNames(prefix)
        async with open_admin(live.bootstrap) as admin:
            # The record goes first: without it nobody takes the rest for a generation.
            for topics in ([RECORD], [topic for topic in TOPICS if topic != RECORD]):
                gone += await delete_topics(admin, [names.full(topic.name) for topic in topics])
    return gone
