"""Meets that sheets are made of: championships on the track and backwards, two road races, small and large, and several
races in one.
"""

from typing import Final

from tests.sheets.meets.retro import retro_championship
from tests.sheets.meets.road import road_race
from tests.sheets.meets.several import several_races
from tests.sheets.meets.small import MEET, Small, sheets_of
from tests.sheets.meets.ten_k import ten_k
from tests.sheets.meets.track import track_championship

__all__ = ["MAKERS", "MEET", "Small", "retro_championship", "road_race", "sheets_of", "ten_k", "track_championship"]

MAKERS: Final = {
    "track": track_championship,
    "retro": retro_championship,
    "road": road_race,
    "ten_k": ten_k,
    "several": several_races,
}
