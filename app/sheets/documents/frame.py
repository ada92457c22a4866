"""What stands around the tables of a sheet: heading, records, legend, signatures, status (R49, R50, R55)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from app.domain.design import Role
from app.domain.state import Event, Heat
from app.domain.units import Instant, format_instant
from app.rules.records import mark_of
from app.rules.rulesets import rules_of
from app.rules.wind import measured, wind_counts, wind_text
from app.sheets.documents.columns import columns
from app.sheets.documents.legend import legend
from app.sheets.documents.printed import Printed
from app.sheets.documents.standing import Standing, standing_of
from app.sheets.sheet import Cell, Row, Sheet, Table
from app.views.audience import Item
from app.views.records import standing_records

UNSTATED: Final = Standing("provisional", "")
"""Of a sheet that is no result: start lists, schedules."""
RECORDS: Final = ("code", "mark", "holder", "nation", "where", "date")


def sheet_of(
    of: Printed,
    name: str,
    *,
    events: Sequence[Event] = (),
    subject: str = "",
    heading: Mapping[str, Cell] | None = None,
    lines: Sequence[str] = (),
    records: Table | None = None,
    tables: Sequence[Table] = (),
    notes: Sequence[str] = (),
    signatures: Sequence[Role] = (),
    standing: Standing = UNSTATED,
    latest_us: int = 0,
    title: str | None = None,
) -> Sheet:
    """`latest_us`: when the last thing that it shows was seen."""
    note = (standing.note,) if standing.note else ()
    issued = Instant(standing.at_us) if standing.at_us else of.said_at(latest_us)
    return Sheet(
        name=name,
        title=title or of.words(f"title.{name}"),
        meet=of.meet.name,
        where_when=of.where_when(),
        subject=subject,
        heading=heading or {"meet": of.meet.name},
        lines=tuple(line for line in lines if line),
        records=records if records and records.rows else None,
        tables=tuple(tables),
        notes=(*notes, *note),
        legend=legend(of.words, tables, of.state, events),
        signatures=tuple(map(of.signing, signatures)),
        status=standing.status,
        standing=standing.text,
        version=standing.version,
        changes=standing.changes,
        issued=of.issued("issued", issued),
        digest=standing.digest,
        address=of.address(events[0].id if len(events) == 1 else None),
        look=of.look,
        language=of.words.language,
        seq=of.seq,
    )


def heat_heading(of: Printed, heat: Heat) -> dict[str, Cell]:
    event, gun = of.state.events[heat.event], heat.now.start
    return {
        "meet": of.state.spec.name if of.state.spec else None,
        "event": event.spec.name,
        "round": heat.round,
        "heat": heat.drawn.number,
        "of_heats": len(event.rounds.get(heat.round, {})),
        "wave": heat.drawn.wave,
        "started_at": format_instant(gun[1].at) if gun else None,
        "wind": wind_of(heat),
        "temperature_c": heat.now.weather.temperature_c if heat.now.weather else None,
        "humidity_percent": heat.now.weather.humidity_percent if heat.now.weather else None,
    }


def event_heading(of: Printed, event: Event) -> dict[str, Cell]:
    spec = event.spec
    return {
        "meet": of.state.spec.name if of.state.spec else None,
        "event": spec.name,
        "distance_m": spec.distance_m,
        "direction": spec.direction,
        "ranking": spec.ranking,
    }


def wind_of(heat: Heat) -> str | None:
    """Metres a second with its sign, or None; of a heat that some ran again, theirs (R40)."""
    return text_of_wind(heat.now.wind_mm_per_s)


def text_of_wind(mm_per_s: int | None) -> str | None:
    return None if mm_per_s is None else wind_text(mm_per_s)


def heat_name(of: Printed, heat: Heat) -> str:
    """`Final`, `Semi-Final – Heat 2 of 3`, `Wave A`."""
    total = len(of.state.events[heat.event].rounds.get(heat.round, {}))
    round = of.words.round(heat.round)
    if heat.drawn.wave is not None:
        return f"{round} – {of.words('race.wave', name=heat.drawn.wave)}"
    if total < 2:
        return round
    return f"{round} – {of.words('race.heat_of', number=heat.drawn.number, total=total)}"


def heat_subject(of: Printed, heat: Heat) -> str:
    """`100 Metres Men – Semi-Final – Heat 2 of 3`"""
    return f"{of.event(of.state.events[heat.event])} – {heat_name(of, heat)}"


def heat_lines(of: Printed, heat: Heat, *, ran: bool = True) -> tuple[str, ...]:
    """Qualification in words; the gun or the scheduled start, and the wind where it has `ran`."""
    event = of.state.events[heat.event]
    winds = (text_of_wind(attempt.wind_mm_per_s) for attempt in heat.counting)
    wind = " / ".join(dict.fromkeys(one for one in winds if one is not None))
    blown = of.words("line.wind", wind=wind) + _for_how_long(of, event) if ran and wind else ""
    said = [when(of, event, heat), weather_of(of, heat), blown]
    return advance(of, event, heat.round), " · ".join(part for part in said if part)


def _for_how_long(of: Printed, event: Event) -> str:
    """` (10 s)`: as long as the rules have the wind measured (R15)."""
    table = rules_of(of.state.spec, event.spec).wind
    row = measured(event.spec, table) if wind_counts(event.spec, table) else None
    return f" ({row.seconds} s)" if row else ""


def weather_of(of: Printed, heat: Heat) -> str:
    """`Temp 21 °C · Hum 48 %`, as far as it was said."""
    read = heat.now.weather
    if read is None:
        return ""
    temperature, humidity = read.temperature_c, read.humidity_percent
    warm = "" if temperature is None else of.words("line.temperature", degrees=temperature)
    damp = "" if humidity is None else of.words("line.humidity", percent=humidity)
    return " · ".join(part for part in (warm, damp) if part)


def when(of: Printed, event: Event, heat: Heat) -> str:
    zone, gun = of.meet.timezone, heat.now.start
    if gun is not None:
        return of.words("line.gun", at=of.words.at(gun[1].at, zone))
    at = next((round.scheduled_at for round in event.spec.rounds if round.name == heat.round), None)
    return "" if at is None else of.words("line.scheduled", at=of.words.at(at, zone))


def advance(of: Printed, event: Event, round: str) -> str:
    """Who goes on from a round, in words; empty where nobody does."""
    names = [one.name for one in event.spec.rounds]
    if round not in names:
        return ""
    index = names.index(round)
    rule, after = event.spec.rounds[index].advance, names[index + 1 : index + 2]
    if rule is None or not (rule.places or rule.times):
        return ""
    counted = (("place", rule.places), ("time", rule.times))
    key = "_and_".join(noun if count == 1 else f"{noun}s" for noun, count in counted if count)
    into = of.words.round(after[0]) if after else of.words("line.next_round")
    return of.words(f"line.{key}", places=rule.places, times=rule.times, round=into)


def records_block(of: Printed, event: Event) -> Table:
    """Records that stood before the event, a line each (R50)."""
    found = standing_records(of.state, event, of.record_words)
    rows = (
        (_code(one.code, one.category), mark_of(one), one.holder, one.nation, one.place, record_day(of, one.date))
        for _, one in found
    )
    return Table(columns(of.words, RECORDS), tuple(Row(cells) for cells in rows), key="records_before")


def record_day(of: Printed, day: str | None) -> str | None:
    """`16 AUG 2009`, or as much of it as is known."""
    return of.words.born(date.fromisoformat(day)) if day is not None and len(day) == len("2009-08-16") else day


def _code(code: str, category: str | None) -> str:
    return code if category is None else f"{category} {code}"


def heat_notes(of: Printed, heats: Sequence[Heat], items: Sequence[Item]) -> list[str]:
    """How it was timed (R8), and what is missing."""
    event = of.state.events[heats[0].event] if heats else None
    if event is None:
        return []
    spec = event.spec
    grades = {item["timed_by"] for item in items if item["mark"]}
    keys = []
    if "hand" in grades or "manual_at_line" in grades:
        keys.append("hand")
    if spec.surface == "track" and grades & {"transponder", "transponder_local"}:
        keys.append("transponder" if spec.timing == "photo_finish" else "chip")
    if "photo_finish" in grades:
        keys.append("photo")
    if any("NWI" in item["flags"] for item in items):
        keys.append("no_wind")
    if not any(item["status"] for item in items):
        started = any(heat.now.start for heat in heats)
        keys.append("no_results" if started else "not_started")
    return [of.words(f"note.{key}") for key in keys]


def heat_standing(of: Printed, heat: Heat, items: Sequence[Item]) -> Standing:
    return standing_of(of, of.state.events[heat.event], items, [heat.id])


def signers(event: Event) -> tuple[Role, Role, Role]:
    """R55."""
    reader: Role = "photo_finish" if event.spec.timing == "photo_finish" else "timekeeper"
    return "referee", reader, "secretary"
