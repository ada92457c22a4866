"""Rounds planned by the rules, over HTTP (R20–R22)."""

from tests.api.organizer import Organizer, problem


def test_r21_64_entries_are_planned_looked_at_and_taken_over(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet())
    path = f"/events/{event}/plan"
    seen = organizer.make(path, {"preview": True, "entries": 64}, expect=200)
    assert [(one["name"], one["runners"], one["heats"], one["advance"]) for one in seen["rounds"]] == [
        ("round-1", 64, 8, {"places": 2, "times": 8}),
        ("semi-final", 24, 3, {"places": 2, "times": 2}),
        ("final", 8, 1, None),
    ]
    assert seen["applied"] is False
    assert seen["because"] == {
        "rules": ["R20", "R21"],
        "table": "rounds.progressions[0]",
        "row": "up_to 64",
        "why": None,
        "ruleset": "world-athletics",
        "ruleset_version": "2026.1",
        "overridden": [],
    }
    assert [one["name"] for one in organizer.get(f"/events/{event}")["rounds"]] == ["final"]
    taken = organizer.make(path, {"entries": 64}, expect=200)
    assert (taken["applied"], taken["rounds"]) == (True, seen["rounds"])
    assert [one["name"] for one in organizer.get(f"/events/{event}")["rounds"]] == ["round-1", "semi-final", "final"]


def test_r22_heats_differ_by_one_at_most_and_the_reason_is_said(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet(lanes=6))
    seen = organizer.make(f"/events/{event}/plan", {"preview": True, "entries": 22}, expect=200)
    assert seen["rounds"][0]["sizes"] == [6, 6, 5, 5]
    assert (seen["lanes"], seen["per_heat"]) == (6, 6)
    assert (seen["because"]["rules"], seen["because"]["why"]) == (
        ["R20", "R22"],
        "the table's heats do not fit into 6 places",
    )


def test_without_a_body_the_active_entries_count(organizer: Organizer) -> None:
    event = organizer.sprint(organizer.meet(lanes_out=[1, 2]))
    for bib in ("1", "2", "3"):
        organizer.register(event, bib)
    plan = organizer.client.post(f"/v1/events/{event}/plan").json()
    assert (plan["entries"], plan["lanes"], [one["name"] for one in plan["rounds"]]) == (3, 6, ["final"])


def test_what_cannot_be_planned_is_said(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.sprint(meet)
    problem(organizer.post(f"/events/{event}/plan"), 422, "no_entries", "/entries")
    problem(organizer.post(f"/events/{event}/plan", {"entries": 0}), 422, "invalid_request", "/entries")
    problem(organizer.post(f"/events/{organizer.event(meet)}/plan", {"entries": 9}), 409, "no_plan")
    organizer.register(event, "7")
    organizer.start(meet, organizer.drawn(event)[0])
    problem(organizer.post(f"/events/{event}/plan"), 409, "results_depend")
