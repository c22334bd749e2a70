"""Counts the events of each day: `python consumer.py localhost:9092 [TOPIC,TOPIC,… [follow]]`; needs aiokafka alone."""

import asyncio
import json
import sys
from collections import Counter

from aiokafka import AIOKafkaConsumer

COUNTS_AS = {"occurred": "events", "ongoing": "events", "announced": "expected", "postponed": "expected"}


def show(events):  # withdrawn, cancelled and merged ones are no events of the day, nor is what tells only totals
    days = Counter()
    for event in events.values():
        told = "merged" if event["merged_into"] else COUNTS_AS.get(event["status"], event["status"])
        scopes = {figure["scope"] for figure in event["figures"]}
        days[event["day"], event["stream"], told if not scopes or "event" in scopes else "totals"] += 1
    rows = [{"day": day, "stream": stream, told: count} for (day, stream, told), count in sorted(days.items())]
    sys.stdout.write("".join(json.dumps(row) + "\n" for row in rows))


async def main(kafka, topics="strikes,military-personnel,diplomacy", follow=""):
    options, seen, events = {"auto_offset_reset": "earliest", "isolation_level": "read_committed"}, set(), {}
    async with AIOKafkaConsumer(*topics.split(","), bootstrap_servers=kafka, **options) as consumer:
        ends = await consumer.end_offsets(consumer.assignment())
        while follow or any([await consumer.position(each) < end for each, end in ends.items()]):
            batch = await consumer.getmany(timeout_ms=500)
            for record in [record for records in batch.values() for record in records]:
                ce_id, event = dict(record.headers)["ce_id"], json.loads(record.value)
                if ce_id not in seen and event["revision"] >= events.get(event["event_id"], event)["revision"]:
                    events[event["event_id"]] = event  # the highest revision wins, not the highest offset
                seen.add(ce_id)  # a repeat has the ce_id of the first
            if follow and batch:
                show(events)
    show(events)


asyncio.run(main(*sys.argv[1:]))
