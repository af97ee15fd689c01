"""Feeds, sitemaps and front pages."""
import gzip
import random

from newspaper import SENTENCE, Reply, Site, behaviour, page, paragraphs, rss
from streams import endless

MIB = 1024 * 1024
MARKS = "a" + "\u0301\u0323" * 65_536  # 256 KiB of combining marks in an order that is not canonical
CLOSED = b"</urlset>"
XML = b'<?xml version="1.0"?>'


class Feed(Site):
    start = ("/feed.xml",)
    kind = "application/rss+xml"

    def prepare(self):
        self.bytes = self.make()

    def make(self):
        raise NotImplementedError

    def feed(self, request):
        return Reply(self.bytes, self.kind)


class Map(Feed):
    start = ("/sitemap.xml",)
    kind = "application/xml"

    def sitemap(self, request):
        return Reply(self.bytes, self.kind)


@behaviour("feed-combining-marks")
class FeedMarks(Feed):
    """titles of 256 KiB of combining marks"""
    def make(self):
        return rss(((url, MARKS) for url in self.named_by_feed()), title=MARKS)


@behaviour("xml-attributes")
class XmlAttributes(Feed):
    """80,000 attributes on a feed's root"""
    def make(self):
        attributes = " ".join(f"a{n}='x'" for n in range(80_000))
        return XML + f"<rss {attributes}><channel></channel></rss>".encode()


@behaviour("xml-depth")
class XmlDepth(Feed):
    """10 MiB of opened elements"""
    def make(self):
        return XML + b"<rss><channel>" + b"<a>" * (10 * MIB // 3 - 20)


@behaviour("sitemap-bomb")
class SitemapBomb(Map):
    """75 KB of gzip that are ten million elements"""
    start = ("/sitemap.xml.gz",)
    kind = "application/gzip"

    def make(self):
        return gzip.compress(b"<urlset>" + b"<a/>b" * 10_000_000 + CLOSED, 9)


@behaviour("sitemap-elements")
class SitemapElements(Map):
    """10 MiB of empty elements"""
    def make(self):
        return XML + b"<urlset>" + b"<a/>" * (10 * MIB // 4 - 20) + CLOSED


@behaviour("sitemap-recursion")
class SitemapRecursion(Map):
    """indexes that name indexes, new ones each time"""
    def make(self):
        return b""

    def sitemap(self, request):
        rng = random.Random(request.serial)
        text = "".join(f"<sitemap><loc>{self.origin}/sitemap-{rng.randrange(10**9)}.xml</loc></sitemap>" for _ in range(200))
        return Reply(XML + f"<sitemapindex>{text}</sitemapindex>".encode(), self.kind)


@behaviour("news-sitemap-titles")
class NewsTitles(Map):
    """nine titles of 1 MiB"""
    def make(self):
        title = "Chuyện bến sông " * (MIB // 19)
        entries = "".join(f"<url><loc>{url}</loc><n:news><n:publication_date>2026-03-04</n:publication_date><n:title>{title}</n:title></n:news></url>"
                          for url in (self.origin + self.article_path(n) for n in range(9)))
        return XML + f'<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'.encode()


@behaviour("feed-endless")
class FeedEndless(Feed):
    """items without end"""
    def make(self):
        return b""

    def feed(self, request):
        items = "".join(f"<item><title>t</title><link>{url}</link></item>" for url in self.named_by_feed() * 20).encode()
        return endless(items, self.kind, first=XML + b"<rss><channel>")


@behaviour("feed-100000-items")
class FeedItems(Feed):
    """100,000 items"""
    articles = 100_000

    def make(self):
        return rss((self.origin + self.article_path(n), "t") for n in range(self.articles))


@behaviour("json-feed-depth")
class JsonDepth(Feed):
    """five million brackets"""
    kind = "application/feed+json"

    def make(self):
        return b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * 5_000_000


class Front(Site):
    def links(self, request):
        raise NotImplementedError

    def front(self, request):
        links = "".join(f'<a href="{url}">{SENTENCE[:20]}</a>' for url in self.links(request))
        return Reply(f"<html><body>{links}</body></html>".encode())


@behaviour("endless-addresses")
class Endless(Front):
    """a calendar, session ids and counters: every page names 300 addresses never seen before"""
    def links(self, request):
        rng = random.Random(request.serial)
        for _ in range(100):
            number, sid = rng.randrange(10**9), f"{rng.getrandbits(128):032x}"
            yield f"/lich/{rng.randrange(1900, 2200)}/{rng.randrange(1, 13)}/ngay-hoi-ben-song-{number}.html"
            yield f"/tin-tuc/chuyen-ben-song-cu-{number % 1000:06}.html?PHPSESSID={sid}&amp;x={number}"
            yield f"/muc-{number}/?trang={number}"

    def article(self, request):
        return Reply(page(f"Chuyện {request.path[-60:]}", paragraphs(6) + "".join(f'<a href="{url}">x</a>' for url in self.links(request))))


@behaviour("front-100000-links")
class ManyLinks(Front):
    """100,000 links on the front page"""
    def prepare(self):
        self.reply = super().front(None)

    def links(self, request):
        return (self.article_path(n) for n in range(100_000))

    def front(self, request):
        return self.reply
