"""The claims of an item's strikes: their scope, day, kind, side and statements."""

import re
from datetime import date
from itertools import takewhile

from schemas.internal import Report
from schemas.records import Actor, Place, Statement
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, ordered
from streams.extraction.strikes.belonging import ON_THE_GROUND
from streams.extraction.strikes.enrichment import fallen
from streams.extraction.strikes.events import AIR, TOLL, UKRAINE, ItemStrikes
from streams.extraction.strikes.kinds import kind_of, name_both_kinds, weapons_of
from streams.extraction.strikes.same_event import LONG_AGO
from streams.extraction.strikes.strike import Day, Strike, Told
from streams.extraction.strikes.sums import without_types
from streams.languages.fr.strikes.scene import weapons_among
from streams.languages.fr.strikes.sides import OTHER, holder, launcher, owner
from streams.languages.fr.strikes.targets import targets_in
from streams.languages.fr.strikes.words import strike_words
from streams.reading.document import Document
from streams.reading.tokens import tokenise

ELSEWHERE = 2
GROUND = re.compile(
    r"\b(?:ciel|territoire|sol|réseau(?: électrique| énergétique)?) ukrainien\b|\brégions (?:ukrainiennes|du pays)\b"
    r"|\b(?:sur|contre|vers|visé) (?:le|tout le|l['’]ensemble du) (?:pays|réseau)\b"
    r"|\b(?:sur|contre|visé)\b[^.;:]{0,60}"
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|plusieurs|\d+) régions\b"
)
RUSSIAN_GROUND = re.compile(r"\b(?:(?:territoire|sol) (?:russe|de la Russie|de la Fédération)|régions russes)\b")
RUSSIA = Place(name="Russie", canonical="Russie", country="RU", precision="country")
NAMES = {"RU": "Russie", "UA": "Ukraine"}


def claims_of(document: Document, found: ItemStrikes) -> list[Claim]:
    """The claims of an item's strikes; of a column or an interview only strikes told with place, day and figure."""
    voices = voices_of(document)
    _mark_totals(found)
    _name_countries(document, found)
    _once(found)
    fallen(found.strikes)
    claims = []
    no_news = bool(found.strikes) and _is_no_news(document)
    for strike in found.strikes:
        name_both_kinds(strike)
        without_types(strike)
        if _is_told(strike, no_news) and not _heads_another(found, strike):
            claims.append(_claim(document, found, strike, voices))
    return claims


def _name_countries(document: Document, found: ItemStrikes) -> None:
    """A count told without its country is of the one that the title names, or whose sky or ground it speaks of."""
    title = takewhile(lambda sentence: sentence.section == "title", document.sentences)
    named = any(mention.place.canonical == UKRAINE.canonical for sentence in title for mention in sentence.places)
    for strike in found.strikes:
        flown = strike.figures and all(told.found.sort == "weapon" for told in strike.figures)
        if strike.place is None and flown and not strike.cumulative:
            text = " ".join(scene.units.sentence.text for scene in strike.scenes)
            if RUSSIAN_GROUND.search(text) is not None and strike.side != "RU":
                strike.place = RUSSIA
            elif strike.side == "UA":
                continue
            elif named or GROUND.search(text) is not None:
                strike.place = UKRAINE


def _shared_day(found: ItemStrikes, strike: Strike, anchor: date | None) -> Day | None:
    """The day of the item's first fresh strike, for those told beside it without one; the other side's are apart."""
    country = strike.place.country if strike.place is not None else None
    dated = sorted(found.strikes, key=lambda each: all(day.rank >= ELSEWHERE for day in each.best_days()))
    for other in dated:
        theirs = other.place.country if other.place is not None else None
        if other.cumulative or other.background or (country and theirs and country != theirs):
            continue
        days = other.best_days()
        if days and (anchor is None or (anchor - days[0].day).days <= LONG_AGO):
            return days[0]
    return None


