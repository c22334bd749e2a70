"""The strikes of a bulletin: each place and its toll one claim, title, lead, headline and body joined."""

from streams.extraction.claims import Claim, Trace
from streams.extraction.strikes.claims import claims_of
from streams.extraction.strikes.events import ItemStrikes
from streams.extraction.strikes.items import ItemReader
from streams.extraction.strikes.live import agree_on_day, live_place
from streams.extraction.strikes.recalled import is_time_mark
from streams.extraction.strikes.routing import first_placed, of_this_war, war_told_from
from streams.languages.fr.strikes.words import wording_of
from streams.reading.document import Document


def extract(document: Document, trace: Trace) -> list[Claim]:
    """The claims of every strike that the bulletin tells, in the order of their first telling."""
    trace.stream = "strike"
    read: list[ItemStrikes] = []
    placed = first_placed(document)
    live = live_place(document)
    for item in document.items:
        sentences = document.sentences_of(item.position)
        if item.position == 1:
            sentences = [*document.sentences_of(0), *sentences]
        wordings = [wording_of(sentence) for sentence in sentences]
        named = war_told_from(wordings, placed)
        if named is None:
            trace.refuse(item.position, "another subject, an earlier war, or nobody of this war is named")
            continue
        found = ItemReader(document, item.position, trace, live).read(wordings)
        found.strikes = [
            strike for strike in found.strikes if of_this_war(found, strike, named) and not is_time_mark(strike)
        ]
        read.append(found)
    if live is not None:
        agree_on_day(read, live)
    return [claim for found in read for claim in claims_of(document, found)]
