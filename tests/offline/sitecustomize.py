"""Refuses every connection that would leave the machine; Python runs this at start when the folder is on its path.

It also lets jsonschema be imported without its grammar of international addresses, as the course does: that takes more
than a second, and the tests start hundreds of Pythons. ``GRAMMAR_AT_ONCE`` in the environment leaves jsonschema alone.
"""

import os
import socket
import sys
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType

_connect, _look_up = socket.socket.connect, socket.getaddrinfo
HERE = ("127.", "localhost", "::1", "0.0.0.0")


def _here(address) -> bool:
    return not isinstance(address, tuple) or str(address[0]).startswith(HERE)


def connect(self, address):
    if not _here(address):
        raise OSError(f"tests run without a network; refused: {address[0]}")
    return _connect(self, address)


def getaddrinfo(host, *args, **kwargs):
    if host and not _here((host.decode() if isinstance(host, bytes) else host,)):
        raise OSError(f"tests run without a network; refused: {host}")
    return _look_up(host, *args, **kwargs)


socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo


GRAMMAR = "rfc3987_syntax"


class Later:
    """Finds jsonschema; while that is imported, something stands in for the grammar, and builds it for whoever asks."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "jsonschema" or GRAMMAR in sys.modules or not PathFinder.find_spec(GRAMMAR):
            return None
        spec = PathFinder.find_spec(name, path, target)
        execute = getattr(spec and spec.loader, "exec_module", None)
        if execute is None:
            return None

        def run(module):
            sys.modules[GRAMMAR] = stand_in = ModuleType(GRAMMAR)
            stand_in.is_valid_syntax = lambda *arguments: import_module(GRAMMAR).is_valid_syntax(*arguments)
            try:
                execute(module)
            finally:
                del sys.modules[GRAMMAR]

        spec.loader.exec_module = run
        return spec


if "GRAMMAR_AT_ONCE" not in os.environ:
    sys.meta_path.insert(0, Later)
