"""Which registration a bib names in its event."""

from app.domain.facts import Recorded
from app.domain.fold import fold
from app.domain.ids import ActorId, Bib, RegistrationId
from app.domain.state import MeetState
from tests.domain.log import ANNA, BEA, DASH, GUN, SETUP, entered


def test_two_runners_may_change_bibs_one_after_the_other() -> None:
    anna, bea = RegistrationId("reg_swap_a"), RegistrationId("reg_swap_b")
    facts = [fact for fact in SETUP if type(fact).__name__ in ("MeetDescribed", "EventDescribed", "AthleteDescribed")]
    facts += [entered(anna, DASH, ANNA, "70"), entered(bea, DASH, BEA, "80")]
    facts += [entered(anna, DASH, ANNA, "80"), entered(bea, DASH, BEA, "70")]
    log = [Recorded(seq, GUN, ActorId("tok_desk"), fact) for seq, fact in enumerate(facts, 1)]
    state = fold(MeetState(), log)
    assert state.events[DASH].by_bib == {"70": bea, "80": anna}
    assert (state.by_bib[Bib("70")], state.by_bib[Bib("80")]) == ({BEA}, {ANNA})
