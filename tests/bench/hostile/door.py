"""Attacks on the daemon's own listener, by a page in the operator's browser or by a local user."""
import asyncio

from articles import Long
from newspaper import Site, behaviour

CROSS_SITE = ("Host: 127.0.0.1:{port}\r\nOrigin: https://evil.example\r\nReferer: https://evil.example/\r\n"
              "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n")


class Attack(Site):
    """`tried` counts what was sent to the door."""
    clients = 6

    def prepare(self):
        super().prepare()
        self.tried = 0

    async def attack(self, door):
        await asyncio.gather(*(self.go_on(door, number) for number in range(self.clients)))

    async def go_on(self, door, number):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", door)
                try:
                    await self.once(reader, writer, door, number)
                finally:
                    writer.close()
            except OSError:
                pass
            await asyncio.sleep(0.01)

    async def once(self, reader, writer, door, number):
        raise NotImplementedError


@behaviour("browser-page")
class BrowserPage(Attack, Long):
    """a page in a browser asks for check, verify and all articles, six at once"""
    TARGETS = ("/api/v1/check", "/api/v1/verify", "/api/v1/articles?limit=1000", "/", "/metrics", "/api/v1/events?limit=1000")

    async def once(self, reader, writer, door, number):
        method = "POST" if self.tried % 20 == 0 else "GET"
        target = "/-/reload" if method == "POST" else self.TARGETS[self.tried % len(self.TARGETS)]
        self.tried += 1
        writer.write(f"{method} {target} HTTP/1.1\r\n{CROSS_SITE.format(port=door)}Connection: close\r\n\r\n".encode())
        while await reader.read(1 << 20):
            pass


@behaviour("half-open-connections")
class HalfOpen(Attack):
    """600 connections with half a request, opened again when they are closed"""
    clients = 600

    async def once(self, reader, writer, door, number):
        self.tried += 1
        writer.write(b"GET /api/v1/articles HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
        while True:
            try:
                if not await asyncio.wait_for(reader.read(1000), 2):
                    return
            except asyncio.TimeoutError:
                writer.write(b"x")


@behaviour("headers-to-our-door")
class HugeHeaders(Attack):
    """requests of endless headers, lines and bodies"""
    async def once(self, reader, writer, door, number):
        self.tried += 1
        starts = (b"GET / HTTP/1.1\r\n", b"GET /", b"POST /-/reload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n",
                  b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(starts[self.tried % len(starts)])
        filler = (b"X-" + b"a" * 998 + b": " + b"b" * 998 + b"\r\n") * 8
        for _ in range(1000):
            writer.write(filler)
            await writer.drain()
