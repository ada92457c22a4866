"""Lines that make no meet, or a part of another one, are refused with the reason; nothing of them is stored."""

from collections.abc import Sequence

import pytest

from app.domain.facts import (
    AthleteDescribed,
    Fact,
    FinishesRead,
    LegsNamed,
    Reading,
    RoundDrawn,
    Ruling,
    StartSignal,
    Undone,
)
from app.domain.ids import AthleteId, EventId, HeatId, RegistrationId, RulingId, TextId
from app.domain.refusals import Invalid
from app.store import Database, archive
from tests.domain.log import ANNA, ANNA_DASH, DASH, GUN, HEAT_1, drawn, entered
from tests.store.archives import DESK, HOME, MEET, signed, taken, written

FIRST = b'{"meet":{"id":"meet_1","organization":"org_1","head":%d,"created_at_us":0}}\n'
FACT = b'{"facts":[{"seq":%d,"kind":"meet_closed","version":1,"at_us":0,"actor":"a","body":{}}]}\n'
EPOCH = b'{"epoch":{"no":1,"source":"src_1","epoch":"1"}}\n'
READ = b'{"reads":[[%d,%d,%d,"C7",null,0,null,null,null,null,0,null]]}\n'


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([b"{}\n"], "does not begin with a meet"),
        ([b"not json\n"], "cannot be read"),
        ([b'{"meet":{"id":"meet_1","organization":"o","head":0,"created_at_us":0,"format":99}}\n'], "newer"),
        ([FIRST % 10**12], "no log has"),
        ([FIRST % 2, FACT % 1], "gap"),
        ([FIRST % 2, FACT % 1, FACT % 1], "twice"),
        ([FIRST % 1, FACT % 2], "beyond"),
        ([FIRST % 2, FACT % 1, EPOCH, READ % (1, 1, 1)], "twice"),
        ([FIRST % 1, READ % (1, 1, 1)], "epoch 1, which it does not name"),
        ([FIRST % 2, EPOCH, READ % (1, 1, 1), READ % (2, 1, 1)], "contradicts itself"),
        ([FIRST % 1, (FACT % 1).replace(b'"body":{}', b'"body":7')], "fact 1 cannot be read"),
        ([FIRST % 0, b'{"people":[{"id":"ath_1","family_name":"A","given_name":"B","sex":"Q"}]}\n'], "contradicts"),
        ([FIRST % 0, b'{"people":[{"family_name":"A","given_name":"B","sex":"W"}]}\n'], "without an id"),
        ([FIRST % 0, b'{"people":[{"id":"ath_1","family_name":{},"given_name":"B","sex":"W"}]}\n'], "cannot be"),
        ([FIRST % 1, EPOCH, (READ % (1, 1, 1)).replace(b",null,0,", b",null,%d," % 10**30, 1)], "cannot be"),
        ([FIRST % 1, EPOCH, READ % (1, 1, 1)], "names? source 'src_1'"),
    ],
)
def test_lines_that_make_no_log_are_refused_with_the_reason(other: Database, lines: list[bytes], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        taken(other, signed(*lines))
    with other.read() as tx:
        assert archive.meets(tx) == []


def test_a_fact_that_only_a_newer_version_knows_is_refused(other: Database) -> None:
    with pytest.raises(Invalid, match="install the newer Backstraight"):
        taken(other, signed(FIRST % 1, (FACT % 1).replace(b"meet_closed", b"meet_sold")))


def rewritten(lines: Sequence[bytes], *names: tuple[str, str], without: str = "") -> list[bytes]:
    """The same meet under other names, signed anew, without the lines of one kind."""
    text = b"".join(line for line in lines[:-1] if not without or not line.startswith(f'{{"{without}"'.encode()))
    for old, new in names:
        text = text.replace(f'"{old}"'.encode(), f'"{new}"'.encode())
    return signed(*text.splitlines(keepends=True))


OTHER_MEET = ("meet_1", "meet_2")
EVERY_ID = (
    *("evt_dash", "evt_road", "ath_anna", "ath_bea", "ath_c", "reg_a", "reg_b", "reg_ar", "reg_c"),
    *("heat_1", "heat_2", "heat_field", "src_mat", "chip_a", "time_1", "rul_1", "txt_1"),
)


@pytest.mark.parametrize("kept", EVERY_ID)
def test_what_another_meet_holds_already_is_never_taken_over(full: Database, kept: str) -> None:
    """All ids are new but one, which is in the file and in a meet that is here."""
    lines = written(full)
    others = [(id, f"{id}_new") for id in EVERY_ID if id != kept]
    with pytest.raises(Invalid, match=f"'{kept}' belongs to a meet that is here|already exists|UNIQUE"):
        taken(full, rewritten(lines, OTHER_MEET, *others), HOME)
    assert written(full) == lines
    taken(full, rewritten(lines, OTHER_MEET, *others, (kept, f"{kept}_new")), HOME)
    assert written(full) == lines


@pytest.mark.parametrize(("without", "id"), [("people", "athlete 'ath_anna'"), ("texts", "text 'txt_1'")])
def test_people_and_texts_that_facts_name_must_be_in_the_file(
    full: Database, other: Database, without: str, id: str
) -> None:
    with pytest.raises(Invalid, match=f"names {id}, which it does not hold"):
        taken(other, rewritten(written(full), without=without))


STRANGE = AthleteId("ath_x"), RegistrationId("reg_x"), HeatId("heat_x")
NAMING_STRANGERS: list[Fact] = [
    entered(RegistrationId("reg_d"), DASH, STRANGE[0], "9"),
    entered(RegistrationId("reg_d"), EventId("evt_x"), ANNA, "9"),
    LegsNamed(heat=HEAT_1, registration=ANNA_DASH, athletes=(ANNA, STRANGE[0])),
    RoundDrawn(event=DASH, round="final", heats=(drawn(HEAT_1, 1, ANNA_DASH, STRANGE[1]),)),
    FinishesRead(heat=HEAT_1, method="hand", readings=(Reading(registration=STRANGE[1]),)),
    StartSignal(heat=STRANGE[2], at=GUN),
    Ruling(ruling=RulingId("rul_9"), heat=HEAT_1, registration=ANNA_DASH, kind="note", reason=TextId("txt_x")),
    AthleteDescribed(athlete=STRANGE[0], sex="W"),
]


@pytest.mark.parametrize("fact", NAMING_STRANGERS, ids=lambda fact: type(fact).__name__)
def test_every_id_that_a_fact_names_must_be_in_the_file(full: Database, other: Database, fact: Fact) -> None:
    with full.write() as tx:
        tx.facts.append(MEET, [fact], DESK, GUN)
    with pytest.raises(Invalid, match=r"names \w+ '\w+_x', which it does not hold"):
        taken(other, written(full))


@pytest.mark.parametrize("target", [1, 2, 4, 6, 10, 99])
def test_an_undoing_of_what_is_never_undone_is_refused(full: Database, other: Database, target: int) -> None:
    with full.write() as tx:
        tx.facts.append(MEET, [Undone(target_seq=target)], DESK, GUN)
    with pytest.raises(Invalid, match=f"undoes number {target}, which is none that can be undone"):
        taken(other, written(full))
