"""Texts and numbers that a page holds and does not show: nobody who reads the file meets an answer by accident.

It is no secret: whoever runs the script of the page can open all of it, as the page does.
"""

import base64
import json
from hashlib import sha256
from itertools import cycle

SALT = "sovereign-compute"


def sealed(value) -> str:
    """A text, a number or a list as letters that do not tell it; `sealed.js` opens them."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    key = cycle(sha256(SALT.encode()).digest())
    return base64.b64encode(bytes(one ^ other for one, other in zip(plain, key, strict=False))).decode()
