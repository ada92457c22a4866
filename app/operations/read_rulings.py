"""A read that an official rules out: a chip in a spectator's bag beside the mat, a test before the race."""

from app.domain.facts import ReadRuledOut
from app.domain.refusals import Contradicts, NotFound
from app.operations.sheet import Sheet, writable
from app.operations.undo import is_fact


def rule_out(sheet: Sheet, read_seq: int, reason: str | None = None) -> int:
    """The position of the ruling. The read is kept; undoing the ruling lets it count again."""
    state = writable(sheet.state)
    if not 1 <= read_seq <= sheet.projection.head:
        raise NotFound("read", str(read_seq))
    if is_fact(state, read_seq):
        message = f"number {read_seq} of the log is no read: rule out a read, undo anything else"
        raise Contradicts("not_a_read", message)
    if read_seq in state.ruled_out:
        message = f"the read is ruled out already, by number {state.ruled_out[read_seq]} of the log: undo that instead"
        raise Contradicts("already_ruled_out", message)
    return sheet.record(ReadRuledOut(read_seq=read_seq, reason=sheet.text(reason)))
