"""Names of arms that could be something else."""

from amity.codebook import Codebook


def test_designations_that_differ_in_capitals_only_are_told_apart_by_what_stands_near(book: Codebook) -> None:
    def systems(text: str) -> list[str]:
        return [match.entries[0].id for match in book.find(text) if match.entries[0].role == "designation"]

    assert systems("Finland bought ten Hawk trainer aircraft for its pilots.")[:1] == ["Hawk"]
    assert systems("Spain lent Kyiv launchers of the HAWK air defence system.") == ["HAWK"]
    assert systems("Spain lent Kyiv its Hawk air defence systems and their missiles.") == ["HAWK"]
    assert systems("The Hawk was chosen.") == []
