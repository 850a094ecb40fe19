"""States named in a text, by name or by two letters that can be nothing else."""

from __future__ import annotations

import re

_NAMES = {
    "alabama": "AL",
    "alaska": "AK",
    "arizona": "AZ",
    "arkansas": "AR",
    "california": "CA",
    "colorado": "CO",
    "connecticut": "CT",
    "delaware": "DE",
    "florida": "FL",
    "georgia": "GA",
    "hawaii": "HI",
    "idaho": "ID",
    "illinois": "IL",
    "indiana": "IN",
    "iowa": "IA",
    "kansas": "KS",
    "kentucky": "KY",
    "louisiana": "LA",
    "maine": "ME",
    "maryland": "MD",
    "massachusetts": "MA",
    "michigan": "MI",
    "minnesota": "MN",
    "mississippi": "MS",
    "missouri": "MO",
    "montana": "MT",
    "nebraska": "NE",
    "nevada": "NV",
    "new hampshire": "NH",
    "new jersey": "NJ",
    "new mexico": "NM",
    "new york": "NY",
    "north carolina": "NC",
    "north dakota": "ND",
    "ohio": "OH",
    "oklahoma": "OK",
    "oregon": "OR",
    "pennsylvania": "PA",
    "rhode island": "RI",
    "south carolina": "SC",
    "south dakota": "SD",
    "tennessee": "TN",
    "texas": "TX",
    "utah": "UT",
    "vermont": "VT",
    "virginia": "VA",
    "washington": "WA",
    "west virginia": "WV",
    "wisconsin": "WI",
    "wyoming": "WY",
    "puerto rico": "PR",
    "district of columbia": "DC",
}
_CITIES = {
    "miami": "FL",
    "orlando": "FL",
    "tampa": "FL",
    "houston": "TX",
    "dallas": "TX",
    "austin": "TX",
    "chicago": "IL",
    "cleveland": "OH",
    "columbus": "OH",
    "cincinnati": "OH",
    "los angeles": "CA",
    "san francisco": "CA",
    "san diego": "CA",
    "manhattan": "NY",
    "brooklyn": "NY",
    "boston": "MA",
    "philadelphia": "PA",
    "pittsburgh": "PA",
    "atlanta": "GA",
    "seattle": "WA",
    "phoenix": "AZ",
    "denver": "CO",
    "detroit": "MI",
    "minneapolis": "MN",
    "st. louis": "MO",
    "nashville": "TN",
    "charlotte": "NC",
    "las vegas": "NV",
    "new orleans": "LA",
    "milwaukee": "WI",
    "indianapolis": "IN",
}
_LETTERS = re.compile(
    r"\b(?:AK|AZ|AR|CA|FL|IA|IL|KS|KY|MI|MN|MO|NC|ND|NE|NH|NJ|NM|NV|NY|OH|RI|SD|TN|TX|UT|VA|VT|WI|"
    r"WV|WY|WA|SC|MD|PA|GA|OR)\b(?=[\s,.?;)]|$)"
)
_PLAIN = frozenset({"GA", "PA", "MD", "SC", "OR", "CA", "MI", "MO", "NC"})
"""Two letters that mean other things in a coder's mail, unless a city or `in` stands before them."""
_BEFORE = re.compile(r"(?:\b[Ii]n\s|[A-Z][a-z]+,\s)$")


def state(text: str) -> str | None:
    """The one state named, None where none or several are."""
    lowered = text.lower()
    found = {code for name, code in _NAMES.items() if re.search(rf"(?<!west )\b{name}\b", lowered)}
    found |= {code for name, code in _CITIES.items() if re.search(rf"\b{re.escape(name)}\b", lowered)}
    for match in _LETTERS.finditer(text):
        if match.group() not in _PLAIN or _BEFORE.search(text[max(0, match.start() - 20) : match.start()]):
            found.add(match.group())
    return found.pop() if len(found) == 1 else None
