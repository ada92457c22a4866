"""An entry in full, and the categories of an event that it is in."""

IDA = {"family_name": "Brandt", "given_name": "Ida", "sex": "W", "birth_date": "1994-09-26", "nation": "NOR"}
CATEGORIES = [
    {"name": "W30", "sex": "W", "min_age": 30, "max_age": 34, "age_on": "race_day"},
    {"name": "W35", "sex": "W", "min_age": 35, "max_age": 39, "age_on": "race_day"},
]
