"""Bulletins of the tests' own invention that the reader surely understands, with figures to choose."""


def strike(town: str, region: str, day: str, killed: int, injured: int) -> tuple[str, str]:
    """Title and text of a missile strike on `day`, as in "lundi 3 mars"."""
    title = f"Un missile balistique a frappé {town}, dans la région de {region} : {killed} morts, {injured} blessés"
    text = (
        f"\nLe {day}, l’armée russe a frappé {town}, dans la région de {region}, avec un missile balistique. "
        f"L’attaque a fait {killed} morts et {injured} blessés, a déclaré le gouverneur de la région.\n"
    )
    return title, text
