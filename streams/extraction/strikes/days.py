"""Which day a sentence gives a strike: its own before that of a saying, of a later death or of a new count."""

import re
from datetime import date, timedelta

from streams.extraction.strikes.context import WEEK, anchors, counted_then, opens_span
from streams.extraction.strikes.strike import Day, Strike
from streams.languages.fr.dates.words import COUNTS
from streams.languages.fr.strikes.afterwards import is_count_day, is_search
from streams.languages.fr.strikes.scene import Scene, single_day
from streams.languages.fr.strikes.units import Units

MOST_DAYS = 200
ONE_DAY = timedelta(days=1)
LONGEST_COUNT = 60
UNITS_OF_TIME = {"jour": 1, "jours": 1, "semaine": 7, "semaines": 7}
LONGEST_SPAN = 9
SHORT = 8
LONGEST_DEATH = 16
LONGEST_OPENING = 4
OWNED = frozenset(("de", "du", "d'"))
SINCE = frozenset(("depuis", "dès"))
COUNTED = frozenset(
    (
        "voilà", "voici", "décompte", "arrêté", "arrêtés", "comptait", "comptaient", "compte", "comptabilisé",
        "actualisé", "provisoire", "chiffre", "chiffres", "publié", "diffusé", "resté", "restés",
    )
)  # fmt: skip
ACCORDING = frozenset(("selon", "d'après", "d'"))
HOSPITAL = frozenset(
    (
        "hôpital", "hospitalisé", "hospitalisée", "hospitalisés", "hospitalisées", "blessures", "réanimation", "soins",
        "brûlures", "succombé", "succombe", "succombait", "clinique",
    )
)  # fmt: skip
ONE_SUCH = frozenset(("celle", "celui", "celles", "ceux"))
FIRE = frozenset(("incendie", "feu", "sinistre", "s'est", "est", "incendies"))
BEFELL = re.compile(
    r"(?:tué|blessé|fauché|touché|frappé|visé|bombardé|pilonné|détruit|endommagé|éventré|soufflé|incendié|ravagé|attaqué"
    r"|percuté|ciblé|brûlé|mutilé|assassiné|dévasté|démoli|rasé|abattu|foudroyé|effondré|atteint|incendié)e?s?"
)
HAPPENED = frozenset(
    (
        "mené", "menée", "menés", "menées", "survenu", "survenue", "survenus", "survenues", "commis", "commise",
        "commises", "perpétré", "perpétrée", "perpétrées", "intervenu", "intervenue", "conduite", "conduites",
        "produit", "produite", "produites", "opérée", "effectué", "effectuée", "effectuées", "déclenchée", "datant",
    )
)  # fmt: skip


def add_days(strike: Strike, scene: Scene, touched: list[Strike], anchor: date | None) -> None:
    """Add the days that a sentence gives a strike, with what they are worth; `touched` are all that it tells of."""
    alone = len(touched) == 1
    since = _elapsed(scene, anchor) if alone and "après" in scene.units.sentence.text else None
    if since is not None:
        strike.days.append(Day(-1, since, "day"))
        return
    if not scene.days or len(strike.days) >= MOST_DAYS:
        return
    units = scene.units
    counts = [told.found for told in strike.figures if told.scene is scene]
    segments = {units[figure.number].segment for figure in counts}
    several = len({single_day(mention) for _, mention, _reporting in scene.days}) > 1 and not alone
    dated = bool(strike.days) and len(strike.scenes) > 1
    for index, mention, reporting in scene.days:
        segment = units[index].segment
        near = segment in segments
        if not (alone or near):
            continue
        day = single_day(mention)
        if units.norm(index - 1) in OWNED and units.norm(index - 2) in ONE_SUCH and dated:
            continue  # "celle de dimanche n'avait fait aucune victime": another strike than the one told
        if day is None:
            first, last = mention.first, mention.last
            if last is not None and any("nuit" in units.norm(position) for position in range(index - 4, index)):
                strike.days.append(Day(0, last, "night"))  # "pendant la nuit passée, du 2 au 3 septembre"
                continue
            told = mention.precision == "day" and first is not None and last is not None
            if told and first and last and 0 < (last - first).days < LONGEST_SPAN and not opens_span(scene, index):
                strike.days.append(Day(2, first, "day", until=last))
            continue
        if opens_span(scene, index) or (several and not is_nearest(scene, index, strike, touched)):
            continue
        told = any(units[position].segment == segment for position in scene.strikes)
        if _is_morrow(units, index):
            strike.days.append(Day(-1, day - ONE_DAY, "day"))
            continue
        rank = _rank(scene, index, reporting, near or bool(segments), told)
        if counts and all(counted_then(scene, figure) for figure in counts):
            rank = 3
        rank = 3 if is_count_day(units, index) else rank
        if units.norm(index - 1) in SINCE:
            if anchor is None or (anchor - day).days > WEEK:
                continue
            rank = 2
        distance = min((abs(position - index) for position in scene.strikes), default=0) if told else 0
        if rank < 0:
            numbers = [each.found.number for each in strike.figures if each.scene is scene]
            distance = min((abs(number - index) for number in numbers), default=0) if len(scene.days) > 1 else 0
        strike.days.append(Day(rank, day, mention.precision, distance))


