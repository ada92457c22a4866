"""The secrets that tokens and device keys are made of: `bs_api_<id>_<secret><checksum>`.

The prefix is there for scanners that look for leaked secrets, the checksum tells a typing error from an unknown key
without asking the database, and a double click selects the whole. Only a hash is ever stored: a secret of 43 random
characters (256 bits) needs no slow one.
"""

import binascii
import hashlib
import re
import secrets
import string
from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["api", "dev"]

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
SECRET_LENGTH: Final = 43
CHECKSUM_LENGTH: Final = 6
PREFIX: Final = "bs_"
_FORM: Final = re.compile(r"bs_(api|dev)_([0-9a-z]{1,64})_([0-9A-Za-z]{32,64})([0-9A-Za-z]{6})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was just made. `text` is shown once; `digest` is what is kept."""

    text: str
    digest: str


def make(family: Family, id: str) -> Key:
    """A new key. `id` is that of its row (`tok_…`), so that a leaked key can be revoked without being known."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    body = f"{PREFIX}{family}_{id.rpartition('_')[2]}_{secret}"
    text = body + checksum(body)
    return Key(text, digest(text))


def digest(text: str) -> str:
    """SHA-256 of the whole text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checksum(body: str) -> str:
    """CRC-32 in six base-62 digits, as GitHub's tokens have it."""
    number, digits = binascii.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


def plausible(text: str) -> bool:
    """False for a key of ours that was mistyped or cut off. An administrator's own words may look like anything."""
    if not text.startswith(PREFIX):
        return True
    found = _FORM.fullmatch(text)
    return found is not None and checksum(text[:-CHECKSUM_LENGTH]) == found[4]
