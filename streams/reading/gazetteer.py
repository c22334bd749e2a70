"""Places of a text: settlements, regions and countries, namesakes decided by the regions and countries told near them.

Small places and names that are also words need a locative before them ("à Reni", "le village de Bar") or another place
in the same list. Ukraine goes before Russia unless the context says Russia. What the gazetteer lacks gives no mention
here; `guess_place` takes a capitalised name that a preposition makes a place.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from schemas.records import Place
from streams.languages.fr.levelling import level
from streams.languages.lexicon import lexicon, read_again
from streams.languages.pack import PlaceMention
from streams.reading.gazetteer_table import Entry, Gazetteer, gazetteer
from streams.reading.namesakes import SMALL, Found, decide
from streams.reading.place_phrases import capitals, waters
from streams.reading.spellings import key, plain
from streams.reading.villages import villages

CAPITAL = r"[A-ZÀ-ÖØ-ÞŒŠŽČА-ЯІЇЄҐ]"
NAME = re.compile(rf"{CAPITAL}\w*(?:['’ʼ-][^\W\d_]+)*")
NEXT_WORD = re.compile(r"[ \u00a0-](?P<word>[^\W\d_][\w'’ʼ-]*)")
LIST_GAP = re.compile(r"(?:,| et| ou|, et| puis| ainsi que)?(?: (?:à|de|d'|du|des|en|sur|vers))? ?'?")
LARGE_VILLAGE = 4000
WITH_ARTICLE = (" le ", " du ", " au ", "\nle ", "\ndu ", "\nau ")
LONGEST_HEAD = 40

SLAVIC_PLACE = re.compile(
    r"(?:[iïeoy]vka|nka|chka|tchka|lka|t?sk[eéi]?|hrad|grad|horod|gorod|pol[eé]?|pil|[iïo]vtsi|[yi]ntsi|[yi]chtche"
    r"|nny|rny|[oei]v[eo]|[yi]n[eoé]|iany|chtchyna|hirka|pillia|[iy]vsk[eé]|jj?ia)$"
)
NO_PLACES = frozenset(
    ("Dieu", "Allah", "Noël", "Pâques", "Instagram", "Telegram", "Facebook", "Twitter", "Meta", "Google")
)
GUESS = re.compile(
    r"(?<!\w)(?:(?:villages?|localités?|bourgs?|bourgade|communes?|hameaux?|hameau|villes?|colonie|cité)"
    r"(?: [^\W\d_]+)? (?:de |d'|du )"
    r"|(?:à|près de|près d'|vers|autour de|autour d'|aux abords de|en direction de|non loin de|au-dessus de"
    r"|au-dessus d'"
    r"|(?:au|à) (?:nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest) (?:de |d')|à l'(?:est|ouest) (?:de |d')"
    r"|(?:gare|pont|café|école|église|salle des fêtes|centre|dépôt|marché|hôpital|lycée|habitants|rues|hauteur|secteur"
    r"|environs|périphérie|entrée|sortie|frappe|attaque|bombardement|drame|village voisin|maire|aérodrome|silo|ferme"
    r"|élévateur|moulin|cimetière|centrale|barrage|carrière|base|usine|port|terminal|raffinerie|sous-station|mairie"
    r"|maternité|collège|gymnase|parc|plage|prison|colonie|immeuble|maison|ateliers|entrepôt|poste|mine|communauté"
    r"|district|loisirs|vacances|repos|blessés|victimes|morts|habitante?|grand-rue|rue principale) (?:de |d')) ?)$"
)
STREET = re.compile(
    r"(?<!\w)(?:rue|avenue|boulevard|square|impasse|chaussée|perspective|faubourg) (?:de la |de |d'|du )$"
)
# What befell the place that is the sentence's subject: "Bilozerka a été pilonnée", "Stanislav a essuyé".
BEFALLEN = re.compile(
    r",? (?:a|avait|aurait) (?:encore |aussi |de nouveau |également )?(?:été (?:encore |aussi |de nouveau |également )?"
    r"(?:bombardée?|pilonnée?|visée?|frappée?|attaquée?|ciblée?|canonnée?|secouée?|ravagée?|dévastée?|prise? pour cible"
    r"|la cible|touchée?)(?!\w)|essuyé|subi|enduré|encaissé|reçu (?!l|d))|,? (?:subit|essuie|endure)(?!\w)"
)
MOST_WORDS = 3
# What GUESS and STREET end in: most names have none of these before them.
BEFORE_GUESS = (" de ", "d'", " du ", "à ", "\nà ", " vers ")
BEFORE_STREET = (" de ", "d'", " du ", " la ")


@dataclass(slots=True)
class _Words:
    locative: tuple[str, ...]
    region: re.Pattern[str]
    capital: re.Pattern[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    phrases: re.Pattern[str]
    leads: tuple[str, ...]
    waters: tuple[str, ...]
    over: re.Pattern[str]
    launched: re.Pattern[str]
    doubtful: frozenset[str]


@read_again
@lru_cache(maxsize=1)
def _known() -> _Words:
    tables = lexicon("fr", "places")
    region = "|".join(re.escape(word) for word in sorted(tables["region"]["words"], key=len, reverse=True))
    nouns = tables["not_a_place"]
    return _Words(
        locative=tuple(
            f"{lead}{word}" if word.endswith("'") else f"{lead}{word} "
            for word in tables["locative"]["words"]
            for lead in (" ", "\n", "(", "«", "'", '"')
        ),
        region=re.compile(rf"(?<!\w)(?P<word>{region})(?: (?!de )[^\W\d_]{{4,}})?(?: de la | de | d'| du | )$"),
        capital=re.compile(r"(?<!\w)(?:la |sa )?capitale (?P<adjective>[^\W\d_]+(?:-[^\W\d_]+)?)"),
        not_after=frozenset(nouns["after"]),
        not_before=frozenset(nouns["before"]),
        phrases=re.compile("|".join(re.escape(phrase) for phrase in nouns["phrases"])),
        leads=tuple(f"{phrase.rpartition(' ')[0]} " for phrase in nouns["phrases"]),
        waters=tuple(nouns["waters"]),
        over=re.compile("|".join(tables["sea"]["over"])),
        launched=re.compile("|".join(tables["sea"]["launched"])),
        doubtful=frozenset(plain(word) for word in tables["doubtful"]["words"]),
    )


def find_places(text: str) -> list[PlaceMention]:
    """Every settlement, region and country of `text` the gazetteer knows, sorted, none overlapping another."""
    known, words, levelled = gazetteer(), _known(), level(text)
    found: list[Found] = []
    for match in NAME.finditer(text):
        start = match.start()
        if start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            continue
        if text[start + 1 : start + 2] in {"'", "’"}:
            start += 2  # "L’Ukraine"
        if found and start < found[-1].end:
            continue
        name = _longest_name(text, start, match.end(), known)
        each = (
            _candidate(text, levelled, start, name, found, known, words)
            if name is not None
            else _unknown(text, levelled, start, match.end(), found, words)
        )
        if each is not None:
            found.append(each)
    found.extend(capitals(levelled, known, words.capital))
    found.extend(waters(levelled, words.over, words.launched))
    found.sort(key=lambda each: each.start)
    decide(levelled, found)
    return [PlaceMention(f.start, f.end, f.entry.place(text[f.start : f.end])) for f in found if f.entry is not None]


@lru_cache(maxsize=16384)
def _first_key(word: str) -> tuple[str, str]:
    return plain(word).partition(" ")[0], key(word).partition(" ")[0]


def _longest_name(text: str, start: int, end: int, known: Gazetteer) -> str | None:
    """The longest name from `start` that the gazetteer has; None where it has none."""
    first = text[start:end]
    plain_first, key_first = _first_key(first)
    words = max(known.longest.get(plain_first, 0), known.longest.get(key_first, 0))
    if not words:
        return None
    ends = [end]
    while len(ends) < words and (more := NEXT_WORD.match(text, ends[-1])) is not None:
        ends.append(more.end())
    for last in reversed(ends):
        name = text[start:last]
        if known.knows(name):
            return name
    return None


def _candidate(
    text: str, levelled: str, start: int, name: str, found: list[Found], known: Gazetteer, words: _Words
) -> Found | None:
    """The name as a region, a country or a settlement with its namesakes; None where it is no place here."""
    end = start + len(name)
    head = (
        "\n" + levelled[max(0, start - LONGEST_HEAD) : start]
        if start <= LONGEST_HEAD
        else levelled[start - LONGEST_HEAD : start]
    )
    if _is_other_name(text, levelled, start, end, head, found, words):
        return None
    country, region = known.country(name), known.region(name)
    listed = bool(found) and found[-1].end <= start and LIST_GAP.fullmatch(levelled[found[-1].end : start]) is not None
    if country is not None:
        return Found(start, end, [country])
    if region is not None and (lead := words.region.search(head)) is not None:
        if lead["word"].endswith("s"):
            return Found(start, end, [region], plural=True)
        return Found(start - (len(head) - lead.start()), end, [region])
    if region is not None and listed and found[-1].plural:
        return Found(start, end, [region], plural=True)
    settlements = known.settlements(name)
    if not settlements:
        return Found(start, end, [region]) if region is not None else None
    if head.endswith(WITH_ARTICLE) and not any(each.geoname_id is None for each in settlements):
        return None  # "le Dnipro" is the river
    strong = any(each.known or each.population >= SMALL for each in settlements)
    if not strong and any(each.population >= LARGE_VILLAGE for each in settlements):
        strong = SLAVIC_PLACE.search(levelled, start, end) is not None
    if not strong:
        settlements.extend(villages(name))
    doubtful = plain(name) in words.doubtful
    if doubtful and (follows := NEXT_WORD.match(text, end)) is not None and follows["word"][0].isupper():
        return None
    if not strong or doubtful:
        placed = (
            head.endswith(words.locative)
            or listed
            or (not doubtful and levelled.startswith((" :", " (", ","), end))
            or BEFALLEN.match(levelled, end) is not None
        )
        if not placed:
            return None
    return Found(start, end, settlements)


def _unknown(text: str, levelled: str, start: int, end: int, found: list[Found], words: _Words) -> Found | None:
    """A village that the gazetteer proper lacks: a locative before it or a settlement in the same list.

    It is one of the table of villages, or has a Slavic ending.
    """
    head = levelled[max(0, start - LONGEST_HEAD) : start]
    gap = levelled[found[-1].end : start] if found else ""
    listed = bool(gap) and LIST_GAP.fullmatch(gap) is not None and found[-1].candidates[0].precision == "settlement"
    if not (
        listed
        or (head.endswith(BEFORE_GUESS) and GUESS.search(head) is not None)
        or BEFALLEN.match(levelled, end) is not None
    ):
        return None
    ends = [end]
    while len(ends) < MOST_WORDS and (after := NEXT_WORD.match(text, ends[-1])) and after["word"][0].isupper():
        ends.append(after.end())
    named = villages(text[start : ends[-1]])
    if named and not (len(ends) == 1 and plain(text[start:end]) in words.doubtful):
        return Found(start, ends[-1], list(named))
    if len(ends) > 1 or SLAVIC_PLACE.search(levelled, start, end) is None:
        return None
    return Found(start, end, [Entry(text[start:end], None, "", None, None, None, 0, "settlement")])


def _is_other_name(
    text: str, levelled: str, start: int, end: int, head: str, found: list[Found], words: _Words
) -> bool:
    """Whether the name belongs to a club, a paper or a person: "New York Times", "Dynamo Kyiv", "Oleh Lysak"."""
    after = NEXT_WORD.match(levelled, end)
    if after is not None and after["word"] in words.not_before:
        return True
    before = head.rstrip(" ").rpartition(" ")[2].rpartition("\n")[2].lstrip("(«\"'")
    if head.endswith(words.waters) or (head.endswith(BEFORE_STREET) and STREET.search(head) is not None):
        return True
    if before in words.not_after and head.endswith(" "):
        return True
    if words.phrases.match(levelled, start) is not None:
        return True
    if head.endswith(words.leads) and words.phrases.search(
        levelled, start - LONGEST_HEAD if start > LONGEST_HEAD else 0, end
    ):
        return True
    if not head.endswith(" ") or not before or not before[-1].isalnum():
        return False
    begin = start - 1 - len(before)
    written = text[begin : start - 1]
    if not written[:1].isupper() or written.isupper() or len(written) < 3 or (found and found[-1].end == start - 1):
        return False
    opening = (
        begin == 0
        or text[begin - 1] in '\n«"('
        or text[max(0, begin - 2) : begin] in {". ", "! ", "? ", "• ", "- ", "– "}
    )
    return not opening and written.lower() not in {"région", "oblast", "ville", "village", "près"}


def guess_place(text: str, start: int, end: int) -> Place | None:
    """A place the gazetteer lacks: the capitalised name `text[start:end]` after "à", "près de", "le village de".

    Region and country are those of the nearest region told before it, else after it; None where nothing makes it one.
    """
    levelled = level(text)
    if (
        text[start:end] in NO_PLACES
        or not text[start:end][:1].isupper()
        or GUESS.search(levelled[max(0, start - LONGEST_HEAD) : start]) is None
    ):
        return None
    regions = [mention for mention in find_places(text) if mention.place.precision == "region"]
    before = [mention for mention in regions if mention.end <= start]
    near = before[-1] if before else regions[0] if regions else None
    return Place(
        name=text[start:end],
        canonical=text[start:end],
        region=near.place.region if near is not None else None,
        country=near.place.country if near is not None else None,
        precision="settlement",
    )