def _is_told(strike: Strike, no_news: bool) -> bool:
    if not strike.figures:
        told = strike.place is not None or any(scene.strikes for scene in strike.scenes)
        return strike.told and told and not no_news
    if strike.place is None and all(told.vague or told.found.measure == "detained" for told in strike.figures):
        return False
    return not no_news or (strike.place is not None and bool(strike.best_days()))


def _heads_another(found: ItemStrikes, strike: Strike) -> bool:
    """Whether only a title names its place, and the text tells the toll at another place of the same region."""
    if strike.place is None or any(s.section not in {"title", "headline"} for s in strike.sentences):
        return False
    region = strike.place.region
    return region is not None and any(
        other is not strike
        and other.figures
        and other.place is not None
        and other.place.region == region
        and all(told.value in other.known.get((told.found.measure, told.found.of), ()) for told in strike.figures)
        for other in found.strikes
    )


def _is_no_news(document: Document) -> bool:
    """Whether the title heads a column, an interview, an analysis."""
    words = strike_words()
    opening = tokenise(document.bulletin.title[:60])[:2]
    return any("genre.words" in words[token.norm].tags for token in opening)


def _mark_totals(found: ItemStrikes) -> None:
    """A toll above those of places inside it is the text's own sum: scope `total`."""
    for strike in found.strikes:
        if strike.cumulative:
            continue
        _mark_air_totals(found, strike)
        parts = [
            part
            for part in found.within(strike)
            if any(told.found.measure in TOLL for told in part.figures) and not _on_other_days(strike, part)
        ]
        mine = {told.found.measure for told in strike.figures} & TOLL
        if not mine or not parts or (len(parts) == 1 and not _exceeds(strike, parts[0])):
            continue
        for told in strike.figures:
            if told.found.measure in TOLL or told.found.measure == "attacks":
                told.scope = "total"
        if strike.place is None:
            country = next((part.place.country for part in parts if part.place is not None), "UA")
            strike.place = UKRAINE if country == "UA" else None


def _on_other_days(strike: Strike, part: Strike) -> bool:
    """Whether both are told with days of their own, none of them the same."""
    one, other = ({day.day for day in each.best_days() if day.rank < ELSEWHERE} for each in (strike, part))
    return bool(one and other) and one.isdisjoint(other)


def _once(found: ItemStrikes) -> None:
    """A national count of weapons that a headline's place has taken too stands with the country alone."""
    counted = {
        (told.found.measure, told.found.of, told.value)
        for strike in found.strikes
        if strike.national
        for told in strike.figures
        if told.found.measure in AIR
    }
    for strike in found.strikes:
        if not strike.national and counted:
            strike.figures = [
                told
                for told in strike.figures
                if told.scene.units.sentence.section == "body"
                or (told.found.measure, told.found.of, told.value) not in counted
            ]


def _mark_air_totals(found: ItemStrikes, strike: Strike) -> None:
    """A national count of drones with regional shares beside it is a total."""
    shares = {
        (part.found.measure, part.found.of)
        for other in found.within(strike)
        for part in other.figures
        if part.found.place_unit is not None or part.found.share
    }
    for told in strike.figures:
        if strike.national and told.found.measure not in TOLL and (told.found.measure, told.found.of) in shares:
            told.scope = "total"
            if strike.place is None and strike.side == "UA":
                strike.place = RUSSIA


def _exceeds(strike: Strike, part: Strike) -> bool:
    theirs = part.known
    return any(
        max(values) > max(theirs.get(key, {0}))
        for key, values in strike.known.items()
        if key[0] in TOLL and key[1] is None
    )


def _day_of(document: Document, found: ItemStrikes, strike: Strike) -> Day | None:
    if strike.cumulative:
        return None
    days = strike.best_days()
    if strike.period is not None and not days:
        return None
    framed = next(iter(found.days), None)
    if days and not (framed is not None and days[0].rank >= ELSEWHERE):
        return days[0]
    if strike.background:
        return None
    shared = framed if framed is not None else _shared_day(found, strike, document.anchor)
    if shared is not None:
        return shared
    return Day(ELSEWHERE, document.anchor, "day") if document.anchor is not None else None


