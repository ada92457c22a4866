"""Backstraight: race timing from 100 m to 10 km, forwards and backwards."""

__version__ = "0.1.0"
