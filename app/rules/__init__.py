"""The rules of the sport, each a small pure function with its number in the rules reference.

No table is in the code: `rulesets.py` loads them from `data/rulesets`, an organizer overrides them for a meet or an
event, and each function takes the table that it needs.
"""
