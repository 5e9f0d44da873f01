"""How a secret key is written: `dgd_<kind>_<8 id>_<43 secret><6 checksum>`.

The prefix lets secret scanners find a leaked key. The checksum tells a mistyped key from a wrong one without asking the
database.
"""

import hashlib
import re
import secrets
import string
import zlib
from typing import NamedTuple

_ID_LETTERS = string.ascii_lowercase + string.digits
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_KEY = re.compile(r"dgd_([a-z]{3,8})_([a-z0-9]{8})_([A-Za-z0-9_-]{43})([0-9A-Za-z]{6})")


class KeyText(NamedTuple):
    """A key taken apart."""

    kind: str
    public_id: str
    secret: str

    @property
    def text(self) -> str:
        """The key as its owner sees it, once."""
        head = f"dgd_{self.kind}_{self.public_id}_{self.secret}"
        return head + _checksum(head)

    @property
    def secret_hash(self) -> str:
        """What is stored instead of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def new_key(kind: str) -> KeyText:
    """Return a fresh random key."""
    public_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(8))
    return KeyText(kind, public_id, secrets.token_urlsafe(32))


def read_key(text: str) -> KeyText | None:
    """Take a key apart; None when it is not one or is mistyped."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    kind, public_id, secret, checksum = match.groups()
    key = KeyText(kind, public_id, secret)
    return key if key.text.endswith(checksum) else None


def _checksum(head: str) -> str:
    number = zlib.crc32(head.encode())
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits
