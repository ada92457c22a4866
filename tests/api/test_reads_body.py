"""What a reader posts, decoded: every field at fault is named, and one bad read spoils its post whole."""

import json
from typing import Any

import pytest

from app.api.faults import MalformedBody, TooLarge
from app.api.reads_body import MOST_READS, decode
from app.domain.refusals import Invalid

A_READ: dict[str, Any] = {"seq": 1, "chip": "C7", "at": 1_777_815_531_200_000}


def posted(*reads: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"source": "mat", "epoch": "1", "reads": list(reads)} | more).encode()


def test_a_read_becomes_a_row() -> None:
    whole = A_READ | {"place": "finish", "antenna": 2, "rssi": -47, "kind": "chip"}
    assert decode(posted(whole)) == (
        "mat", "1", [(1, "C7", None, 1_777_815_531_200_000, "finish", 2, -47, "chip", None)],
    )  # fmt: skip


@pytest.mark.parametrize(
    "at",
    ["2026-05-03T13:38:51.2Z", "2026-05-03T15:38:51.2+02:00", "2026-05-03T13:38:51.200000+00:00", 1777815531200000],
)
def test_an_instant_is_text_with_an_offset_or_microseconds(at: object) -> None:
    assert decode(posted(A_READ | {"at": at}))[2][0][3] == 1_777_815_531_200_000


@pytest.mark.parametrize(
    ("read", "pointer", "code"),
    [
        ({"at": "2026-05-03T13:38:51"}, "/reads/1/at", "invalid"),
        ({"at": 17.4823}, "/reads/1/at", "invalid"),
        ({"at": "2026-05-03T13:38:50.9999999Z"}, "/reads/1/at", "too_precise"),
        ({"at": -1}, "/reads/1/at", "invalid"),
        ({"at": "1969-12-31T23:59:59Z"}, "/reads/1/at", "before_1970"),
        ({"seq": "1"}, "/reads/1/seq", "invalid"),
        ({"seq": -1}, "/reads/1/seq", "invalid"),
        ({"seq": 2**53}, "/reads/1/seq", "invalid"),
        ({"chip": ""}, "/reads/1/chip", "invalid"),
        ({"chip": None}, "/reads/1", "chip_or_bib"),
        ({"bib": "7"}, "/reads/1", "chip_or_bib"),
        ({"chip": "C\x00"}, "/reads/1/chip", "control_character"),
        ({"tag": "C7"}, "/reads/1/tag", "unknown_field"),
        ({"a/b": "C7"}, "/reads/1/a~1b", "unknown_field"),
    ],
)
def test_a_broken_read_is_named_by_its_place_in_the_post(read: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode(posted(A_READ, A_READ | {"seq": 2} | read))
    assert (refused.value.pointer, refused.value.code) == (pointer, code)


def test_what_is_missing_or_too_much_around_the_reads_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        decode(b'{"source": "mat", "reads": []}')
    assert (refused.value.code, refused.value.pointer, refused.value.detail) == (
        "missing",
        "/epoch",
        "the field 'epoch' is missing: an epoch is text of 1 to 200 characters, in quotes",
    )
    with pytest.raises(Invalid, match="there is no field 'meet' here: a post has source, epoch, reads"):
        decode(posted(A_READ, meet="meet_1"))
    with pytest.raises(Invalid) as refused:
        decode(posted(A_READ, source="mat\n1"))
    assert refused.value.pointer == "/source"


@pytest.mark.parametrize(
    ("read", "message"),
    [
        ({"chip": 58003417}, "a chip is text of 1 to 200 characters: put it in quotes"),
        ({"time": 1}, "there is no field 'time' here: a read has seq, at, chip or bib, place, antenna, rssi, kind"),
        ({"seq": "1"}, "a seq is a whole number from 0 to 9,007,199,254,740,991, without quotes"),
        ({"at": "2026-05-03T13:38:51"}, "a time is text with an offset, like 2026-"),
        ({"at": 17.4823}, "or a whole number of microseconds since 1970"),
        ({"rssi": "-47"}, "an rssi is a whole number of 32 bits, without quotes"),
    ],
)
def test_what_is_wrong_with_a_read_is_said_in_plain_words(read: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid) as refused:
        decode(posted(A_READ | read))
    assert message in refused.value.detail
    assert "`" not in refused.value.detail


@pytest.mark.parametrize(
    "body", [b"[]", b'{"source": "m", "epoch": "1", "reads": [7]}', b'{"source": "m", "reads": 1}']
)
def test_what_has_another_shape_is_told_the_right_one(body: bytes) -> None:
    with pytest.raises(Invalid, match=r"^a post has|^a read has|^reads is a list"):
        decode(body)


@pytest.mark.parametrize("body", [b"", b"{", b'{"source": "mat", "epoch": "1", "reads": [', b"\xff\xfe", b"chip;time"])
def test_what_is_no_json_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        decode(body)


def test_ten_thousand_reads_fit_and_one_more_does_not() -> None:
    reads = [A_READ | {"seq": n} for n in range(MOST_READS + 1)]
    assert len(decode(posted(*reads[:-1]))[2]) == MOST_READS
    with pytest.raises(TooLarge, match="at most 10,000 reads or 4 MiB are taken at once"):
        decode(posted(*reads))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises((Invalid, MalformedBody)):
        decode(b'{"source": "mat", "epoch": "1", "reads": [{"seq": 1, "chip": "\\ud800", "at": 1}]}')
