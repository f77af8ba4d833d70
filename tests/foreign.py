"""Rows of others' formats, invented by us: a ferry, a strait, two islands' quarrel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from dragoman.archive.parties import load_listed
from dragoman.interchange.gdelt_read import EVENTS
from dragoman.interchange.imported import BadRow, Imported
from dragoman.interchange.names import Names
from dragoman.interchange.readers import READERS

Row = Mapping[str, str]


@lru_cache(maxsize=1)
def make_names() -> Names:
    return Names((named.id, named.code, named.names) for named in load_listed())


def read(form: str, path: Path) -> tuple[list[Imported], list[BadRow]]:
    """Good rows and bad ones."""
    rows = list(READERS[form](path, make_names()))
    good = [row for row in rows if isinstance(row, Imported)]
    return good, [row for row in rows if isinstance(row, BadRow)]


def write(
    path: Path, columns: Sequence[str], rows: Iterable[Row], *, header: bool = False, separator: str = "\t",
    encoding: str = "utf-8",
) -> Path:  # fmt: skip
    with open(path, "w", encoding=encoding, newline="") as stream:
        if separator == ",":
            table = csv.writer(stream, lineterminator="\n")
            table.writerows([columns] if header else [])
            table.writerows([row.get(name, "") for name in columns] for row in rows)
        else:
            lines = [columns] if header else []
            lines += [[row.get(name, "") for name in columns] for row in rows]
            stream.writelines(separator.join(line) + "\n" for line in lines)
    return path


GDELT = {
    "GLOBALEVENTID": "900001", "SQLDATE": "20240305", "MonthYear": "202403", "Year": "2024", "FractionDate": "2024.1753",
    "Actor1Code": "JPNGOV", "Actor1Name": "TOKYO", "Actor1CountryCode": "JPN", "Actor1Type1Code": "GOV",
    "Actor2Code": "PHL", "Actor2Name": "PHILIPPINES", "Actor2CountryCode": "PHL", "IsRootEvent": "1",
    "EventCode": "072", "EventBaseCode": "072", "EventRootCode": "07", "QuadClass": "2", "GoldsteinScale": "8.3",
    "NumMentions": "6", "NumSources": "2", "NumArticles": "5", "AvgTone": "1.25", "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Subic Bay, Zambales, Philippines", "ActionGeo_CountryCode": "RP", "ActionGeo_ADM1Code": "RP64",
    "ActionGeo_Lat": "14.78", "ActionGeo_Long": "120.23", "DATEADDED": "20240305101500",
    "SOURCEURL": "https://strait-courier.example/subic",
}  # fmt: skip
POLECAT = {
    "Event ID": "STRAIT_000017", "Event Date": "2024-03-05", "Event Type": "CONSULT", "Event Mode": "visit",
    "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION", "Contexts": "diplomatic;economic",
    "Actor Name": "São Tomé and Príncipe", "Actor Country": "STP", "Actor COW": "403", "Primary Actor Sector": "GOV",
    "Actor Name Raw": "the premier", "Recipient Name": "None", "Recipient Name Raw": "ministers", "Recipient Country": "PRT",
    "Recipient COW": "235", "Primary Recipient Sector": "GOV", "Placename": "Lisbon", "City": "Lisbon",
    "Country": "Portugal", "Latitude": "38.72", "Longitude": "-9.14", "Publication Date": "2024-03-06", "Language": "en",
}  # fmt: skip
ICEWS = {
    "Event ID": "77", "Event Date": "2024-03-05", "Source Name": "Police (Ghana)", "Source Sectors": "Police,Government",
    "Source Country": "Ghana", "Event Text": "Arrest, detain, or charge with legal action", "CAMEO Code": "173",
    "Intensity": "-5.0", "Target Name": "Protester (Ghana)",
    "Target Sectors": "Protestors / Popular Opposition / Mobs,Dissident", "Target Country": "Ghana", "Story ID": "4",
    "Sentence Number": "2", "Publisher": "Strait Courier", "City": "Accra", "District": "NA", "Province": "Greater Accra",
    "Country": "Ghana", "Latitude": "5.56", "Longitude": "-0.2",
}  # fmt: skip
PHOENIX = {
    "EventID_version": "12_v9", "story_date": "20240306", "year": "2024", "month": "3", "day": "5", "source": "ISRMIL",
    "source_root": "ISR", "source_agent": "MIL", "target": "SYR", "target_root": "SYR", "code": "195", "root_code": "19",
    "quad_class": "4", "goldstein": "-10.0", "lat": "34.73", "lon": "36.71", "placeName": "Homs", "countryName": "SYR",
    "ids": "a1;a2", "urls": "https://strait-courier.example/1;https://harbour.example/2", "sources": "courier;harbour",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "MLI99", "event_date": "05 March 2024", "year": "2024", "time_precision": "2",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Mali (2021-)", "inter1": "State forces", "actor2": "Reed River Front",
    "inter2": "Rebel group", "iso": "466", "country": "Mali", "admin1": "Mopti", "location": "Reedford", "latitude": "14.5",
    "longitude": "-4.2", "geo_precision": "3", "source": "Strait Courier; Harbour Radio",
    "notes": "On 5 March, soldiers and Reed River Front fighters clashed near Reedford.\nBoth claimed the field, \"at last\".",
    "fatalities": "7", "timestamp": "1709900000",
}  # fmt: skip
UCDP = {
    "id": "500001", "relid": "MAL-2024-1-1-1", "year": "2024", "active_year": "1", "code_status": "Clear",
    "type_of_violence": "1", "conflict_name": "Mali: Government", "dyad_name": "Government of Mali - Reed River Front",
    "side_a": "Government of Mali", "side_b": "Reed River Front", "number_of_sources": "-1",
    "source_headline": "Clash near Reedford", "where_prec": "2", "where_coordinates": "Reedford village",
    "latitude": "14.5", "longitude": "-4.2", "country": "Mali", "country_id": "432", "event_clarity": "1",
    "date_prec": "2", "date_start": "2024-03-05 00:00:00.000", "date_end": "2024-03-07 00:00:00.000", "deaths_a": "2",
    "deaths_b": "4", "deaths_civilians": "0", "deaths_unknown": "1", "best": "7", "high": "9", "low": "6", "gwnoa": "432",
}  # fmt: skip
MENTION = {
    "GLOBALEVENTID": "900001", "EventTimeDate": "20240305000000", "MentionTimeDate": "20240305101500", "MentionType": "1",
    "MentionSourceName": "strait-courier.example", "MentionIdentifier": "https://strait-courier.example/subic",
    "SentenceID": "2", "Actor1CharOffset": "10", "Actor2CharOffset": "40", "ActionCharOffset": "22", "InRawText": "1",
    "Confidence": "90", "MentionDocLen": "1200", "MentionDocTone": "1.5",
}  # fmt: skip
GDELT_1 = {name: cell for name, cell in GDELT.items() if not name.endswith("ADM2Code")}
GDELT_COLUMNS = EVENTS
