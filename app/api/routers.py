"""Every router there is, in the order that the documentation lists them."""

from typing import Final

from fastapi import APIRouter

from app.api import devices, docs, health, organizations, tokens

ROUTERS: Final[tuple[APIRouter, ...]] = (
    organizations.router,
    tokens.router,
    devices.router,
    health.router,
    docs.router,
)
