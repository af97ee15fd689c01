"""Answers that are no whole bytes: each function returns a coroutine function that is given the connection's writer."""
import asyncio


def head(kind, *lines, status="200 OK"):
    return "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines, "", "")).encode()


def chunk(data):
    return b"%x\r\n%b\r\n" % (len(data), data)


def endless(data, kind, first=b""):
    """`first`, then `data` again and again, as fast as it is taken."""
    async def send(writer):
        writer.write(head(kind, "Transfer-Encoding: chunked"))
        if first:
            writer.write(chunk(first))
        while True:
            writer.write(chunk(data))
            await writer.drain()
    return send


def dribble(data, kind, bytes_a_second):
    """`data` a little at a time."""
    async def send(writer):
        writer.write(head(kind, f"Content-Length: {len(data)}"))
        each = max(1, bytes_a_second // 10)
        for at in range(0, len(data), each):
            writer.write(data[at:at + each])
            await writer.drain()
            await asyncio.sleep(each / bytes_a_second)
    return send


def raw(data, hold=0.0):
    """`data` as it is, and the connection closed after `hold` seconds."""
    async def send(writer):
        writer.write(data)
        await writer.drain()
        await asyncio.sleep(hold)
    return send


def again_and_again(first, data):
    """No HTTP framing at all: `first`, then `data` for ever."""
    async def send(writer):
        writer.write(first)
        while True:
            writer.write(data)
            await writer.drain()
    return send


async def silence(_writer):
    await asyncio.sleep(3600)
