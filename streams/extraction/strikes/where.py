"""How two places lie to each other: the same, one inside the other, in one region."""

from schemas.records import Place


def same_place(one: Place, other: Place) -> bool:
    """Whether two places are the same, however they are written."""
    if one.geoname_id is not None and other.geoname_id is not None:
        return one.geoname_id == other.geoname_id
    return one.precision == other.precision and one.canonical == other.canonical and one.country == other.country


def inside(small: Place, large: Place) -> bool:
    """Whether a settlement lies in a region, or either in a country."""
    if large.precision == "country":
        return small.precision != "country" and small.country == large.country
    return (
        large.precision == "region"
        and small.precision in {"settlement", "site"}
        and small.region is not None
        and small.region == large.region
        and small.country == large.country
    )


def same_region(one: Place, other: Place) -> bool:
    """Whether two settlements lie in one region: "près de Lozova" and then the village beside it."""
    unknown = one.region is None or other.region is None
    return one.precision == other.precision == "settlement" and (
        unknown or (one.region == other.region and one.country == other.country)
    )