def take_pending(strike: Strike, before: Scene) -> None:
    """What the sentence before told without place or toll: "Mardi, 15 h.", "Des drones ont surgi du brouillard."."""
    strike.more_weapons.update(*before.weapons.values())
    if "debris" in before.units.where and not strike.weapons:
        strike.more_weapons.add("engine")
    for index, mention, reporting in before.days:
        day = single_day(mention)
        if day is not None and not reporting and before.units.norm(index - 1) not in SINCE:
            strike.days.append(Day(2, day, mention.precision))


def is_pending(scene: Scene) -> bool:
    """Whether a sentence that tells of no strike yet may belong to the next one: it has a weapon, or is a mere date."""
    short = len(scene.units) <= SHORT and scene.units.sentence.section == "body"
    opens = bool(scene.days) and scene.days[0][0] == 0 and scene.units.norm(1) == ","  # "Dimanche, sur le quai, …"
    dated = (bool(scene.days) and short) or opens or tells_when(scene)
    return dated or bool(scene.weapons or scene.strikes or scene.harm)


def tells_when(scene: Scene) -> bool:
    """ "C'était mercredi", "Il était 8 heures, mardi": it dates what was told before it, or is told after it."""
    units = scene.units
    opens = units.norm(0) == "c'" or (units.norm(0) in {"il", "on"} and units.norm(1) in {"était", "approchait"})
    if len(units) <= SHORT and any(index == 0 for index, _, _reporting in scene.days):
        return not units.tells("aux")  # "Vendredi 24 octobre, vers 21 heures."
    return opens and any(index <= LONGEST_OPENING + 4 for index, _, _reporting in scene.days)


def framing_days(scene: Scene, opening: bool) -> list[Day]:
    """The days that a sentence sets for the whole item: an opening's night, or "au cours de la journée d'hier"."""
    framed = []
    for index, mention, reporting in scene.days:
        day = single_day(mention)
        whole = any(scene.units.norm(position) == "journée" for position in range(index - 3, index))
        if day is not None and not reporting and ((mention.precision == "night" and opening) or whole):
            framed.append(Day(0, day, mention.precision))
    return framed


def _rank(scene: Scene, index: int, reporting: bool, near: bool, told: bool) -> int:
    units = scene.units
    broke_out = any(
        units.norm(position).startswith("déclaré") and units.norm(position - 1) in FIRE
        for position in range(index - 3, index)
    )
    if _befell_then(units, index):
        return -1
    if (reporting and not broke_out) or _is_announcement(units, index) or _is_later(units, index):
        return 3
    owned = units.norm(index - 1) in OWNED
    if owned and (units.stands("strike.noun", index - 3, index - 1) or units.norm(index - 2) in ONE_SUCH):
        return -1
    before = index - 1
    if before >= 0 and (units[before].has("strike.verb", "air.hit") or units.norm(before) in HAPPENED):
        return -1
    if "heures" in units.norm(index):
        return 2
    if owned or (near and told):
        return 0
    return 1 if near or told else 2


def _befell_then(units: Units, index: int) -> bool:
    """ "Les personnes tuées lundi", "l'internat atteint dimanche soir": a participle right before the day owns it."""
    if index == 0 or not units[index - 1].has("strike.verb", "harm", "fate.killed", "fate.injured"):
        return False
    unit = units[index - 1]
    word = units.sentence.text[unit.start : unit.end].lower().rpartition(" ")[2]
    return BEFELL.fullmatch(word) is not None


