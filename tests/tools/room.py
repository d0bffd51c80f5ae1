"""What a teacher's laptop has to carry as the server of a room: bytes and seconds of each learner, printed as ratios.

    uv run --frozen --group test python tests/tools/room.py build/site --clients 25

Serves the site as the room kit says, and JupyterLab with the course. A real Chromium with an empty cache opens a lesson
of either; what it fetched is then fetched by many clients at once, with six connections each, as a browser has them.
All of it happens on this machine, so the seconds are those of the server and of no radio. ``hub_load.py`` has a hub.
"""

import argparse
import asyncio
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lab

LESSON = "21_what_does_a_gpu_hour_cost"
CONNECTIONS = 6  # of a browser to one server
MOST = 100
MEGA = 1e6
MEGABITS = 20  # a second that the radio of a laptop gives all learners together; judgement


@dataclass
class Opened:
    """What one browser fetched until a lesson could be used."""

    seconds: float = 0.0
    size: float = 0.0
    addresses: list[str] = field(default_factory=list)


def watched(tab, found: Opened) -> None:
    """Note what a page fetches: what came over the line, and the frames of its sockets."""
    line = tab.context.new_cdp_session(tab)
    line.send("Network.enable")

    def add(size: float) -> None:
        found.size += size

    line.on("Network.loadingFinished", lambda told: add(told["encodedDataLength"]))
    for way in ("Received", "Sent"):
        line.on(f"Network.webSocketFrame{way}", lambda told: add(len(told["response"]["payloadData"])))
    tab.on("request", lambda asked: found.addresses.append(asked.url) if asked.method == "GET" else None)


@contextlib.contextmanager
def site(folder: Path):
    """The site on a port of this machine, by the command of the room kit; yields its address."""
    port = lab.free_port()
    words = ["-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    server = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=2).close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def open_site(chromium, address: str) -> Opened:
    found, tab = Opened(), chromium.new_page()
    watched(tab, found)
    began = time.monotonic()
    tab.goto(f"{address}/{LESSON}.html")
    tab.wait_for_selector(".sc-panel .sc-chart svg", timeout=lab.LONGEST)
    found.seconds = time.monotonic() - began
    tab.wait_for_load_state("networkidle")
    tab.close()
    return found


def open_lab(chromium, address: str) -> Opened:
    found, tab = Opened(), lab.Page(chromium, address)
    watched(tab.page, found)
    began = time.monotonic()
    tab.open(f"notebooks/{LESSON}.ipynb")
    tab.run_all(".sc-panel .sc-chart svg")
    found.seconds = time.monotonic() - began
    tab.wait_for_controls()
    tab.close()
    return found


async def fetch(addresses: list[str]) -> float:
    """Seconds in which one client has everything."""
    began = time.monotonic()
    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits, timeout=lab.LONGEST / 1000, trust_env=False) as client:
        for answer in await asyncio.gather(*map(client.get, addresses)):
            answer.raise_for_status()
    return time.monotonic() - began


def together(addresses: list[str], count: int) -> list[float]:
    """Seconds of so many clients that begin at once; in a thread, as the browser's loop is running in this one."""

    async def all_of_them():
        return await asyncio.gather(*(fetch(addresses) for _ in range(count)))

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(all_of_them())).result()


def tell(name: str, opened: Opened, address: str, count: int) -> None:
    """One way, in lines: what one learner needs, and what all of them do."""
    files = [url for url in dict.fromkeys(opened.addresses) if url.startswith(address) and "/api/" not in url]
    alone = together(files, 1)[0]
    took = together(files, count)
    size = opened.size / MEGA
    radio = size * count * 8 / MEGABITS
    print(f"{name}: {size:.1f} MB a learner in {len(opened.addresses)} requests")
    print(f"  {opened.seconds:.1f} s until one browser has drawn the panel")
    print(f"  {count} learners: {size * count:.0f} MB, {radio:.0f} s of a radio of {MEGABITS} Mbit/s")
    print(f"  its {len(files)} files: {alone:.2f} s for one client")
    print(f"  {count} clients at once: half within {statistics.median(took):.2f} s, all within {max(took):.2f} s")
    print(f"  the slowest of them takes {max(took) / alone:.1f} times as long as one alone")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder that website.py writes")
    parser.add_argument("--clients", type=int, default=25, help=f"how many learners (at most {MOST})")
    given = parser.parse_args()
    if not (given.site / f"{LESSON}.html").exists():
        parser.error(f"{given.site} has no {LESSON}.html: make the site with notebooks/guides/website.py first")
    count = min(max(given.clients, 1), MOST)
    with lab.browser() as chromium:
        with site(given.site) as address:
            tell("site from the laptop", open_site(chromium, address), address, count)
        with tempfile.TemporaryDirectory() as name, lab.jupyter(lab.course(Path(name))) as address:
            tell("JupyterLab from the laptop", open_lab(chromium, address), address, count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
