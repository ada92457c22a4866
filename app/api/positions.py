"""The last position of the log that changed what a noun shows: the number in its ETag.

An athlete is shown with its bibs, a registration with its athlete's identity and chips: those count too.
"""

from app.domain.ids import AssignmentId, AthleteId, RegistrationId
from app.domain.state import MeetState


def of_athlete(state: MeetState, id: AthleteId) -> int:
    touched = state.touched
    return max(touched[id], *(touched[entry] for entry in state.by_athlete.get(id, ())), 0)


def of_registration(state: MeetState, id: RegistrationId) -> int:
    touched, athlete = state.touched, state.registrations[id].entry.athlete
    return max(touched[id], touched[athlete], *(touched[chip] for chip in state.carried.get(athlete, ())))


def of_assignment(state: MeetState, id: AssignmentId) -> int:
    return max(state.touched[id], of_athlete(state, state.assignments[id].athlete))
