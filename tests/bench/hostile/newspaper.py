"""A newspaper of which one part is hostile.

`Site` is harmless: a front page, a feed, four articles. A behaviour is a subclass that overrides what it does badly,
registered under its name by `@behaviour`. The server (hostile_server.py) calls `answer` for each request.
"""
import dataclasses
import html

BEHAVIOURS = {}  # name -> class, in the order in which they stand in the files

SENTENCE = "Con đò chở đầy nắng rời bến lúc trời còn mờ sương, người trên bờ vẫy tay chào nhau."


def behaviour(name):
    def register(site):
        assert name not in BEHAVIOURS, name
        site.name = name
        BEHAVIOURS[name] = site
        return site
    return register


@dataclasses.dataclass
class Request:
    method: str
    path: str
    headers: dict  # names in lower case
    serial: int    # which request of all it is

    @property
    def host(self):
        return self.headers.get("host", "")


@dataclasses.dataclass
class Reply:
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple = ()  # (name, value) pairs

    def head(self):
        lines = [f"HTTP/1.1 {self.status} x", f"Content-Type: {self.kind}", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def page(headline, body, head="", lead=SENTENCE, author="Trần Văn Mẫu"):
    """The bytes of an article's page. `headline`, `lead` and `author` are text, `body` and `head` are HTML."""
    headline, lead, author = html.escape(headline), html.escape(lead), html.escape(author)
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{headline}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{headline}">
<meta property="article:published_time" content="2026-03-04T08:00:00+07:00">{head}</head><body><article>
<h1>{headline}</h1><p class="lead">{lead}</p>{body}<p class="author">{author}</p></article></body></html>""".encode("utf-8", "surrogateescape")


def paragraphs(count):
    return "".join(f"<p>{SENTENCE} {SENTENCE} Đoạn thứ {n} kể tiếp chuyện cũ.</p>" for n in range(count))


def rss(items, title="Tin mới"):
    """The bytes of a feed; `items` are (URL, headline)."""
    text = "".join(f"<item><title>{headline}</title><link>{html.escape(url)}</link></item>" for url, headline in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{text}</channel></rss>'.encode()


class Site:
    """Harmless. `start` are the paths that the source begins with, `host_count` the further hosts that its lists name,
    `least` the requests without which the behaviour was not tried, `attack` an attack on the daemon's own door."""

    name = ""
    start = ("/",)
    host_count = 0
    least = 2  # robots.txt and the start page
    articles = 4
    attack = None

    def __init__(self, port):
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"

    def prepare(self):
        """Makes what is served; only the server needs it."""

    def host(self, number):
        """The host (and port) of that number: each is an address of loopback, and this server answers on all."""
        return f"127.{1 + number // 250}.{number % 250}.1:{self.port}"

    def answer(self, request):
        """A Reply, or a coroutine function that is given the writer and does what it likes."""
        if request.path == "/robots.txt":
            return self.robots(request)
        if request.path == "/":
            return self.front(request)
        if request.path.startswith("/feed"):
            return self.feed(request)
        if request.path.startswith("/sitemap"):
            return self.sitemap(request)
        return self.article(request)

    def robots(self, request):
        return Reply(status=404)

    def article_path(self, number):
        return f"/tin-tuc/chuyen-ben-song-{100000 + number}.html"

    def front(self, request):
        links = "".join(f'<li><a href="{self.article_path(n)}">Chuyện bến sông ngày mới số {n}</a></li>' for n in range(self.articles))
        return Reply(f"<html><head><title>Báo</title></head><body><ul>{links}</ul></body></html>".encode())

    def named_by_feed(self):
        """The URLs that the feed names: one article of each further host, else the site's own."""
        if self.host_count:
            return [f"http://{self.host(n)}{self.article_path(n)}" for n in range(self.host_count)]
        return [self.origin + self.article_path(n) for n in range(self.articles)]

    def feed(self, request):
        return Reply(rss((url, f"Chuyện bến sông số {n}") for n, url in enumerate(self.named_by_feed())), "application/rss+xml")

    def sitemap(self, request):
        return Reply(status=404)

    def article(self, request):
        return Reply(page("Chuyện bến sông hôm nay", paragraphs(8)))
