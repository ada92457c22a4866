"""Measurements: each figure beside its limit, both from the same run. `make bench` prints them."""
