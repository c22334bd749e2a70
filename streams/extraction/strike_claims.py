"""The claims of an item's strikes: their scope, day, kind, side and statements."""

from datetime import date

from schemas.enumerations import StrikeKind
from schemas.internal import Report
from schemas.records import Actor, Statement
from streams.extraction.attribution import Voices, voices_of
from streams.extraction.claims import Claim, ordered
from streams.extraction.strike_events import AIR, TOLL, UKRAINE, Day, ItemStrikes, Strike, Told
from streams.languages.fr.strike_scene import weapons_among
from streams.languages.fr.strike_sides import launcher, owner
from streams.languages.fr.strike_targets import targets_in
from streams.languages.fr.strike_units import strike_words
from streams.reading.document import Document
from streams.reading.tokens import tokenise

KINDS: dict[str, StrikeKind] = {
    "ballistic-missile": "missile",
    "cruise-missile": "missile",
    "missile": "missile",
    "drone": "drone",
    "glide-bomb": "glide-bomb",
    "artillery": "artillery",
    "rocket": "artillery",
    "mine": "explosion",
    "explosive": "explosion",
}
NAMES = {"RU": "Russie", "UA": "Ukraine"}


def claims_of(document: Document, found: ItemStrikes) -> list[Claim]:
    """The claims of an item's strikes; of a column or an interview only strikes told with place, day and figure."""
    voices = voices_of(document)
    _mark_totals(found)
    _once(found)
    claims = []
    shared = next(iter(found.days), None) or next((day for strike in found.strikes for day in strike.best_days()), None)
    for strike in found.strikes:
        if _is_told(document, strike) and not _heads_another(found, strike):
            claims.append(_claim(document, found, strike, shared, voices))
    return claims


def _is_told(document: Document, strike: Strike) -> bool:
    if not strike.figures:
        return strike.told and not _is_no_news(document)
    if strike.place is None and all(told.vague for told in strike.figures):
        return False
    return not _is_no_news(document) or (strike.place is not None and bool(strike.best_days()))


def _heads_another(found: ItemStrikes, strike: Strike) -> bool:
    """Whether only a title names its place, and the text tells the toll at another place of the same region."""
    if strike.figures or strike.place is None or any(s.section not in {"title", "headline"} for s in strike.sentences):
        return False
    region = strike.place.region
    return region is not None and any(
        other.figures and other.place is not None and other.place.region == region for other in found.strikes
    )


def _is_no_news(document: Document) -> bool:
    """Whether the title heads a column, an interview, an analysis."""
    words = strike_words()
    opening = tokenise(document.bulletin.title[:60])[:2]
    return any("genre.words" in words.tags(token.norm) for token in opening)


def _mark_totals(found: ItemStrikes) -> None:
    """A toll above those of places inside it is the text's own sum: scope `total`."""
    for strike in found.strikes:
        if strike.cumulative:
            continue
        _mark_air_totals(found, strike)
        parts = [part for part in found.within(strike) if any(told.found.measure in TOLL for told in part.figures)]
        mine = {told.found.measure for told in strike.figures} & TOLL
        if not mine or not parts or (len(parts) == 1 and not _exceeds(strike, parts[0])):
            continue
        for told in strike.figures:
            if told.found.measure in TOLL or told.found.measure == "attacks":
                told.scope = "total"
        if strike.place is None:
            country = next((part.place.country for part in parts if part.place is not None), "UA")
            strike.place = UKRAINE if country == "UA" else None


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
        if strike.national and told.found.measure in AIR and (told.found.measure, told.found.of) in shares:
            told.scope = "total"


def _exceeds(strike: Strike, part: Strike) -> bool:
    theirs = part.known
    return any(
        max(values) > max(theirs.get(key, {0}))
        for key, values in strike.known.items()
        if key[0] in TOLL and key[1] is None
    )


def _day_of(document: Document, strike: Strike, shared: Day | None) -> tuple[date | None, str]:
    if strike.cumulative:
        return None, "unknown"
    days = strike.best_days()
    if days:
        return days[0].day, days[0].precision
    if strike.background:
        return None, "unknown"
    if shared is not None:
        return shared.day, shared.precision
    if document.anchor is not None:
        return document.anchor, "day"
    return None, "unknown"


def _claim(document: Document, found: ItemStrikes, strike: Strike, shared: Day | None, voices: Voices) -> Claim:
    day, precision = _day_of(document, strike, shared)
    sentences = strike.sentences
    weapons = weapons_among(_weapons(strike))
    item = document.items[strike.item - 1]
    attacker = _attacker(strike)
    single = len(document.items) == 1
    in_headline = any(s.section == "headline" or (single and s.section == "title") for s in sentences)
    all_sentences = document.sentences_of(strike.item) if strike is found.main else sentences
    report = Report(
        item_id=f"{document.bulletin.bulletin_id}#{strike.item}",
        position=strike.item,
        stream="strike",
        kind=_kind(strike),
        status="occurred",
        summary=item.headline or (sentences[0].text if sentences else ""),
        occurred_on=day,
        date_precision="night" if precision == "night" else ("day" if day else "unknown"),
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
    if strike.place is not None and strike.place.country in {"UA", "RU"}:
        return "RU" if strike.place.country == "UA" else "UA"
    told = [side for scene in strike.scenes if (side := launcher(scene.units, None)) is not None]
    return told[0] if told else ("RU" if strike.national else None)


def _weapons(strike: Strike) -> frozenset[str]:
    """The lexicon classes of its weapons; of a strike told only by counts of weapons, those counted."""
    told = frozenset(strike.weapons or strike.more_weapons)
    if not told and strike.parent is not None and strike.parent is not strike:
        told = frozenset(strike.parent.weapons)
    counted = {KINDS.get(figure.found.of or "") for figure in strike.figures if figure.found.sort == "weapon"} - {None}
    if counted and all(figure.found.sort == "weapon" for figure in strike.figures):
        fitting = frozenset(weapon for weapon in told if KINDS.get(weapon) in counted)
        missing = counted - {KINDS[weapon] for weapon in fitting}
        return fitting | {kind for kind in missing if kind is not None}
    return told


def _kind(strike: Strike) -> StrikeKind:
    kinds = {KINDS[weapon] for weapon in _weapons(strike) if weapon in KINDS}
    if len(kinds) > 1:
        kinds.discard("explosion")
    if len(kinds) > 1:
        return "combined"
    return next(iter(kinds), "unspecified")


def _named_only(told: Told, strike: Strike) -> bool:
    """One victim singled out beside a toll that counts him: "une adolescente tuée", of seven dead."""
    if told.found.sort != "people" or told.found.of is not None or told.value != 1 or told.found.rule == "victim noun":
        return False
    return any(
        other.found.measure == told.found.measure and other.found.of is None and other.value > 1 and not other.vague
        for other in strike.figures
    )


def _statements(strike: Strike, attacker: str | None, voices: Voices) -> list[Statement]:
    statements = []
    launched = {(told.found.of, told.value) for told in strike.figures if told.found.measure == "launched"}
    sure = {(told.found.measure, told.found.of) for told in strike.figures if not told.vague}
    for told in strike.figures:
        if told.vague and (told.found.measure, told.found.of) in sure:
            continue
        if _named_only(told, strike):
            continue
        if told.found.measure == "hit" and (told.found.of, told.value) in launched:
            continue
        units, found = told.scene.units, told.found
        sentence = units.sentence
        side = None
        if found.sort == "weapon":
            side = told.side or strike.side or attacker
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
