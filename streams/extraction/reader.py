"""One bulletin read: items routed to their streams, and a report for each event they tell."""

from collections.abc import Mapping, Sequence

from schemas.enumerations import ItemStream
from schemas.internal import Report
from schemas.records import Bulletin, Item
from streams.extraction.claims import Claim, Extractor, Trace
from streams.extraction.diplomacy import extracting as diplomacy
from streams.extraction.personnel import extracting as personnel
from streams.extraction.strikes import extracting as strikes
from streams.languages import LANGUAGES, pack_of
from streams.languages.lexicon import fingerprint
from streams.reading.document import Document, build
from streams.reading.findings import Reading
from streams.reading.items import ItemText

EXTRACTORS: tuple[Extractor, ...] = (strikes.extract, personnel.extract, diplomacy.extract)
NOTHING = "no rule of the three streams found an event in it"


def extractor_version(language: str = "fr") -> str:
    """Name, version and data of what reads a language: "fr-rules/0.1.0+1a2b3c4d"; the hash covers the overlay too."""
    pack = pack_of(language)
    return f"{pack.version}+{fingerprint(pack.language)}" if pack else f"none/{language}"


def read(bulletin: Bulletin, *, explain: bool = False) -> Reading:
    """The items and reports of one bulletin; with `explain` also what each rule kept and passed over.

    A withdrawn bulletin says nothing. In an unknown language every item is `other`, with that reason.
    """
    if bulletin.withdrawn:
        return Reading((), ())
    pack = pack_of(bulletin.language)
    if pack is None:
        return Reading((_unread(bulletin),), ())
    document = build(bulletin, pack)
    trace = Trace(explain)
    claims = [claim for extract in EXTRACTORS for claim in extract(document, trace)]
    told: dict[int, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.report.position, []).append(claim)
    items = tuple(_item(document, item, told.get(item.position, ())) for item in document.items)
    reports: Sequence[Report] = sorted((claim.report for claim in claims), key=_first_told)
    findings = tuple(sorted(trace.findings, key=lambda each: (each.section != "title", each.start, each.end)))
    return Reading(items, tuple(reports), findings, tuple(trace.refusals))


def _first_told(report: Report) -> tuple[int, int, int]:
    first = report.statements[0] if report.statements else None
    return report.position, 0 if first is None or first.section == "title" else 1, first.start if first else 0


def _unread(bulletin: Bulletin) -> Item:
    return Item(
        item_id=f"{bulletin.bulletin_id}#1",
        bulletin_id=bulletin.bulletin_id,
        position=1,
        headline=bulletin.title,
        lead=None,
        body=bulletin.text,
        start=0,
        end=len(bulletin.text),
        stream="other",
        reason=f"no language pack reads {bulletin.language!r}; there are packs for: {', '.join(sorted(LANGUAGES))}",
    )


def _item(document: Document, item: ItemText, claims: Sequence[Claim]) -> Item:
    text = document.bulletin.text
    stream, reason = _route(claims)
    return Item(
        item_id=f"{document.bulletin.bulletin_id}#{item.position}",
        bulletin_id=document.bulletin.bulletin_id,
        position=item.position,
        headline=item.headline,
        lead=" ".join(text[start:end] for start, end in item.lead) or None,
        body=text[item.body_start : item.end].strip(),
        start=item.start,
        end=item.end,
        stream=stream,
        reason=reason,
    )


def _route(claims: Sequence[Claim]) -> tuple[ItemStream, str]:
    """The main stream of an item's claims: told by the headline, then with most statements, then told first."""
    if not claims:
        return "other", NOTHING
    weights: dict[ItemStream, tuple[bool, int]] = {}
    for claim in claims:
        told, statements = weights.get(claim.report.stream, (False, 0))
        weights[claim.report.stream] = (told or claim.in_headline, statements + len(claim.report.statements) + 1)
    main = max(weights, key=lambda stream: weights[stream])
    chosen = [claim for claim in claims if claim.report.stream == main]
    told_by = next((claim for claim in chosen if claim.in_headline), chosen[0])
    others = _others(weights, main)
    where = "in the headline" if told_by.in_headline else "in the text"
    return main, f"{told_by.rule} ({where}){others}"


def _others(weights: Mapping[ItemStream, tuple[bool, int]], main: ItemStream) -> str:
    rest = [stream for stream in weights if stream != main]
    return f"; also tells of {' and '.join(rest)}" if rest else ""
