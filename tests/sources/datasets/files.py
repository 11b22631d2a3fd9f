"""Small files of every format of events. The events are invented."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")

POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
    "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")

ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,"
    "longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")

ACLED_OLD = (
    "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,timestamp,iso3"
).split(",")

UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
    "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,"
    "where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob"
).split(",")


def line(columns: Sequence[str], separator: str = "\t", quote: bool = False, **cells: object) -> str:
    """A row that has some cells, named with underscores for blanks; the others are empty."""
    given = {name.replace("_", " "): value for name, value in cells.items()} | cells
    row = [str(given.get(column, "")) for column in columns]
    assert all(name in columns or name.replace("_", " ") in columns for name in cells)
    return separator.join(f'"{cell}"' if quote else cell for cell in row)


def icews(*rows: dict[str, object], header: str = "\t".join(ICEWS)) -> str:
    return "\n".join([header, *(line(ICEWS, **row) for row in rows)]) + "\n"


def polecat(*rows: dict[str, object], header: str = "\t".join(POLECAT)) -> str:
    return "\n".join([header, *(line(POLECAT, **row) for row in rows)]) + "\n"


def acled(*rows: dict[str, object], columns: Sequence[str] = ACLED, separator: str = ",") -> str:
    body = (line(columns, separator, quote=True, **row) for row in rows)
    return "\n".join([separator.join(columns), *body]) + "\n"


def ucdp(*rows: dict[str, object]) -> str:
    return "\n".join([",".join(UCDP), *(line(UCDP, ",", quote=True, **row) for row in rows)]) + "\n"


def gdelt(width: int, *rows: dict[str, object]) -> str:
    from amity.sources.datasets import gdelt as formats

    layout = next(one for one in (*formats.FIRST, *formats.SECOND) if len(one.columns) == width)
    return "".join(line([str(column) for column in layout.columns], **row) + "\n" for row in rows)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """A file, packed as its ending says."""
    data = text.encode(encoding)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(data))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(path.stem, data)
    else:
        path.write_bytes(data)
    return path


def quadruples(
    folder: Path,
    entities: Sequence[str],
    relations: Sequence[str],
    train: Iterable[tuple[int, int, int, int]],
    valid: Iterable[tuple[int, int, int, int]] = (),
) -> Path:
    """A benchmark's folder."""
    folder.mkdir()
    for name, words in (("entity2id.txt", entities), ("relation2id.txt", relations)):
        write(folder / name, "".join(f"{word}\t{number}\n" for number, word in enumerate(words)))
    for name, rows in (("train.txt", train), ("valid.txt", valid)):
        write(folder / name, "".join("\t".join(map(str, row)) + "\n" for row in rows))
    return folder