def _is_announcement(units: Units, index: int) -> bool:
    """ "Mercredi, le gouverneur a annoncé": the day of who speaks; "mercredi, a indiqué X," is the event's."""
    if units.norm(index + 1) != "," or (index and units[index - 1].kind != "sign"):
        return False
    if index + 2 >= len(units) or units[index + 2].has("aux", "scene.said"):
        return False
    said = next((position for position in units.where.get("scene.said", ()) if position > index + 2), None)
    if said is None or units[said].part != units[index + 2].part or units.norm(said) in ACCORDING:
        return False
    told = units.units[index + 2 : said]
    return not any(each.has("fate", "victim", "strike", "harm", "weapon") or each.quantity for each in told)


def _is_later(units: Units, index: int) -> bool:
    """Whether the day is that of a new count, or of the death of one who had been wounded before."""
    if units.norm(index - 1) in OWNED:
        return False
    if _succumbed(units, index):
        return True
    part = units[index].part
    for position in range(max(0, index - 4), min(len(units), index + 4)):
        unit = units[position]
        if position == index or unit.part != part:
            continue
        if unit.has("scene.change", "scene.update") and not unit.has("strike", "air", "harm", "fate"):
            return True
        if (unit.norm in COUNTED and position < index) or is_search(unit):
            return True
        died = unit.has("fate.killed") and -3 <= position - index <= 2 and units[position - 1].quantity is None
        if died and (unit.norm.startswith("succomb") or _speaks_of_hospital(units)):
            return True
    return False


def _succumbed(units: Units, index: int) -> bool:
    """ "Dans la nuit, un lycéen a succombé à ses blessures": the day before the verb is that of the death alone."""
    segment = units[index].segment
    for position in range(index + 1, min(len(units), index + LONGEST_DEATH)):
        unit = units[position]
        if unit.segment != segment or unit.has("strike", "weapon"):
            return False
        if unit.norm.startswith("succomb"):
            return True
    return False


def _speaks_of_hospital(units: Units) -> bool:
    """Whether somebody may have died of wounds later; a hospital that was itself struck says nothing of it."""
    return units.tells("fate.hospitalised") or any(
        unit.norm in HOSPITAL and not units.stands("strike", index - 3, index - 1)
        for index, unit in enumerate(units.units)
    )


def later_day(scene: Scene, since: date | None) -> Day | None:
    """ "Deux jours plus tard, une bombe a tué …": the day that a strike told after another was on."""
    units = scene.units
    for index, unit in enumerate(units.units[: LONGEST_OPENING + 1]):
        if unit.norm in UNITS_OF_TIME and [units.norm(index + 1), units.norm(index + 2)] == ["plus", "tard"] and index:
            written = units.norm(index - 1)
            count = int(written) if written.isdecimal() else COUNTS.get(written)
            if since is not None and count is not None and count <= LONGEST_COUNT:
                return Day(0, since + timedelta(days=count * UNITS_OF_TIME[unit.norm]), "day")
    return None


def _elapsed(scene: Scene, anchor: date | None) -> date | None:
    """The day that "une semaine après la frappe" counts from, where the sentence tells the news of today."""
    units = scene.units
    for index, unit in enumerate(units.units):
        if unit.norm not in UNITS_OF_TIME or units.norm(index + 1) != "après" or index == 0:
            continue
        written = units.norm(index - 1)
        count = int(written) if written.isdecimal() else COUNTS.get(written)
        near = count is not None and count <= LONGEST_COUNT and units.stands("strike.noun", index + 2, index + 4)
        told = [mention.first for position, mention, _reporting in scene.days if index - 3 <= position < index - 1]
        anchor = told[0] if told else anchor  # "limogé mardi, deux jours après la frappe"
        if near and count is not None and anchor is not None:
            return anchor - timedelta(days=count * UNITS_OF_TIME[unit.norm])
    return None


def _is_morrow(units: Units, index: int) -> bool:
    """ "Mercredi, au lendemain d'une attaque", "Au lendemain du raid, … ont achevé jeudi": it was the day before."""
    if "lendemain" not in units.sentence.text or units.norm(index - 1) in OWNED or _befell_then(units, index):
        return False
    morrow = next((position for position in range(len(units)) if units.norm(position) == "lendemain"), None)
    return morrow is not None and units.norm(morrow + 1) in OWNED and units.stands("strike", morrow + 2, morrow + 5)


def is_nearest(scene: Scene, index: int, strike: Strike, touched: list[Strike]) -> bool:
    """Whether a word stands nearer to a figure of this strike than to another's, in the same segment."""
    near = [
        ((scene.units[first].part != scene.units[index].part, max(first - index, index - last, 0)), each is strike)
        for each in touched
        for first, last in anchors(scene, each)
        if scene.units[first].segment == scene.units[index].segment
    ]
    return bool(near) and min(near, key=lambda each: each[0])[1]
