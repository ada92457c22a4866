"""The records that hold at a meet: lists that an organizer gives, often copied from those that are shipped."""

from collections.abc import Sequence
from typing import Final

from app.domain.facts import RecordsListed
from app.domain.ids import MeetId
from app.domain.records import RecordList
from app.domain.refusals import Invalid
from app.domain.state import MeetState
from app.operations.checks import within
from app.operations.sheet import Sheet, Texts, writable
from app.rules.record_lists import check_records, with_words, without_words

MOST_LISTS: Final = 20
MOST_RECORDS: Final = 2_000
"""In all lists together."""
RESERVED: Final = frozenset({"PB", "SB"})
"""Said of a runner's own marks, not of a list."""


def list_records(sheet: Sheet, lists: Sequence[RecordList]) -> None:
    """All lists of the meet anew. The words of those before, names of holders among them, are gone for good."""
    before = writable(sheet.state).records
    check(lists)
    if lists_of(sheet) == tuple(lists):
        return
    held, words = without_words(lists)
    sheet.record(RecordsListed(lists=held, words=sheet.text(words)))
    if before is not None and before.words is not None:
        sheet.tx.texts.erase(sheet.meet_id, [before.words])


def lists_of(sheet: Sheet) -> tuple[RecordList, ...]:
    """The lists of the meet as they were given."""
    return lists_in(sheet.meet_id, sheet.state, sheet.tx.texts)


def lists_in(meet: MeetId, state: MeetState, texts: Texts) -> tuple[RecordList, ...]:
    """The same of any meet that the tables of texts hold."""
    listed = state.records
    if listed is None or listed.words is None:
        return listed.lists if listed else ()
    return with_words(listed.lists, texts.many(meet, [listed.words]).get(listed.words, ""))


def check(lists: Sequence[RecordList]) -> None:
    """`Invalid`, with a pointer into the lists: too many, one named twice, or one that does not hold together."""
    within(len(lists), 0, MOST_LISTS, "/lists", "lists of records")
    within(sum(len(one.records) for one in lists), 0, MOST_RECORDS, "/lists", "records")
    names = [one.name for one in lists]
    for index, one in enumerate(lists):
        at = f"/lists/{index}"
        if one.name in names[:index]:
            raise Invalid(f"{at}/name", "list_twice", f"there are two lists {one.name!r}: give each its own name")
        for number, record in enumerate(one.records):
            if record.code in RESERVED:
                message = f"{record.code} is said of a runner's own marks: choose another code"
                raise Invalid(f"{at}/records/{number}/code", "reserved_code", message)
        check_records(one, at)
