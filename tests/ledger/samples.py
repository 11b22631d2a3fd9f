"""Records for the tests of everything that stores or prints them."""

from __future__ import annotations

from typing import Any

from amity.records import (
    Actor,
    Article,
    Assessment,
    Claim,
    Coder,
    Contradiction,
    Event,
    Incident,
    Interval,
    Place,
    Quantity,
    Relation,
    Side,
    Span,
    Structure,
    Transfer,
    identified,
)

TEXT = (
    "Menu\nIsrael sold Azerbaijan 24 drones in February 2012, MEMRI quoted Mostafa Khoshcheshm as saying. "
    "Relations between Baku and Tehran are tense. Between 4,000 and 5,000 soldiers took part."
)
ARTICLE = Article(
    id="drones",
    text=TEXT,
    source="articles/drones.txt",
    title="Drones for Baku",
    author="A. Writer",
    publisher="Caspian Wire",
    published="2012-03-01",
    url="https://example.org/drones",
    language="en",
    furniture=(Span(0, 4),),
)


def actor(text: str, country: str | None = None, name: str | None = None, sector: str | None = None) -> Actor:
    start = max(TEXT.find(text), 0)
    return Actor(text=text, country=country, name=name, sector=sector, start=start, end=start + len(text))


def claim(kind: Any, trigger: str, article: str = ARTICLE.id, **fields: Any) -> Any:
    at = max(TEXT.find(trigger), 0)
    return identified(
        kind(
            article=article,
            source=ARTICLE.source,
            quote=TEXT[at : at + 30],
            start=at,
            end=at + 30,
            sentence=2,
            trigger=trigger,
            trigger_start=at,
            coder=Coder(version="0.1.0", rule="test"),
            **fields,
        )
    )


VOICES = (actor("MEMRI", name="MEMRI", sector="JRN"), actor("Mostafa Khoshcheshm", "IRN", "Mostafa Khoshcheshm"))
PLACE = Place(text="Baku", name="Baku", country="AZE", latitude=40.4, longitude=49.9, start=110, end=114)

EVENT: Event = claim(
    Event,
    "tense",
    type="THREATEN",
    mode="display",
    contexts=("military",),
    actors=(actor("Tehran", "IRN"),),
    recipients=(actor("Baku", "AZE"),),
    intensity=-4.4,
    status="alleged",
    certainty="possible",
    attribution=VOICES,
    layer="military",
    date="2012-02-26",
    place=PLACE,
)
TRANSFER: Transfer = claim(
    Transfer,
    "sold",
    supplier="ISR",
    recipient="AZE",
    system="drones",
    category="UAV",
    mode="sale",
    quantity=24,
    parties=(actor("Israel", "ISR"), actor("Azerbaijan", "AZE")),
    date="2012-02",
    date_text="in February 2012",
    layer="military",
    attribution=VOICES,
)
RELATION: Relation = claim(Relation, "Relations", a="AZE", b="IRN", valence="enmity", label="tense", layer="political")
QUANTITY: Quantity = claim(Quantity, "soldiers", subject="soldiers", value=Interval(4000, 5000), unit="people")
STRUCTURE: Structure = claim(Structure, "took part", subject="Azerbaijan", predicate="member of", object="OIC")
ASSESSMENT: Assessment = claim(Assessment, "quoted", target="the report", verdict="doubtful", hedges=("may",))
CLAIMS: tuple[Claim, ...] = (EVENT, TRANSFER, RELATION, QUANTITY, STRUCTURE, ASSESSMENT)

INCIDENT = Incident(
    id="incident1",
    kind="event",
    type="THREATEN",
    title="IRN → AZE: tense (THREATEN)",
    actors=("IRN",),
    recipients=("AZE",),
    status="alleged",
    date="2012-02-26",
    place=PLACE,
    layer="military",
    claims=(EVENT.id,),
    articles=(ARTICLE.id,),
    sources=("Caspian Wire", "Mostafa Khoshcheshm"),
    contradictions=(
        Contradiction(
            aspect="figure",
            about="soldiers",
            sides=(
                Side(value="4000-5000", sources=("Caspian Wire",), claims=(QUANTITY.id,)),
                Side(value="8000", sources=("Mostafa Khoshcheshm",), claims=()),
            ),
        ),
    ),
)
