"""Files of other programs: one file a format, each a function from values to bytes, and where it is read one back.

Nothing here knows a meet; `gather.py` alone makes the values from results, and `files.py` lists what goes out.
"""
