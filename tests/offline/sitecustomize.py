"""Refuses every connection that would leave the machine; Python runs this at start when the folder is on its path."""

import socket

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
