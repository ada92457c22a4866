"""Every form of a statement with the function that plays it. A new keyword is one function and one line here."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from app.cli.script import (
    answers,
    asking,
    counting,
    deciding,
    entering,
    evidence,
    going_on,
    marking,
    racing,
    relays,
    setting,
)
from app.cli.script.game import Game
from app.cli.script.statements import Difference, Statement

Verb = Callable[[Game, Statement], Iterable[Difference] | None]
REFUSED: Final = "refused WORD [because WORDS]"
OF_EVENT: Final = (
    "[forward] [backward] [men] [women] [track] [road] [lanes] [mass] [photo finish] [transponder] [hand] [hurdles] "
    "[walk] [relay] [medley NUMBER…] [gun] [net] [no start mat] [ruleset WORD] [false-starts POLICY] [cut-off MARK] "
    "[min-lap MARK] [start-window MARK] [without NUMBER…] [preferring NUMBER…]"
)
OF_FINISH: Final = (
    "[MARK] [watches WATCHES] [hand] [semi] [reaction SECONDS] [place NUMBER] [STATUS] [rule WORD] [wind WIND] "
    "[offset SECONDS]"
)
OF_RUNNER: Final = (
    "[M] [W] [name NAME] [nation WORD] [club NAME] [born DATE] [age NUMBER] [wave NAME] [category NAME] [team NAME] "
    "[guest] [pacer] [pb BROUGHT] [sb BROUGHT] [seed BROUGHT]"
)

SETTING: Final[Mapping[str, Verb]] = {
    "meet [on DATE] [until DATE] [zone WORD] [lanes NUMBER] [lap NUMBER] [without NUMBER…] [bibs per event]": (
        setting.meet
    ),
    f"DISTANCE {OF_EVENT}": setting.event,
    f"change {OF_EVENT}": setting.change,
    "point NAME at DISTANCE [on NAME] [closes MARK]": setting.point,
    "category WORD [sex SEX] [from NUMBER] [to NUMBER] [on AGE_ON]": setting.category,
    "rule WORD is WORDS": setting.rule,
    "round WORD [ADVANCE] [heats NUMBER] [per-heat NUMBER] [of SOURCE_OF]": setting.round_,
}
"""What is recorded when the next statement needs it."""
PLAYED: Final[Mapping[str, Verb]] = {
    # people
    "record WORD MARK [sex SEX] [of WORD] [category NAME] [date DATE] [by NAME]": marking.record,
    f"runner BIB {OF_RUNNER} [id WORD] [chip CHIP…] [lane NUMBER] [heat NUMBER]": entering.runner,
    "runners BIB…": entering.runners,
    f"entry BIB {OF_RUNNER} [to BIB]": entering.entry,
    "scratch BIB": entering.scratch,
    "chip CHIP is BIB [from TIME] [until TIME]": entering.chip,
    "chip CHIP ends TIME": entering.chip_ends,
    "chip CHIP back": entering.chip_back,
    # heats and rounds
    "heat NUMBER [of WORD] [PLACED…]": racing.heat,
    "plan [for NUMBER]": going_on.plan,
    "draw [WORD] [seed NUMBER] [without NUMBER…]": racing.draw,
    "gun TIME [wave NAME]": racing.gun,
    "recall [wave NAME]": racing.recall,
    "rerun [wave NAME] [only BIB…] [because WORDS]": racing.rerun,
    "close [TIME] [wave NAME]": racing.close,
    "reopen [wave NAME]": racing.reopen,
    "cancel [wave NAME]": racing.cancel,
    "advance from WORD": racing.advance,
    "lots [of WORD] [seed NUMBER]": going_on.draw_lots,
    "replace BIB [by BIB] [into WORD] [because WORDS]": going_on.replace,
    "clock TIME": racing.clock,
    # evidence
    "source WORD [at NAME] [SIDE] [offset SECONDS] [error SECONDS]": evidence.source,
    "read BIB NAME TIME… [by WORD] [number NUMBER] [epoch WORD] [received TIME] [times NUMBER] [every SECONDS]": (
        evidence.read
    ),
    "read chip CHIP NAME TIME… [by WORD] [number NUMBER] [epoch WORD] [received TIME]": evidence.read,
    "again": evidence.again,
    "conflict TAKE [because WORDS]": evidence.conflict,
    "rule-out BIB at NAME TIME because WORDS": evidence.rule_out,
    f"finish BIB {OF_FINISH}": evidence.finish,
    f"finish lane NUMBER {OF_FINISH}": evidence.finish,
    "wind WIND": evidence.wind,
    "legs BIB are BIB…": relays.legs,
    "takeover BIB after NUMBER MARK [hand]": relays.takeover,
    "line TIME [BIB]": evidence.line,
    "line TIME is BIB": evidence.line_is,
    "line TIME moved TIME": evidence.line_moved,
    "line TIME dropped": evidence.line_dropped,
    # decisions
    "dq BIB [WORD] [wave NAME] [because WORDS]": deciding.ruling("dq"),
    "dnf BIB [WORD] [wave NAME] [because WORDS]": deciding.ruling("dnf"),
    "dns BIB [WORD] [wave NAME] [because WORDS]": deciding.ruling("dns"),
    "withdrawn BIB [WORD] [wave NAME] [because WORDS]": deciding.ruling("withdrawn"),
    "reinstate BIB [wave NAME] [because WORDS]": deciding.ruling("reinstate"),
    "time BIB MARK [wave NAME] [because WORDS]": deciding.ruling("time"),
    "penalty BIB SECONDS [WORD] [wave NAME] [because WORDS]": deciding.ruling("penalty"),
    "false-start BIB… [reaction SECONDS] [wave NAME] [because WORDS]": deciding.false_start,
    "lane BIB [WORD] [wave NAME] [because WORDS]": deciding.ruling("lane"),
    "card BIB CARD [WORD] [wave NAME] [because WORDS]": deciding.ruling("card"),
    "advance BIB HOW [because WORDS]": deciding.ruling("advance"),
    "note BIB because WORDS": deciding.ruling("note"),
    "confirm BIB [at NAME] [wave NAME] [because WORDS]": deciding.confirm,
    "accept WORD BIB because WORDS": deciding.accept,
    "accept WORD because WORDS": deciding.accept,
    "undo WORDS": deciding.undoing,
    "publish ANNOUNCED [because WORDS]": deciding.announce,
    "close meet": deciding.close_meet,
    "reopen meet": deciding.reopen_meet,
}
EXPECTED: Final[Mapping[str, Verb]] = {
    "results [wave NAME]": answers.results,
    "summary [WORD]": answers.summary,
    "standings [at NAME] [sex SEX] [category NAME]": answers.standings,
    "before WORDS": answers.before,
    "version NUMBER": answers.version,
    "holds": answers.holds,
    "drawn PLACED…": asking.drawn,
    "ran BIB WORDS": relays.ran,
    "teams are WORDS": counting.teams,
    "teams of SEX are WORDS": counting.teams,
    "medals are WORDS": counting.medals,
    "placings are WORDS": counting.placings,
    "broken are WORDS": marking.broken,
    "awards are WORDS": marking.awards,
    "awards of SEX are WORDS": marking.awards,
    "halves BIB are WORD": marking.halves,
    "planned WORDS": going_on.planned,
    "tied WORDS": going_on.tied,
    "reserves for WORD WORDS": going_on.stand_by,
    "starter BIB is LISTED…": asking.starter,
    "splits BIB WORDS": asking.splits,
    "laps BIB WORDS": asking.laps,
    "laps-down BIB NUMBER": asking.laps_down,
    "anomalies WORDS": asking.anomalies,
    "reads BIB are STATE…": asking.reads,
    "reads chip CHIP are STATE…": asking.reads,
    "reads of NAME are STATE…": asking.reads,
    "passing BIB at NAME TIME [reads NUMBER]": asking.passing,
    "because BIB WORDS": asking.because,
    "printed wind WORD": asking.printed_wind,
    "receipt [stored NUMBER] [duplicates NUMBER] [conflicts NUMBER] [unknown NUMBER] [off-course NUMBER]": (
        asking.receipt
    ),
}
FORMS: Final[Mapping[str, Verb]] = {**SETTING, **PLAYED, **EXPECTED}
KEYWORDS: Final = frozenset(form.split()[0] for form in (*FORMS, REFUSED) if form[0].islower())
