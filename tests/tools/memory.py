"""How much memory a process and all its children take, shared pages counted once (the proportional set size)."""

import contextlib

import psutil

MEBIBYTE = 2**20


def taken(process: psutil.Process) -> float:
    """MiB of a process and everything it started; what ends meanwhile does not count. Linux only."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_full_info().pss
    return total / MEBIBYTE
