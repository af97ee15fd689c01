"""Answers that break HTTP, or use it up."""
import base64
import gzip
import random
import struct

from lists import MIB
from newspaper import SENTENCE, Reply, Site, behaviour, page, paragraphs
from streams import again_and_again, chunk, endless, head, raw, silence

HTML = "text/html; charset=utf-8"
# 64 MiB of blanks in brotli's coding: quality 11, window 24
BROTLI = "z///f/glQOKxQCD3/p/////wSwDEYQGA7v0/////4ZcAiMMiAN37//z//8cvARCHBQC69/8="


def zstd_bomb(blocks):
    """A zstd frame of `blocks` RLE blocks: 128 KiB of blanks each, from four bytes (RFC 8878 section 3.1.1.2)."""
    size = 128 * 1024
    header = struct.pack("<IB", 0xFD2FB528, 0) + bytes([7 << 3])  # a window of 128 KiB
    block = lambda last: struct.pack("<I", size << 3 | 1 << 1 | last)[:3] + b" "
    return header + block(0) * (blocks - 1) + block(1)


class Coded(Site):
    """`coded()` is (coding, bytes) of an article's body."""

    def prepare(self):
        self.variants = self.coded()

    def coded(self):
        raise NotImplementedError

    def article(self, request):
        coding, body = self.variants[request.serial % len(self.variants)]
        return Reply(body, HTML, headers=(("Content-Encoding", coding),))


@behaviour("gzip-bomb")
class GzipBomb(Coded):
    """200 KB that are 200 MiB"""
    def coded(self):
        return [("gzip", gzip.compress(b" " * (200 * MIB), 9))]


