"""What importers make of events in each format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amity.errors import InputError
from amity.sources.datasets import FORMATS, Source, recognised
from amity.sources.datasets.coded import cameo
from tests.sources.datasets import files
from tests.sources.datasets.conftest import Take

VISIT = {
    "Event ID": 501, "Event Date": "2006-06-04", "Source Name": "Foreign Minister of Azerbaijan",
    "Source Sectors": "Executive,Government,Foreign Ministry", "Source Country": "Azerbaijan", "CAMEO Code": "042",
    "Intensity": "1.9", "Target Name": "Serbia", "Target Sectors": "NULL", "Target Country": "Serbia",
    "Country": "Serbia",
}  # fmt: skip


def test_icews(take: Take, tmp_path: Path) -> None:
    path = files.write(tmp_path / "events.2006.tab.zip", files.icews(VISIT, VISIT | {"Event Date": "2006-06-05"}))
    (before, after), desk = take("icews", path)
    assert not desk.rejects.counts
    assert (before["actor"], before["actor_sector"], before["type"], before["mode"]) == (
        "AZE",
        "GOV",
        "CONSULT",
        "visit",
    )
    assert (before["layer"], before["quad"], before["code"]) == ("political", "verbal cooperation", "042")
    assert before["goldstein"] == pytest.approx(1.9)
    assert before["plover"] is not None
    assert before["recipient"] == "SCG"  # Serbia and Montenegro ended on the next day
    assert (after["recipient"], after["place"]) == ("SRB", "SRB")
    assert before["id"] != after["id"]  # ids are used again on other days
    assert before["day"] == before["until"] == before["known"] == date(2006, 6, 4)


def test_icews_codes_without_their_nought_and_names_of_nobody(take: Take, tmp_path: Path) -> None:
    rows = (
        VISIT | {"CAMEO Code": "42"},
        VISIT | {"CAMEO Code": "104", "Target Name": "Ruritanian Weavers", "Target Country": "NULL"},
        VISIT
        | {"CAMEO Code": "190", "Source Name": "Hezbollah", "Source Country": "Lebanon", "Source Sectors": "Rebel"},
        VISIT | {"CAMEO Code": "Ω", "Source Name": "Free Borduria Front", "Source Sectors": "Dissident,Insurgents"},
    )
    path = files.write(tmp_path / "a.tab", files.icews(*rows))
    (visit, demand, fight, odd), _ = take("icews", path)
    assert visit["type"] == "CONSULT"
    assert demand["type"] == "REQUEST"
    assert (demand["recipient"], demand["recipient_name"]) == (None, "Ruritanian Weavers")
    assert (fight["actor"], fight["actor_sector"], fight["layer"]) == ("Hezbollah", "REB", "military")
    assert (odd["actor"], odd["actor_sector"]) == ("Free Borduria Front", "REB")
    assert (odd["type"], odd["code"]) == (None, None)


def test_icews_rows_that_cannot_be_used_are_counted_with_their_lines(take: Take, tmp_path: Path) -> None:
    text = files.icews(VISIT, VISIT | {"Event Date": "June"}, VISIT | {"Event ID": ""}, VISIT)
    lines = text.splitlines()
    lines.insert(2, "broken\trow")
    path = files.write(tmp_path / "a.tab", "\n".join(lines) + "\n")
    rows, desk = take("icews", path)
    assert len(rows) == 2
    assert desk.rejects.counts == {"not 20 columns": 1, "no event date": 1, "no event id": 1}
    assert desk.rejects.examples == {
        "not 20 columns": ["a.tab:3"],
        "no event date": ["a.tab:4"],
        "no event id": ["a.tab:5"],
    }


THREAT = {
    "Event ID": "20230104-7", "Event Date": "2023-01-03", "Event Type": "THREATEN", "Event Mode": "violence",
    "Intensity": "-6.5", "Contexts": "military; territory", "Actor Name": "Ilham Aliyev", "Actor Country": "AZE",
    "Primary Actor Sector": "GOV", "Recipient Name": "Armenia", "Recipient Country": "ARM; RUS",
    "Primary Recipient Sector": "None", "Country": "AZE", "Publication Date": "2023-01-04",
}  # fmt: skip


def test_polecat(take: Take, tmp_path: Path) -> None:
    rows = (
        THREAT,
        THREAT | {"Actor Name": "None", "Actor Country": "None", "Event Type": "support", "Event Mode": "None"},
        THREAT | {"Event Type": "BEFRIEND"},
        THREAT | {"Recipient Name": "Taliban; Pakistan", "Recipient Country": "AFG; PAK", "Event Mode": "sneer"},
    )
    path = files.write(tmp_path / "ngecEvents.20230104.txt", files.polecat(*rows))
    (threat, support, taliban), desk = take("polecat", path)
    assert (threat["type"], threat["mode"], threat["layer"]) == ("THREATEN", "violence", "military")
    assert (threat["actor"], threat["actor_sector"], threat["recipient"]) == ("AZE", "GOV", "ARM")
    assert (threat["day"], threat["known"]) == (date(2023, 1, 3), date(2023, 1, 4))
    assert (threat["goldstein"], threat["place"]) == (-6.5, "AZE")
    assert (support["actor"], support["actor_name"], support["mode"]) == (None, None, None)
    assert (taliban["recipient"], taliban["mode"]) == ("Taliban", None)
    assert desk.rejects.counts == {"no event type of PLOVER": 1}


@pytest.mark.parametrize(
    "header", ["\t".join([*files.POLECAT, "Headline", "Extra"]), "\t".join(files.POLECAT) + "\t\t"]
)
def test_polecat_headers_that_name_more_columns_than_rows_have(header: str, take: Take, tmp_path: Path) -> None:
    path = files.write(tmp_path / "a.txt", files.polecat(THREAT, header=header))
    (row,), _ = take("polecat", path)
    assert (row["type"], row["place"]) == ("THREATEN", "AZE")


def test_polecat_rows_with_empty_columns_at_their_end(take: Take, tmp_path: Path) -> None:
    first, *body = files.polecat(THREAT, THREAT).splitlines()
    path = files.write(tmp_path / "a.txt", "\n".join([first, *(f"{row}\t\t" for row in body)]))
    rows, desk = take("polecat", path)
    assert (len(rows), desk.rejects.counts) == (2, {})


WORDS = {
    "GLOBALEVENTID": 410412347, "SQLDATE": "20140218", "Actor1Code": "USAGOV", "Actor1Name": "BARACK OBAMA",
    "Actor1CountryCode": "USA", "Actor1Type1Code": "GOV", "Actor2Code": "NATO", "Actor2Name": "NATO",
    "Actor2KnownGroupCode": "NAT", "Actor2Type1Code": "IGO", "EventCode": "112", "GoldsteinScale": "-2.0",
    "NumSources": 3, "ActionGeo_CountryCode": "AJ", "DATEADDED": "20150218230000",
}  # fmt: skip


@pytest.mark.parametrize(("form", "width"), [("gdelt1", 57), ("gdelt1", 58), ("gdelt2", 61)])
def test_gdelt(form: str, width: int, take: Take, tmp_path: Path) -> None:
    rebels = {"Actor1CountryCode": "AFG", "Actor1KnownGroupCode": "TAL", "Actor1Type1Code": "INS", "GLOBALEVENTID": 2}
    nobody = {"Actor2CountryCode": "WST", "Actor2Name": "THE WEST", "Actor2KnownGroupCode": "", "GLOBALEVENTID": 3}
    path = files.write(tmp_path / "a.export.CSV.zip", files.gdelt(width, WORDS, WORDS | rebels, WORDS | nobody))
    (words, taliban, west), desk = take(form, path)
    assert not desk.rejects.counts
    assert (words["actor"], words["actor_sector"]) == ("USA", "GOV")
    assert (words["recipient"], words["recipient_sector"]) == ("NATO", "IGO")
    assert (words["type"], words["goldstein"], words["sources"], words["place"]) == ("ACCUSE", -2.0, 3, "AZE")
    assert (words["day"], words["known"]) == (date(2014, 2, 18), date(2015, 2, 18))
    assert (taliban["actor"], taliban["actor_sector"]) == ("Taliban", "REB")
    assert (west["recipient"], west["recipient_name"]) == (None, "THE WEST")


def test_gdelt_countries_by_date(take: Take, tmp_path: Path) -> None:
    serbia = WORDS | {"Actor1CountryCode": "SRB"}
    rows = [serbia | {"SQLDATE": f"{year}0401", "GLOBALEVENTID": year} for year in (1999, 2004, 2009)]
    taken, _ = take("gdelt1", files.write(tmp_path / "a.csv", files.gdelt(58, *rows)))
    assert [row["actor"] for row in taken] == ["YUG", "SCG", "SRB"]


CLASH = {
    "event_id_cnty": "UKR1", "event_date": "15 March 2022", "time_precision": 1, "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Military Forces of Russia (2000-)", "inter1": "External/Other forces",
    "actor2": "Military Forces of Ukraine (2019-)", "inter2": "State forces", "country": "Ukraine", "fatalities": 4,
}  # fmt: skip


def test_acled(take: Take, tmp_path: Path) -> None:
    rows = (
        CLASH,
        CLASH | {"event_id_cnty": "IND2", "event_date": "2022-03-15", "time_precision": 2, "event_type": "Protests",
                 "sub_event_type": "Peaceful protest", "actor1": "Protesters (India)", "inter1": "Protesters",
                 "actor2": "", "inter2": "", "country": "India", "fatalities": 0},
        CLASH | {"event_id_cnty": "MLI3", "actor1": "Borduria Resistance", "inter1": "Rebel group",
                 "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike", "country": "Mali"},
        CLASH | {"event_id_cnty": "X", "event_date": "soon"},
    )  # fmt: skip
    (clash, protest, strike), desk = take("acled", files.write(tmp_path / "a.csv", files.acled(*rows)))
    assert (clash["actor"], clash["actor_sector"], clash["recipient"]) == ("RUS", "MIL", "UKR")
    assert (clash["type"], clash["layer"], clash["deaths"], clash["place"]) == ("ASSAULT", "military", 4, "UKR")
    assert clash["goldstein"] < -8  # the mean of CAMEO's codes of the type
    assert (protest["actor"], protest["actor_sector"], protest["recipient_name"]) == ("IND", "OPP", None)
    assert (protest["day"], protest["until"]) == (date(2022, 3, 12), date(2022, 3, 18))
    assert (strike["actor"], strike["mode"]) == ("Borduria Resistance", "aerial")
    assert desk.rejects.counts == {"no event date": 1}


def test_acled_as_it_was(take: Take, tmp_path: Path) -> None:
    old = {
        "event_id_cnty": "SYR9", "event_date": "15-March-2016", "event_type": "Battle-No change of territory",
        "actor1": "Military Forces of Syria (2000-)", "inter1": 1, "actor2": "Islamic State (Syria)", "inter2": 2,
        "country": "Syria", "fatalities": "7",
    }  # fmt: skip
    text = files.acled(old, columns=files.ACLED_OLD, separator=";")
    (row,), _ = take("acled", files.write(tmp_path / "old.csv", text))
    assert (row["actor"], row["type"], row["deaths"], row["day"]) == ("SYR", "ASSAULT", 7, date(2016, 3, 15))
    assert row["recipient_sector"] == "REB"


DEADLY = {
    "id": 244657, "type_of_violence": 1, "side_a": "Government of India", "side_b": "Government of Pakistan",
    "number_of_sources": -1, "country": "India", "country_id": 750, "date_prec": 1,
    "date_start": "1999-06-01 00:00:00.000", "date_end": "1999-06-02", "best": 12, "gwnoa": 750, "gwnob": 770,
}  # fmt: skip


def test_ucdp(take: Take, tmp_path: Path) -> None:
    rows = (
        DEADLY,
        DEADLY | {"id": 2, "side_b": "Ruritania Front", "gwnob": "", "number_of_sources": 2},
        DEADLY | {"id": 3, "type_of_violence": 3, "side_a": "Taliban", "side_b": "Civilians", "gwnoa": "", "gwnob": ""},
        DEADLY | {"id": 4, "date_end": "1999-05-01"},
        DEADLY | {"id": 5, "side_a": "Government of Yugoslavia (Serbia)", "gwnoa": 345},
    )
    (war, rebels, civilians, serbia), desk = take("ucdp-ged", files.write(tmp_path / "ged.csv", files.ucdp(*rows)))
    assert (war["actor"], war["recipient"], war["deaths"], war["sources"]) == ("IND", "PAK", 12, None)
    assert (war["day"], war["until"], war["known"]) == (date(1999, 6, 1), date(1999, 6, 2), date(1999, 6, 2))
    assert (war["type"], war["layer"], war["quad"]) == ("ASSAULT", "military", "material conflict")
    assert (rebels["recipient"], rebels["recipient_sector"], rebels["sources"]) == ("Ruritania Front", "REB", 2)
    assert (civilians["actor"], civilians["recipient"], civilians["recipient_sector"]) == ("Taliban", "IND", "CVL")
    assert serbia["actor"] == "YUG"
    assert desk.rejects.counts == {"ends before it starts": 1}


@pytest.mark.parametrize(
    ("written", "code"),
    [("042", "042"), ("42", "042"), ("10", "010"), ("1", "01"), ("211", "0211"), ("0211", "0211"), ("173", "173"),
     ("204", "204"), ("1724", "1724"), ("02", "02"), (" 190 ", "190"), ("", None), ("21000", None), ("2", "02"),
     ("9999", None), ("---", None), ("000", None), ("١٠", None)],
)  # fmt: skip
def test_cameo_codes_as_they_are_written(written: str, code: str | None) -> None:
    assert cameo(written) == code


ENTITIES = ["Barack_Obama", "Citizen_(Nigeria)", "Ruritanian_Weavers", "Palestinian_Territory,_Occupied"]
RELATIONS = ["Make_a_visit", "Use_conventional_military_force", "Express_intent_to_meet_or_negotiate", "Hum"]


def test_quadruples(take: Take, tmp_path: Path) -> None:
    train = [(0, 0, 1, 0), (1, 1, 2, 24), (3, 2, 0, 48), (0, 3, 1, 24), (0, 0, 99, 24), (0, 0, 1, -24)]
    folder = files.quadruples(tmp_path / "ICEWS14_small", ENTITIES, RELATIONS, train, [(0, 0, 1, 8736)])
    rows, desk = take("quadruples", folder)
    visit, force, intent, hum, last = rows
    assert (visit["dataset"], visit["id"], visit["day"]) == (
        "icews14-small".replace("-", "_"),
        "train/1",
        date(2014, 1, 1),
    )
    assert (visit["actor"], visit["actor_sector"], visit["actor_name"]) == ("USA", "GOV", "Barack Obama")
    assert (visit["recipient"], visit["recipient_sector"], visit["code"]) == ("NGA", "CVL", "042")
    assert (force["recipient"], force["type"], force["day"]) == (None, "ASSAULT", date(2014, 1, 2))
    assert (intent["actor"], intent["type"], intent["goldstein"]) == ("PSE", "AGREE", 4.0)
    assert (hum["type"], hum["code"]) == (None, "Hum")
    assert (last["id"], last["day"]) == ("valid/1", date(2014, 12, 31))
    assert desk.rejects.counts == {"stands for nothing": 2}
    assert desk.rejects.examples == {"stands for nothing": ["train:5", "train:6"]}


def test_quadruples_in_days_and_from_a_day_of_ones_own(take: Take, tmp_path: Path) -> None:
    folder = files.quadruples(tmp_path / "mine", ENTITIES, RELATIONS, [(0, 0, 1, 0), (0, 0, 1, 33)])
    with pytest.raises(InputError, match="--first 2014-01-01"):
        take("quadruples", folder)
    rows, _ = take("quadruples", folder, first=date(2020, 1, 1), name="ours")
    assert [row["day"] for row in rows] == [date(2020, 1, 1), date(2020, 2, 3)]
    assert rows[0]["dataset"] == "ours"


def test_quadruples_without_their_names(take: Take, tmp_path: Path) -> None:
    folder = files.quadruples(tmp_path / "icews14", ENTITIES, RELATIONS, [(0, 0, 1, 0)])
    (folder / "relation2id.txt").unlink()
    with pytest.raises(InputError, match=r"lacks relation2id.txt"):
        take("quadruples", folder)


def test_dyad_years(take: Take, tmp_path: Path) -> None:
    header = "i,j,year,verbCoop,matlCoop,verbConf,matlConf,i_iso3c,j_iso3c"
    body = (
        'Serbia,"Congo, DRC",2004,3,0,1,0,SRB,COD',
        "Aruba,Atlantis,2004,0,0,2,0,ABW,",
        "A,B,never,1,1,1,1,,",
        ",B,2004,1,1,1,1,,",
    )
    text = "\n".join([header, *body]) + "\n"
    rows, desk = take("dyad-years", files.write(tmp_path / "years.csv.gz", text))
    assert [(row["actor"], row["recipient"], row["quad"], row["count"]) for row in rows] == [
        ("SCG", "COD", "verbal cooperation", 3),
        ("SCG", "COD", "verbal conflict", 1),
        ("ABW", None, "verbal conflict", 2),
    ]
    assert {(row["day"], row["until"]) for row in rows} == {(date(2004, 1, 1), date(2004, 12, 31))}
    assert desk.rejects.counts == {"no year": 1, "no name": 1}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("icews", files.icews(VISIT)),
        ("polecat", files.polecat(THREAT)),
        ("gdelt1", files.gdelt(57, WORDS)),
        ("gdelt1", files.gdelt(58, WORDS)),
        ("gdelt2", files.gdelt(61, WORDS)),
        ("acled", files.acled(CLASH)),
        ("ucdp-ged", files.ucdp(DEADLY)),
    ],
)
def test_formats_are_recognised(form: str, text: str, tmp_path: Path) -> None:
    found = recognised(Source(files.write(tmp_path / "a.txt.gz", text)))
    assert found is not None
    assert found.name == form


def test_columns_that_are_missing_are_named(take: Take, tmp_path: Path) -> None:
    path = files.write(
        tmp_path / "a.tab", files.icews(VISIT).replace("CAMEO Code", "Code").replace("Intensity", "Force")
    )
    with pytest.raises(InputError, match="lacks columns: CAMEO Code, Intensity"):
        take("icews", path)


def test_every_format_says_what_it_is() -> None:
    assert all(one.what and one.provider and name == one.name for name, one in FORMATS.items())


def test_cells_of_any_length_are_cut_to_what_a_name_has(take: Take, tmp_path: Path) -> None:
    long = "x (\x1f" * 25_000
    row = VISIT | {"Event ID": long, "Source Name": long, "Source Country": long, "CAMEO Code": long}
    (taken,), _ = take("icews", files.write(tmp_path / "a.tab", files.icews(row)))
    assert max(len(str(cell)) for cell in taken.values()) == 200


SAMPLES = {
    "icews": files.icews(VISIT, VISIT),
    "polecat": files.polecat(THREAT, THREAT),
    "gdelt1": files.gdelt(58, WORDS, WORDS, WORDS),
    "gdelt2": files.gdelt(61, WORDS, WORDS, WORDS),
    "acled": files.acled(CLASH, CLASH),
    "ucdp-ged": files.ucdp(DEADLY, DEADLY),
    "dyad-years": "i,j,year,verbCoop,matlCoop,verbConf,matlConf\nSerbia,Iran,2004,3,0,1,0\n",
}
DAMAGE = (b"\t", b",", b"\n", b'"', b"\0", b"\xff", b"\r", b"9" * 30, b"-1", b"NULL", b"(Syria)", b"nan", b"1e999",
          b"; ;", b"()", b"\x1f", b"1900-02-30", b"")  # fmt: skip


@given(
    form=st.sampled_from(sorted(SAMPLES)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.sampled_from(DAMAGE)), min_size=1, max_size=8),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_costs_rows_or_the_file_and_nothing_else(
    form: str, damage: list[tuple[float, int, bytes]], take: Take, tmp_path: Path
) -> None:
    data = bytearray(SAMPLES[form].encode())
    for where, size, what in damage:
        at = int(where * len(data))
        data[at : at + size] = what
    (tmp_path / "a.csv").write_bytes(data)
    try:
        rows, _ = take(form, tmp_path / "a.csv")
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert all(row["id"] and row["day"] <= row["until"] <= row["known"] for row in rows)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("train.txt", "0\t0\t1\n", "has 3 columns between tabs, not 4"),
        ("train.txt", "0\t0\t1\tsoon\n", "holds other things than numbers"),
        ("entity2id.txt", "no numbers\n", "holds no names with their numbers"),
        ("entity2id.txt", "a\t99999999999\n", "holds no names with their numbers"),
        ("train.txt", "", "holds none of train.txt"),
    ],
)
def test_broken_benchmarks_are_told(name: str, text: str, reason: str, take: Take, tmp_path: Path) -> None:
    folder = files.quadruples(tmp_path / "icews14", ENTITIES, RELATIONS, [(0, 0, 1, 0)])
    files.write(folder / name, text)
    with pytest.raises(InputError, match=reason):
        take("quadruples", folder)
