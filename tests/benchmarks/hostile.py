"""Inputs made to be slow: one phrase over and over, an endless sentence, open quotes, a million digits."""

from schemas.records import Bulletin

SIZE_BYTES = 1_000_000
WORST_S = 2.0

STRIKE = (
    "Dans la nuit de lundi à mardi, une frappe russe de missiles Iskander sur Kharkiv a fait au moins 5 morts et 17"
    " blessés, dont deux enfants, selon le gouverneur Oleh Syniehoubov, et 3 immeubles ont été détruits"
)
EXCHANGE = "Les 120 soldats capturés ont été échangés contre 120 prisonniers russes et 30 conscrits mobilisés"
VISIT = "Le président s'est entretenu avec Emmanuel Macron à Kyiv et a signé un accord de 30 millions d'euros"
REPEATED = {
    "prose of strikes": f"{STRIKE}. ",
    "paragraphs of strikes": f"{STRIKE}.\n\n",
    "one endless sentence of strikes": f"{STRIKE} et ",
    "one endless sentence of tolls": "5 morts et 17 blessés dont deux enfants et ",
    "one endless sentence of soldiers": f"{EXCHANGE}, ",
    "one endless sentence of visits": f"{VISIT}, ",
    "headlines": "Kharkiv : une frappe fait cinq morts\nUne phrase ici avec du texte.\n\n",
    "time stamps": "12:30 Kharkiv\n",
    "digits": "1234567890",
    "single digits": "1 ",
    "decimal points": "1.",
    "commas": "1,",
    "ordinals": "3e ",
    "articles": "un ",
    "nights": "nuit de ",
    "weekdays": "mardi ",
    "dates": "le 5 mars ",
    "towns": "Kyiv ",
    "capitals": "A ",
    "names": "Zelensky ",
    "elisions": "d'",
    "hyphens": "a-",
    "tolls": "5 morts ",
    "soldiers": "300 soldats ",
    "abbreviations": "M. ",
    "full stops": ". ",
    "open quotes": "« ",
    "brackets": "(",
    "line feeds": "\n",
    "one letter": "a",
    "addresses": "http://a ",
}


def hostile(name: str, size_bytes: int) -> Bulletin:
    """The bulletin of a hostile input whose text has at most `size_bytes`."""
    phrase = REPEATED[name]
    text = phrase * (size_bytes // len(phrase.encode()) + 1)
    cut = text.encode()[:size_bytes].decode(errors="ignore")
    return Bulletin(bulletin_id="hostile", source="hostile", received_at="", sha256="", text=cut)
