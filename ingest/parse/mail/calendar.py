"""Reads the calendar part of an invitation (RFC 5545): what, when, where, who."""

import re

from ingest.parse.plain.encoding import decode

_LABELS = {
    "SUMMARY": "日程",
    "DTSTART": "开始",
    "DTEND": "结束",
    "LOCATION": "地点",
    "ORGANIZER": "组织者",
    "ATTENDEE": "参加者",
    "DESCRIPTION": "说明",
}
_LINE = re.compile(r'(?P<name>[\w-]+)(?P<parameters>(?:;[\w-]+=(?:"[^"]*"|[^;:"]*))*):(?P<value>.*)')
_NAME = re.compile(r';CN=(?:"([^"]*)"|([^;:]*))', re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?$")
_ZONE = re.compile(r";TZID=(?:\"([^\"]*)\"|([^;:]*))", re.IGNORECASE)
_ESCAPES = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
_MOST_ATTENDEES = 100


def lines(content: bytes, charset: str) -> list[str]:
    """Each event's properties as `日程：灾备演练`, in the order of the file; nothing where there is no event."""
    text = re.sub(r"\r?\n[ \t]", "", decode(content, charset) or "")
    found: list[str] = []
    component = ""
    for line in text.splitlines():
        if line.upper().startswith(("BEGIN:", "END:")):
            component = line[6:].strip().upper() if line.upper().startswith("BEGIN:") else _outer(line)
        match = _LINE.match(line)
        name = match["name"].upper() if match else ""
        if match and component in ("VEVENT", "VTODO") and name in _LABELS and len(found) < _MOST_ATTENDEES:
            value = _value(name, match["parameters"], match["value"])
            if value:
                found.append(f"{_LABELS[name]}：{value}")
    return found


def _outer(line: str) -> str:
    """The component around the one that ends: an alarm stands inside an event."""
    return "VEVENT" if line[4:].strip().upper() == "VALARM" else ""


def _value(name: str, parameters: str, value: str) -> str:
    if name in ("DTSTART", "DTEND"):
        moment = _MOMENT.match(value.strip())
        if not moment:
            return value.strip()
        date = "-".join(moment.group(1, 2, 3))
        zone = _ZONE.search(parameters)
        where = "UTC" if moment[7] else (zone[1] or zone[2]) if zone else ""
        return " ".join(filter(None, (date, f"{moment[4]}:{moment[5]}" if moment[4] else "", where)))
    if name in ("ORGANIZER", "ATTENDEE"):
        person = _NAME.search(parameters)
        address = re.sub(r"^mailto:", "", value.strip(), flags=re.IGNORECASE)
        return f"{(person[1] or person[2]).strip()} <{address}>" if person else address
    return re.sub(r"\\[nN,;\\]", lambda found: _ESCAPES[found[0]], value).strip()
