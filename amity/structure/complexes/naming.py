"""Names of complexes in plain words: where their members lie, and who weighs most among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from amity.codebook.regions import Region


def name(members: Sequence[str], leaders: Sequence[str], regions: Mapping[str, Region]) -> str:
    """One subregion that holds six of ten members, two that do, or a region; with the two strongest members.

    >>> from amity.codebook.regions import Region
    >>> south = Region("Southern Asia", "Asia")
    >>> name(["IND", "PAK", "LKA"], ["IND", "PAK"], dict.fromkeys(["IND", "PAK", "LKA"], south))
    'Southern Asia (IND, PAK)'
    """
    return f"{_where(members, regions)} ({', '.join(leaders[:2])})"


def _where(members: Sequence[str], regions: Mapping[str, Region]) -> str:
    known = [regions[state] for state in members if state in regions]
    if not known:
        return "Unnamed region"
    enough = 0.6 * len(known)
    near = Counter(place.subregion for place in known).most_common()
    if near[0][1] >= enough:
        return near[0][0]
    wide = Counter(place.region for place in known).most_common()
    if len(near) > 1 and near[0][1] + near[1][1] >= enough:
        return f"{near[0][0]} and {near[1][0]}"
    return wide[0][0] if wide[0][1] >= enough else f"{wide[0][0]} and {wide[1][0]}"
