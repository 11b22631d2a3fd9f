"""Rows of event data: the form that imported data sets and the ledger's own incidents share. See docs/datasets.md."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyarrow as pa

_WORD = pa.dictionary(pa.int32(), pa.string())

EVENTS = pa.schema(
    [
        pa.field("dataset", _WORD, nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("until", pa.date32(), nullable=False),
        pa.field("known", pa.date32(), nullable=False),
        pa.field("actor", _WORD),
        pa.field("recipient", _WORD),
        pa.field("actor_name", _WORD),
        pa.field("recipient_name", _WORD),
        pa.field("actor_sector", _WORD),
        pa.field("recipient_sector", _WORD),
        pa.field("type", _WORD),
        pa.field("mode", _WORD),
        pa.field("quad", _WORD),
        pa.field("layer", _WORD),
        pa.field("plover", pa.float32()),
        pa.field("goldstein", pa.float32()),
        pa.field("code", _WORD),
        pa.field("count", pa.int32(), nullable=False),
        pa.field("certainty", pa.float32(), nullable=False),
        pa.field("sources", pa.int32()),
        pa.field("deaths", pa.int32()),
        pa.field("place", _WORD),
    ]
)
"""One row for one event, or for `count` alike ones where a data set only gives counts.

`id` is the row's name in its data set (an incident's id in the ledger). It happened between `day` and `until` and was
`known` from a day on. `actor` and `recipient` are states' alpha-3 codes or names of organisations, null where what the
data set calls them (`actor_name`) stands for none; sectors are PLOVER's. `type`, `mode` and `quad` are PLOVER's, null
for what PLOVER leaves out (public statements) or the data set does not tell. `plover` and `goldstein` score it from
-10 (conflict) to 10 (cooperation), null where a scale has no score. `code` is the data set's own code. `certainty` is
the probability that the row is right, 1 where nobody says. `sources` counts independent sources or mentions, `place`
is a state's code.
"""

TABLES: Mapping[str, pa.Schema] = MappingProxyType(
    {
        "alliances": pa.schema(
            [
                ("a", pa.string()),
                ("b", pa.string()),
                ("year", pa.int32()),
                ("defense", pa.bool_()),
                ("offense", pa.bool_()),
                ("neutrality", pa.bool_()),
                ("nonaggression", pa.bool_()),
                ("consultation", pa.bool_()),
            ]
        ),
        "capabilities": pa.schema(
            [
                ("state", pa.string()),
                ("year", pa.int32()),
                ("spending", pa.float64()),
                ("personnel", pa.float64()),
                ("iron", pa.float64()),
                ("energy", pa.float64()),
                ("population", pa.float64()),
                ("urban", pa.float64()),
                ("cinc", pa.float64()),
            ]
        ),
        "contiguity": pa.schema(
            [
                ("a", pa.string()),
                ("b", pa.string()),
                ("kind", pa.int32()),
                ("start", pa.date32()),
                ("end", pa.date32()),
            ]
        ),
        "capitals": pa.schema(
            [
                ("state", pa.string()),
                ("city", pa.string()),
                ("start", pa.date32()),
                ("end", pa.date32()),
                ("latitude", pa.float64()),
                ("longitude", pa.float64()),
            ]
        ),
        "votes": pa.schema(
            [
                ("state", pa.string()),
                ("year", pa.int32()),
                ("ideal", pa.float64()),
                ("low", pa.float64()),
                ("high", pa.float64()),
                ("votes", pa.int32()),
            ]
        ),
        "leaders": pa.schema(
            [
                ("state", pa.string()),
                ("name", pa.string()),
                ("start", pa.date32()),
                ("end", pa.date32()),
            ]
        ),
        "orders": pa.schema(
            [
                ("id", pa.string()),
                ("supplier", pa.string()),
                ("recipient", pa.string()),
                ("supplier_name", pa.string()),
                ("recipient_name", pa.string()),
                ("ordered", pa.int32()),
                ("ordered_estimated", pa.bool_()),
                ("number", pa.int32()),
                ("number_estimated", pa.bool_()),
                ("designation", pa.string()),
                ("description", pa.string()),
                ("category", pa.string()),
                ("delivered", pa.int32()),
                ("delivered_estimated", pa.bool_()),
                ("delivery_years", pa.list_(pa.int32())),
                ("condition", pa.string()),
                ("licence", pa.bool_()),
                ("comment", pa.string()),
                ("tiv_unit", pa.float64()),
                ("tiv_order", pa.float64()),
                ("tiv_delivered", pa.float64()),
            ]
        ),
        "deliveries": pa.schema(
            [
                ("supplier", pa.string()),
                ("recipient", pa.string()),
                ("supplier_name", pa.string()),
                ("recipient_name", pa.string()),
                ("year", pa.int32()),
                ("tiv", pa.float64()),
            ]
        ),
    }
)
"""What is known of states and pairs of states by year or date.

States are alpha-3 codes, null where a name was not resolved. In `alliances` and `contiguity` `a` < `b`, each pair
once. `capabilities` are COW's: spending in thousand dollars of the year, personnel and populations in thousands, iron
and steel in thousand tons, energy in thousand tons of coal, `cinc` the share of the world. `kind` of contiguity is 1
by land, 2 to 5 across up to 12, 24, 150, 400 miles of water. `votes` are ideal points in the UN General Assembly with
their 90 % interval. `orders` are lines of an arms register (`id` its number of the deal, or the line), where `number`
is how many were ordered and `licence` null where it is only possible; `deliveries` trend indicator values in millions
by year.
"""