def _claim(document: Document, found: ItemStrikes, strike: Strike, voices: Voices) -> Claim:
    told = _day_of(document, found, strike)
    sentences = strike.sentences
    weapons = weapons_among(weapons_of(strike))
    item = document.items[strike.item - 1]
    attacker = _attacker(strike)
    single = len(document.items) == 1
    in_headline = any(s.section == "headline" or (single and s.section == "title") for s in sentences)
    all_sentences = document.sentences_of(strike.item) if strike is found.main else sentences
    report = Report(
        item_id=f"{document.bulletin.bulletin_id}#{strike.item}",
        position=strike.item,
        stream="strike",
        kind=kind_of(strike),
        status="occurred",
        summary=item.headline or (sentences[0].text if sentences else ""),
        occurred_on=told.day if told is not None else None,
        occurred_until=told.until if told is not None else None,
        date_precision="unknown" if told is None else "night" if told.precision == "night" else "day",
        place=strike.place,
        actors=(Actor(name=NAMES[attacker], role="attacker", country=attacker),) if attacker else (),
        weapons=tuple(weapons),
        targets=targets_in([scene.units for scene in strike.scenes]),
        statements=ordered(_statements(strike, attacker, voices)),
        sources=voices.sources(all_sentences),
    )
    return Claim(report, in_headline, "a strike is told with its " + ("toll" if strike.figures else "place"))


def _attacker(strike: Strike) -> str | None:
    """Who struck: whom the text names beside the weapon or the strike, else the other side than the place's."""
    sides = [side for scene in strike.scenes if (side := owner(scene.units)) is not None]
    if sides:
        return sides[0]
    held = holder(strike.place) if strike.place is not None else None
    if held is not None:
        return OTHER[held]
    told = [side for scene in strike.scenes if (side := launcher(scene.units, None)) is not None]
    return told[0] if told else ("RU" if strike.national else None)


def _named_only(told: Told, strike: Strike) -> bool:
    """One victim singled out beside a toll that counts him: "une adolescente tuée", of seven dead."""
    if told.found.sort != "people" or told.found.of is not None or told.value != 1 or told.found.rule == "victim noun":
        return False
    return any(
        other.found.measure == told.found.measure and other.found.of is None and other.value > 1 and not other.vague
        for other in strike.figures
    )


def _is_part_of_count(told: Told, strike: Strike) -> bool:
    """ "214 attaques de drones et 151 tirs" of 388 told before: a sentence that shares a count out by weapon."""
    counts = [each for each in strike.figures if each.found.measure == "attacks" and not each.vague]
    beside = [each.value for each in counts if each.scene is told.scene]
    whole = max((each.value for each in counts if each.scene is not told.scene), default=0)
    return len(beside) > 1 and sum(beside) <= whole


def _statements(strike: Strike, attacker: str | None, voices: Voices) -> list[Statement]:
    statements = []
    launched = {(told.found.of, told.value) for told in strike.figures if told.found.measure == "launched"}
    sure = {(told.found.measure, told.found.of) for told in strike.figures if not told.vague}
    for told in strike.figures:
        if told.vague and (told.found.measure, told.found.of) in sure:
            continue
        if _named_only(told, strike) or (told.found.measure == "attacks" and _is_part_of_count(told, strike)):
            continue
        if told.found.measure == "hit" and (told.found.of, told.value) in launched:
            continue
        units, found = told.scene.units, told.found
        sentence = units.sentence
        side = None
        if found.sort == "weapon":
            side = told.side or strike.side or attacker
        elif found.of in ON_THE_GROUND and attacker is not None:
            side = OTHER[attacker]
        statements.append(
            sentence.statement(
                units[found.first].start,
                units[found.last].end,
                found.measure,
                found.quantity,
                of=found.of,
                side=side,
                scope=told.scope,
                attributed_to=voices.speaker(sentence),
                revision=found.revision,
            )
        )
    return statements
