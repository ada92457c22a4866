"""A mark beside a record or a best (R10): official marks are compared, never raw times."""

from app.domain.units import Duration
from app.rules.rounding import round_up


def record_code(code: str, elapsed: Duration, unit: Duration, standing: Duration | None) -> str | None:
    """`NR` when better than the standing mark (or the first ever), `=NR` when equal, else None."""
    official = round_up(elapsed, unit)
    if standing is None or official < standing:
        return code
    return f"={code}" if official == standing else None


def bests(official: Duration, pb: Duration | None, sb: Duration | None) -> list[str]:
    """`PB` or `SB` beside a legal official mark, `=` before it when equalled; a PB is a season's best too.

    Without a best before there is nothing to say: it may be unknown.
    """
    codes = (record_code(code, official, Duration(1), best) for code, best in (("PB", pb), ("SB", sb)) if best)
    return [code for code in codes if code][:1]
