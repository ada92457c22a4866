"""Every router there is, in the order that the documentation lists them."""

from typing import Final

from fastapi import APIRouter

from app.api import archives, devices, docs, health, organizations, tokens

ROUTERS: Final[tuple[APIRouter, ...]] = (
    organizations.router,
    tokens.router,
    devices.router,
    archives.router,
    health.router,
    docs.router,
)
