"""Reads time zones as people write them: a city in Russian or English, in any case, or a UTC offset."""

from __future__ import annotations

import difflib
import re
from functools import cache
from zoneinfo import available_timezones

MOST_SUGGESTIONS = 3
_LIKE = 0.75

# Russian names of cities by zone: large ones, capitals of regions, and those of neighbouring countries.
_CITIES = {
    "Europe/Kaliningrad": "калининград",
    "Europe/Moscow": (
        "москва мск moscow msk питер санкт-петербург петербург спб spb нижний новгород казань ростов-на-дону "
        "ростов краснодар воронеж ярославль тула рязань тверь сочи белгород брянск владимир иваново калуга "
        "курск липецк смоленск тамбов пенза саранск чебоксары йошкар-ола махачкала мурманск архангельск "
        "вологда псков петрозаводск сыктывкар ставрополь владикавказ грозный нальчик майкоп орёл орел "
        "кострома"
    ),
    "Europe/Simferopol": "симферополь севастополь крым",
    "Europe/Kirov": "киров",
    "Europe/Volgograd": "волгоград",
    "Europe/Samara": "самара тольятти ижевск",
    "Europe/Saratov": "саратов",
    "Europe/Ulyanovsk": "ульяновск",
    "Europe/Astrakhan": "астрахань",
    "Asia/Yekaterinburg": (
        "екатеринбург екб ekaterinburg ekb челябинск пермь уфа тюмень оренбург сургут курган магнитогорск "
        "ханты-мансийск"
    ),
    "Asia/Omsk": "омск",
    "Asia/Novosibirsk": "новосибирск нск",
    "Asia/Barnaul": "барнаул горно-алтайск",
    "Asia/Tomsk": "томск",
    "Asia/Novokuznetsk": "новокузнецк кемерово",
    "Asia/Krasnoyarsk": "красноярск абакан кызыл норильск",
    "Asia/Irkutsk": "иркутск улан-удэ",
    "Asia/Chita": "чита",
    "Asia/Yakutsk": "якутск благовещенск",
    "Asia/Vladivostok": "владивосток хабаровск",
    "Asia/Magadan": "магадан",
    "Asia/Sakhalin": "южно-сахалинск сахалин",
    "Asia/Kamchatka": "петропавловск-камчатский камчатка",
    "Europe/Minsk": "минск",
    "Asia/Almaty": "алматы алма-ата астана шымкент",
    "Asia/Tashkent": "ташкент",
    "Asia/Bishkek": "бишкек",
    "Asia/Yerevan": "ереван",
    "Asia/Tbilisi": "тбилиси",
    "Asia/Baku": "баку",
    "Asia/Dubai": "дубай",
}
_TWO_WORDS = {"нижний новгород": "Europe/Moscow", "нур-султан": "Asia/Almaty"}
_BY_CITY = {city: zone for zone, cities in _CITIES.items() for city in cities.split()} | _TWO_WORDS

_BY_HOURS = {
    2: ("Europe/Kaliningrad",),
    3: ("Europe/Moscow", "Europe/Minsk"),
    4: ("Europe/Samara", "Asia/Tbilisi"),
    5: ("Asia/Yekaterinburg", "Asia/Almaty"),
    6: ("Asia/Omsk", "Asia/Bishkek"),
    7: ("Asia/Krasnoyarsk", "Asia/Novosibirsk"),
    8: ("Asia/Irkutsk",),
    9: ("Asia/Yakutsk", "Asia/Chita"),
    10: ("Asia/Vladivostok",),
    11: ("Asia/Magadan", "Asia/Sakhalin"),
    12: ("Asia/Kamchatka",),
}
"""The likely zones of shops in Russia and neighbouring countries, by UTC offset in hours."""
_OFFSET = re.compile(r"(?:utc|gmt|мск|msk)?\s*\+\s*0?(?P<hours>[0-9]{1,2})(?::?00)?")
_FROM_MOSCOW = 3


def read_zone(words: str) -> str | None:
    """The zone if it is certain, by its name or a city; otherwise None."""
    said = _plain(words)
    return _by_name().get(said) or _BY_CITY.get(said) or _by_last_part().get(said)


def suggestions(words: str) -> tuple[str, ...]:
    """Zones that may be meant by unknown words; empty if none is similar."""
    said = _plain(words)
    certain = read_zone(words)
    if certain is not None:
        return (certain,)
    offset = _OFFSET.fullmatch(said)
    if offset is not None:
        hours = int(offset["hours"]) + (_FROM_MOSCOW if said.startswith(("мск", "msk")) else 0)
        return _BY_HOURS.get(hours, ())
    city = said.rpartition("/")[2]
    if city != said and city in _BY_CITY:
        return (_BY_CITY[city],)
    by_any = {**_by_last_part(), **_BY_CITY, **_by_name()}
    near = difflib.get_close_matches(said, by_any, MOST_SUGGESTIONS, _LIKE)
    near += difflib.get_close_matches(city, by_any, MOST_SUGGESTIONS, _LIKE) if city != said else []
    return tuple(dict.fromkeys(by_any[one] for one in near))[:MOST_SUGGESTIONS]


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip().casefold()


@cache
def _by_name() -> dict[str, str]:
    return {zone.casefold(): zone for zone in available_timezones()}


@cache
def _by_last_part() -> dict[str, str]:
    """Zones by the city in their name, also "New York"; the shortest name wins if a city has several."""
    found: dict[str, str] = {}
    for zone in sorted(available_timezones(), key=lambda one: (len(one), one), reverse=True):
        region, _, city = zone.rpartition("/")
        if region and region.partition("/")[0] not in ("Etc", "SystemV", "US", "Canada"):
            found[city.casefold()] = found[city.replace("_", " ").casefold()] = zone
    return found
