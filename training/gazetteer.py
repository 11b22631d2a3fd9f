"""Countries and nationalities, to tell GPE from LOC and to find NORP in corpora that do not."""

from __future__ import annotations

from functools import cache

MORE_COUNTRIES = """
america, u.s., u.s, us, u.s.a., usa, u.s.a, united, states, united states of america, the states, uk, u.k.,
britain, great britain, united kingdom, england, uae, u.a.e., united arab emirates, emirates, russia, russian
federation, soviet union, ussr, u.s.s.r., iran, islamic republic, islamic republic of iran, syria, turkey,
türkiye, turkiye, south korea, north korea, korea, dprk, rok, prc, p.r.c., china, people's republic of china,
taiwan, republic of china, vietnam, laos, burma, myanmar, palestine, palestinian authority, kosovo, macedonia,
north macedonia, moldova, bosnia, bosnia and herzegovina, bosnia - herzegovina, bosnia-herzegovina,
herzegovina, yugoslavia, serbia and montenegro, czechoslovakia, czech republic, east germany, west germany,
gdr, congo, dr congo, drc, democratic republic of congo, democratic republic of the congo, republic of congo,
ivory coast, cote d'ivoire, côte d'ivoire, tanzania, bolivia, venezuela, brunei, cape verde, swaziland, east
timor, timor-leste, timor - leste, vatican, holy see, ksa, saudi, saudi arabia, kingdom of saudi arabia,
abkhazia, south ossetia, transnistria, somaliland, holland, netherlands, persia, zaire, rhodesia, ceylon,
gambia, bahamas, maldives, philippines, comoros, micronesia, st. lucia, south vietnam, north vietnam, south
yemen, north yemen, south sudan, north cyprus, northern cyprus, guinea - bissau, republic of ireland, ireland,
republic of korea, republic of turkey, republic of azerbaijan, state of israel, republic of armenia, iraq,
kyrgyzstan, libya, sahrawi republic
"""

DEMONYM_OPENERS = frozenset("South North Saudi Sri East West".split())
NOT_NATIONS = frozenset(
    "muslim muslims islamic sunni sunnis shi'ite shi'ites shiite shiites shia western west westerners jewish jews jew "
    "christian christians catholic catholics roman catholic republican republicans democrat democrats "
    "democratic communist".split()
)
DEMONYMS = frozenset(
    w
    for stem in """
Afghan Albanian Algerian American Andorran Angolan Argentine Argentinian Armenian Australian Austrian
Azerbaijani Azeri Bahraini Bangladeshi Barbadian Belarusian Belarussian Belgian Belizean Beninese Bermudan
Bhutanese Bolivian Bosnian Botswanan Brazilian British Bruneian Bulgarian Burmese Burundian Cambodian
Cameroonian Canadian Chadian Chechen Chilean Chinese Colombian Comoran Congolese Croat Croatian Cuban Cypriot
Czech Danish Djiboutian Dominican Dutch Ecuadorean Ecuadorian Egyptian Emirati English Eritrean Estonian
Ethiopian Fijian Filipino Finnish French Gabonese Gambian Georgian German Ghanaian Greek Grenadian Guatemalan
Guinean Guyanese Haitian Honduran Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Israeli Italian
Ivorian Jamaican Japanese Jordanian Kazakh Kazakhstani Kenyan Korean Kosovar Kurd Kurdish Kuwaiti Kyrgyz Lankan Lao
Laotian Latvian Lebanese Liberian Libyan Lithuanian Macedonian Malagasy Malawian Malaysian Maldivian Malian
Maltese Mauritanian Mauritian Mexican Moldovan Mongolian Montenegrin Moroccan Mozambican Namibian Nepalese
Nepali Nicaraguan Nigerian Nigerien Norwegian Omani Pakistani Palestinian Panamanian Paraguayan Persian
Peruvian Philippine Polish Portuguese Qatari Romanian Russian Rwandan Salvadoran Saudi Scottish Senegalese
Serb Serbian Singaporean Slovak Slovakian Slovene Slovenian Somali Soviet Spanish Sudanese Swedish Swiss
Syrian Taiwanese Tajik Tanzanian Thai Tibetan Togolese Tunisian Turk Turkish Turkmen Ugandan Ukrainian
Uruguayan Uzbek Venezuelan Vietnamese Welsh Yemeni Yugoslav Zairian Zambian Zimbabwean Abkhaz Abkhazian
Ossetian Uighur Uyghur Russo Anglo Franco Sino Indo Turco Arab Turkic Catalan Basque Rohingya Tamil Pashtun
Hutu Tutsi African European Asian Briton Frenchman Frenchmen Englishman Englishmen Spaniard Dane Swede Finn
Pole Scot Dutchman Irishman Cypriote Ottoman Caucasian Tatar
""".split()
    for w in (stem, stem + "s")
)


@cache
def country_names() -> frozenset[str]:
    """Return names and common short names of states, in lower case without "the"."""
    import pycountry

    dependent = set("HK MO PR GL GI BM GU AQ RE GP MQ GF NC PF FO AX SX CW AW JE GG IM".split())
    names = {
        getattr(country, field, "").lower().split(",")[0]
        for country in pycountry.countries
        if country.alpha_2 not in dependent
        for field in ("name", "common_name", "official_name")
    }
    names |= {entry.strip() for entry in MORE_COUNTRIES.replace("\n", " ").split(",")}
    return frozenset(names - {"", "states", "united"}) | {"united states", "united states of america"}


def is_country(words: list[str]) -> bool:
    """Say whether the words of a name (spelt as in the text) are a state's name."""
    if words in (["us"], ["Us"]):
        return False
    name = " ".join(words).lower().replace("’", "'").removeprefix("the ")
    return name in country_names() or name.replace(" - ", "-").replace(" '", "'") in country_names()


def is_demonym(word: str) -> bool:
    """Say whether a word is the adjective or noun of a nationality or people."""
    return word in DEMONYMS or (word.isupper() and word.capitalize() in DEMONYMS)
