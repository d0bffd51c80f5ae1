"""A server as it is from far away: whatever goes to it or comes from it is that much later."""

import asyncio
import contextlib
import threading
from urllib.parse import urlsplit

LOOKED = 0.05  # seconds after which a piece that waits asks how long the way is


class Line:
    """A way to a server that takes so many ``milliseconds`` there and back; that may be changed at any time."""

    def __init__(self, server: str, milliseconds: float = 0):
        self.milliseconds = milliseconds
        self._server = urlsplit(server)
        self.address = ""

    async def _connected(self, reader, writer) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            there = await asyncio.open_connection(self._server.hostname, self._server.port)
            await asyncio.gather(self._carry(reader, there[1]), self._carry(there[0], writer))

    async def until(self, begun: float) -> None:
        """Wait until what came in then is over the line, which may become shorter meanwhile."""
        clock = asyncio.get_running_loop().time
        while (rest := begun + self.milliseconds / 2_000 - clock()) > 0:
            await asyncio.sleep(min(rest, LOOKED))

    async def _carry(self, reader, writer) -> None:
        """What comes in goes out in its order, each piece half of the time later."""
        waiting = asyncio.Queue()

        async def deliver() -> None:
            with contextlib.suppress(ConnectionError):
                while (piece := await waiting.get())[1]:
                    await self.until(piece[0])
                    writer.write(piece[1])
                    await writer.drain()
            writer.close()

        out = asyncio.create_task(deliver())
        content = b"-"
        while content:
            try:
                content = await reader.read(2**16)
            except ConnectionError:
                content = b""
            await waiting.put((asyncio.get_running_loop().time(), content))
        await out


@contextlib.contextmanager
def line(server: str, milliseconds: float = 0):
    """A line to the server at an address; its own ``address`` is the one to open."""
    found, loop, ready, over = Line(server, milliseconds), asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        listening = await asyncio.start_server(found._connected, "127.0.0.1", 0)
        found.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        ready.set()
        await over.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:  # what is open is closed with it
            runner.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
