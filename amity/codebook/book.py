"""The codebook as one object: who and what there is in the world of states, and how texts call it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from amity.codebook.arms import Arms, load_arms
from amity.codebook.factuality import Factuality, load_factuality
from amity.codebook.files import check_names
from amity.codebook.frames import Frames, load_frames
from amity.codebook.gazetteer import Gazetteer
from amity.codebook.judgements import Judgements, load_judgements
from amity.codebook.organisations import Organisations, load_organisations
from amity.codebook.persons import Persons, load_persons
from amity.codebook.phrases import Entry, Match, Phrases, load_ambiguities
from amity.codebook.places import Sites, load_sites
from amity.codebook.plover import Plover, load_plover
from amity.codebook.reference import Reference, load_reference
from amity.codebook.regions import Power, Region, load_powers, load_regions
from amity.codebook.relations import Relations, load_relations
from amity.codebook.roles import Roles, load_roles
from amity.codebook.schemes import Schemes, load_schemes
from amity.codebook.speech import Speech, load_speech
from amity.codebook.states import States, load_states
from amity.codebook.structures import Vocabulary, load_structures
from amity.codebook.transfers import Transfers, load_transfers
from amity.codebook.units import Units, load_units
from amity.codebook.words import key


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Everything that the data files say. Made by `load`; nothing in it changes afterwards."""

    states: States
    persons: Persons
    organisations: Organisations
    arms: Arms
    sites: Sites
    table: Phrases
    roles: Roles
    reference: Reference
    units: Units
    speech: Speech
    factuality: Factuality
    frames: Frames
    plover: Plover
    transfers: Transfers
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    relations: Relations
    structures: Vocabulary
    judgements: Judgements
    schemes: Schemes
    regions: Mapping[str, Region] = field(default_factory=dict)
    powers: tuple[Power, ...] = ()

    def phrases(self) -> Mapping[tuple[str, ...], list[Entry]]:
        """Every phrase as its words (see `amity.codebook.words.key`) with what it can stand for."""
        return self.table.table

    def find(self, text: str, on: date | None = None) -> Iterator[Match]:
        """The codebook's phrases in a text, ambiguous ones decided or left out. See `Phrases.find`."""
        return self.table.find(text, on)

    def search(self, text: str) -> list[Entry]:
        """Entries whose phrase contains the words of `text`, the nearest first; for people who look something up."""
        wanted = " ".join(key(text))
        if not wanted:
            return []
        found = [
            (phrase != wanted, not phrase.startswith(wanted), len(phrase), entry)
            for words, entries in self.phrases().items()
            if wanted in (phrase := " ".join(words)) or any(wanted == entry.id.lower() for entry in entries)
            for entry in entries
        ]
        return [entry for *_, entry in sorted(found, key=lambda hit: hit[:3])]


def load(extra: Path | None = None) -> Codebook:
    """Read the codebook, and on top of it the files of the same names in the folder `extra`.

    Raises `CodebookError`, which names the file, the line or entry, and the reason.
    """
    if extra is not None:
        check_names(extra)
    states = load_states(extra)
    persons = load_persons(extra)
    organisations = load_organisations(extra)
    arms = load_arms(extra)
    sites = load_sites(extra)
    entries = chain(states.entries(), persons.entries(), organisations.entries(), sites.entries(), arms.entries())
    table = Phrases(entries, persons.ambiguities(states) | arms.ambiguities() | load_ambiguities(extra))
    states.join(table)
    return Codebook(
        states=states,
        persons=persons,
        organisations=organisations,
        arms=arms,
        sites=sites,
        table=table,
        roles=load_roles(extra),
        reference=load_reference(extra),
        units=load_units(extra),
        speech=load_speech(extra),
        factuality=load_factuality(extra),
        frames=load_frames(extra),
        plover=load_plover(extra),
        transfers=load_transfers(extra),
        relations=load_relations(extra),
        structures=load_structures(extra),
        judgements=load_judgements(extra),
        schemes=load_schemes(extra),
        regions=load_regions(extra),
        powers=load_powers(extra),
    )