@behaviour("gzip-members")
class GzipMembers(Coded):
    """half a million empty gzip members"""
    def coded(self):
        return [("gzip", gzip.compress(b"", mtime=0) * (10 * MIB // 20 - 100))]


@behaviour("nested-codings")
class Nested(Coded):
    """gzip in gzip in gzip, and fifty codings named"""
    def coded(self):
        inner = gzip.compress(b" " * (100 * MIB), 9)
        return [("gzip, gzip, gzip", gzip.compress(gzip.compress(inner))), (", ".join(["gzip"] * 50), inner), ("gzip, x-unknown", inner)]


@behaviour("zstd-and-brotli-bombs")
class OtherBombs(Coded):
    """a few KB that are gigabytes in zstd, 64 MiB in brotli"""
    def coded(self):
        return [("zstd", zstd_bomb(8192)), ("br", base64.b64decode(BROTLI))]


@behaviour("body-endless")
class BodyEndless(Site):
    """a page without end"""
    def article(self, request):
        return endless(paragraphs(100).encode(), HTML, first=page("Chuyện dài", paragraphs(3)))


@behaviour("headers-endless")
class HeadersEndless(Site):
    """headers without end"""
    def article(self, request):
        return again_and_again(b"HTTP/1.1 200 OK\r\n", b"X-Filler: " + b"a" * 1000 + b"\r\n")


@behaviour("lengths-that-lie")
class LengthLies(Site):
    """Content-Length too large, too small, twice, negative"""
    def article(self, request):
        whole = page("Chuyện thước", paragraphs(8))
        lengths = (["10000000000000000"], ["9999999"], ["10"], ["-1"], ["5", "500"], ["18446744073709551617"], ["0x100"])
        lines = [f"Content-Length: {length}" for length in lengths[request.serial % len(lengths)]]
        return raw(head(HTML, *lines) + whole, hold=2 if request.serial % len(lengths) == 0 else 0)


@behaviour("chunks-that-lie")
class ChunkLies(Site):
    """chunk sizes that are none"""
    def article(self, request):
        whole = page("Chuyện mảnh", paragraphs(8))
        sizes = (b"ffffffffffffffff", b"-5", b"zz", b"00000000000000000000000000000005", b"5;" + b"x" * 100_000, b"", b"1\r\n\r\n" * 1000)
        return raw(head(HTML, "Transfer-Encoding: chunked") + chunk(whole) + sizes[request.serial % len(sizes)] + b"\r\n" + whole)


@behaviour("informational-flood")
class Informational(Site):
    """103 Early Hints without end"""
    def article(self, request):
        return again_and_again(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 100)


@behaviour("malformed-answers")
class Malformed(Site):
    """NUL in headers, HTTP/0.9, status lines that are none"""
    def article(self, request):
        whole = page("Chuyện hỏng", paragraphs(8))
        heads = (b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n", b"", b"HTTP/9.9 999 x\r\n\r\n", b"HTTP/1.1 200\r\nnothing\r\n\r\n", b"HTTP/1.1 -200 OK\n\n",
                 b"\0" * 5000, b"HTTP/1.1 200 OK\r\nContent-Type: " + b"a" * 60_000 + b"\r\n\r\n", b"ICY 200 OK\r\n\r\n", b"SSH-2.0-x\r\n")
        return raw(heads[request.serial % len(heads)] + whole)


@behaviour("redirects-endless")
class Redirects(Site):
    """circles, chains that never end, addresses of 1 MiB"""
    def article(self, request):
        targets = (request.path, f"/tin-tuc/chuyen-ben-song-{request.serial:06}.html", f"//{self.host(request.serial % 100)}/chuyen-ben-song-{request.serial:06}.html",
                   "/" + "a" * 100_000, "http://", "http://[", "\x01", "?" * 2000, "javascript:alert(1)")
        target = targets[request.serial % len(targets)]
        return Reply(status=random.Random(request.serial).choice((301, 302, 303, 307, 308)), headers=(("Location", target),))


@behaviour("retry-after-absurd")
class RetryAfter(Site):
    """429 and 503 that ask for centuries, for less than nothing, for noise"""
    def article(self, request):
        values = ("999999999999999999999", "-1", "Fri, 31 Dec 9999 23:59:59 GMT", "soon", "0", "1e9", "")
        return Reply(SENTENCE.encode(), status=(429, 503)[request.serial % 2], headers=(("Retry-After", values[request.serial % len(values)]),))


@behaviour("cookie-flood")
class Cookies(Site):
    """49 new cookies of 3.9 KB with every answer"""
    def article(self, request):
        cookies = tuple(("Set-Cookie", f"c{request.serial}-{n}={'x' * 3900}; Max-Age=99999999; Path=/") for n in range(49))
        return Reply(page("Chuyện bánh", paragraphs(6)), headers=cookies)


@behaviour("not-modified-lies")
class NotModified(Site):
    """304 for who asked for no such thing, 304 with a body"""
    def answer(self, request):
        if request.path == "/robots.txt" or request.serial < 12:
            return super().answer(request)
        if request.serial % 2:
            return Reply(status=304, headers=(("ETag", f'"{request.serial}"'),))
        return raw(head(HTML, "Content-Length: 500", status="304 Not Modified") + b"x" * 500)


@behaviour("errors-and-resets")
class Errors(Site):
    """500, 502, 404 and broken connections, in any order"""
    def article(self, request):
        rng = random.Random(request.serial)
        if rng.random() < 0.3:
            return raw(head(HTML, "Content-Length: 5000") + b"<p>", hold=rng.random() / 10)
        if rng.random() < 0.3:
            return raw(b"")
        return Reply(page("Chuyện lỗi", paragraphs(6)), status=rng.choice((200, 404, 410, 500, 502, 504, 520)))


@behaviour("silence")
class Silence(Site):
    """connections that are accepted and never answered, on 200 hosts"""
    start = ("/feed.xml",)
    host_count = 200

    def article(self, request):
        return silence


@behaviour("validators-of-100-kb")
class LongValidators(Site):
    """an ETag and a date of 100 KB each"""
    def article(self, request):
        tag = f'"{request.serial}{"e" * 100_000}"'
        return Reply(page("Chuyện dấu niêm", paragraphs(6)), headers=(("ETag", tag), ("Last-Modified", "x" * 100_000)))
