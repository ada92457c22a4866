import json
from dataclasses import replace

from app.domain.facts import Published
from app.domain.ids import AthleteId, Bib
from app.domain.meet import TimingPoint
from app.domain.units import Instant
from app.operations import athletes, events, rulings, sources, starts
from app.operations.announced import content_of, line_of
from app.operations.publish import ENGINE, Difference, digest, publish, same_people, verify
from app.operations.rulings import Decision
from app.views.audience import OFFICIALS_FLAGS
from tests.operations.fakes import GUN, TimedSheet
from tests.operations.scenes import timed_road, timed_sprint


def verified(sheet: TimedSheet, published: Published) -> list[Difference]:
    same = same_people(sheet.state, published.at_seq)
    return verify(published, sheet.projection, sheet.people, same_people=same)


def test_a_publication_carries_places_and_marks_by_bib_and_no_name() -> None:
    sheet, event, _ = timed_sprint()
    published = publish(sheet, event, "provisional", "protests until noon")
    content = json.loads(published.content)
    assert [(line["bib"], line["place"], line["mark"]) for line in content["standings"]] == [
        ("7", 1, "10.02"),
        ("8", 2, "10.10"),
        ("9", 3, "10.30"),
    ]
    assert [line["lane"] for line in content["rounds"]["final"]] == [3, 4, 5]
    assert "Runner" not in published.content
    assert published.note is not None
    assert (published.version, published.engine, sheet.texts[published.note]) == (1, ENGINE, "protests until noon")
    assert published.digest == digest(published.content)
    assert isinstance(sheet.facts[-1], Published)


def test_what_is_announced_has_no_flags_that_only_officials_see() -> None:
    sheet, event, _ = timed_road()
    points = (("start", 0), ("half", 5_000), ("finish", 10_000))
    events.change(
        sheet, event, {"points": tuple(TimingPoint(name=name, distance_m=m, place=name) for name, m in points)}
    )
    mat = sources.put(sheet, "half", sources.Station(place="half"))
    sheet.seen(mat, "C7", Instant(GUN + 60_000_000))
    first = sheet.projection.table(event).rows(0, 1)[0]
    assert (first.bib, first.flags) == ("7", ("missed_split", "ghost_read"))
    line = json.loads(content_of(sheet.projection, event, sheet.people))["standings"][0]
    assert (line["bib"], line["flags"]) == ("7", ["missed_split"])


def test_a_line_that_only_officials_have_a_question_about_has_no_flags() -> None:
    sheet, _, heat = timed_sprint()
    asked = replace(sheet.projection.heat_results(heat)[0], flags=tuple(OFFICIALS_FLAGS))
    assert "flags" not in line_of(asked)


def test_runners_heats_and_the_event_are_named_by_id() -> None:
    sheet, event, heat = timed_sprint()
    content = json.loads(content_of(sheet.projection, event, sheet.people))
    (standing, *_), (result, *_) = content["standings"], content["rounds"]["final"]
    assert (content["event_id"], standing["heat_id"], result["heat_id"], result["heat"]) == (event, heat, heat, 1)
    assert (standing["registration_id"], standing["athlete_id"]) == (result["registration_id"], result["athlete_id"])
    assert not {"event", "registration", "athlete", "number"} & (content.keys() | standing.keys() | result.keys())


def test_each_announcement_is_a_version_of_its_own() -> None:
    sheet, event, _ = timed_sprint()
    first = publish(sheet, event, "provisional")
    second = publish(sheet, event, "official")
    assert (second.version, second.status, second.at_seq) == (2, "official", first.at_seq + 1)
    assert second.digest == first.digest


def test_what_was_announced_holds_while_the_same_log_gives_the_same_answer() -> None:
    sheet, event, _ = timed_road()
    published = publish(sheet, event, "official")
    assert verified(sheet, published) == []
    athletes.change(sheet, AthleteId("ath_1"), {"family_name": "Another name"})
    athletes.erase(sheet, AthleteId("ath_2"))
    assert verified(sheet, published) == []


def test_where_today_differs_it_says_whose_line_and_which_field() -> None:
    sheet, event, heat = timed_sprint()
    published = publish(sheet, event, "official")
    rulings.rule(sheet, heat, Decision(bib=Bib("7"), kind="dq", rule="TR16.8"))
    found = {(d.where, d.bib, d.field): (d.announced, d.today) for d in verified(sheet, published)}
    assert found["standings", "7", "status"] == ("OK", "DQ")
    assert found["standings", "8", "place"] == (2, 1)
    assert found["final", "7", "rule"] == (None, "TR16.8")
    assert found["standings", None, "order"] == (["7", "8", "9"], ["8", "9", "7"])


def test_other_settings_and_lines_that_only_one_side_has_are_differences() -> None:
    sheet, event, _ = timed_road()
    published = publish(sheet, event, "official")
    content = json.loads(published.content)
    del content["standings"][0]
    content["ranking"] = "net"
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    found = verified(sheet, replace(published, content=text, digest=digest(text)))
    assert Difference("publication", None, "ranking", "net", "gun") in found
    assert [(d.bib, d.field, d.announced) for d in found if d.where == "standings"] == [("7", "line", None)]


def test_a_content_that_does_not_fit_its_digest_was_tampered_with() -> None:
    sheet, event, _ = timed_sprint()
    published = publish(sheet, event, "official")
    forged = replace(published, content=published.content.replace("10.02", "9.02"))
    assert [difference.field for difference in verified(sheet, forged)] == ["digest"]


def test_the_content_depends_on_results_alone_not_on_when_it_was_made() -> None:
    sheet, event, heat = timed_road()
    before = content_of(sheet.projection, event, sheet.people)
    events.change(sheet, event, {"name": "City run"})
    assert content_of(sheet.projection, event, sheet.people) == before
    starts.start(sheet, heat, Instant(GUN + 1))
    assert content_of(sheet.projection, event, sheet.people) != before
