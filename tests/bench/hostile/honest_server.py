#!/usr/bin/env python3
"""An honest newspaper that counts its polls: honest_server.py PORT.

Six articles and a front page; a view counter differs at every fetch and every third one brings an edit, so that a poll
needs the whole way through the daemon. `GET /count` says how many polls there were; `POST /hook` is a receiver.
"""
import asyncio
import sys

from newspaper import SENTENCE, Reply, Request, Site, page, paragraphs


class Honest(Site):
    articles = 6

    def __init__(self, port):
        super().__init__(port)
        self.polls = 0

    def article(self, request):
        body = f'<p>Cập nhật lần thứ {self.polls // 3}: {SENTENCE}</p>{paragraphs(6)}<span class="views">{self.polls}</span>'
        return Reply(page(f"Chuyện thật {request.path[-11:-5]}", body))


async def serve(site, reader, writer):
    try:
        while True:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, path, _ = lines[0].split(" ", 2)
            headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines[1:-2]}
            await reader.readexactly(int(headers.get("content-length", 0)))
            if path == "/count":
                reply = Reply(str(site.polls).encode(), "text/plain")
            elif path == "/hook":
                reply = Reply()
            else:
                site.polls += 1
                reply = site.answer(Request(method, path, headers, site.polls))
            writer.write(reply.head() + reply.body)
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main(port):
    site = Honest(port)
    listener = await asyncio.start_server(lambda reader, writer: serve(site, reader, writer), "127.0.0.1", port, backlog=1024)
    print("ready", flush=True)
    async with listener:
        await listener.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
