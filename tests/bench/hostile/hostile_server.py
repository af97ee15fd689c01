#!/usr/bin/env python3
"""Serves one behaviour on every address of loopback: hostile_server.py NAME PORT DOOR.

Says `ready` once it serves; ended by SIGTERM it says how many requests came (or, of an attack on the daemon's door,
which listens on port DOOR, how many went out).
"""
import asyncio
import os
import signal
import sys

import catalogue
from newspaper import Reply, Request


class Server:
    def __init__(self, site):
        self.site = site
        self.asked = 0

    async def serve(self, reader, writer):
        try:
            while await self.answer_one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # whoever is attacked may hang up
        finally:
            writer.close()

    async def answer_one(self, reader, writer):
        """Whether the connection may be used again."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:-2]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        self.asked += 1
        reply = self.site.answer(Request(method, path, headers, self.asked))
        if not isinstance(reply, Reply):
            await reply(writer)
            return False
        writer.write(reply.head())
        writer.write(reply.body)
        await writer.drain()
        return True


async def main(name, port, door):
    site = catalogue.BEHAVIOURS[name](port)
    site.prepare()
    server = Server(site)

    def end():
        print(getattr(site, "tried", server.asked), flush=True)
        os._exit(0)

    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)
    listener = await asyncio.start_server(server.serve, "0.0.0.0", port, backlog=4096, limit=1 << 20)
    print("ready", flush=True)
    if site.attack:
        await site.attack(door)
    async with listener:
        await listener.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
