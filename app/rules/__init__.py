"""The rules of the sport, each a small pure function with its number in the rules reference.

Every table here is data with a default: a caller passes another one where an organizer overrides it.
"""
