"""Articles whose size, shape or letters cost what no article's do. Each page differs at every fetch."""
import json
import random

from lists import MARKS, MIB
from newspaper import SENTENCE, Reply, Site, behaviour, page, paragraphs

FULL = 10 * MIB - 4096  # of max_body


class Article(Site):
    """`parts()` is called once: (headline, body, head) of the page."""

    def prepare(self):
        self.bytes = page(*self.parts())

    def parts(self):
        raise NotImplementedError

    def article(self, request):
        return Reply(self.bytes + b"<!-- %d -->" % request.serial)


@behaviour("marks-in-body")
class MarksInBody(Article):
    """256 KiB of combining marks in a paragraph"""
    def parts(self):
        return "Chuyện dấu", f"<p>{SENTENCE}</p><p>{MARKS}</p>" + paragraphs(5)


@behaviour("marks-in-headline")
class MarksInHeadline(Article):
    """256 KiB of combining marks in the headline"""
    def parts(self):
        return MARKS, paragraphs(8)


@behaviour("html-depth")
class Depth(Article):
    """10 MiB of nested elements"""
    def parts(self):
        return "Chuyện sâu", paragraphs(4) + "<div>" * (FULL // 5 - 1000)


@behaviour("html-attributes")
class Attributes(Article):
    """a tag with 10 MiB of attributes"""
    def parts(self):
        return "Chuyện nhãn", paragraphs(4) + "<p " + " ".join(f"a{n}=x" for n in range(FULL // 11)) + ">" + SENTENCE + "</p>"


@behaviour("html-formatting")
class Formatting(Article):
    """formatting elements that are never closed, again in every paragraph"""
    def parts(self):
        return "Chuyện đậm", "<p><b><i><u><a href=x><font>x" * (FULL // 30)


@behaviour("json-ld-giant")
class JsonLd(Article):
    """10 MiB of JSON-LD, nested and wide"""
    def parts(self):
        node = {"@type": "NewsArticle", "headline": SENTENCE, "author": [{"name": SENTENCE}] * 20}
        wide = json.dumps({"@graph": [node] * (6 * MIB // len(json.dumps(node)))})
        deep = '{"@graph":[' * (3 * MIB // 11)
        return "Chuyện dữ liệu", paragraphs(6), f'<script type="application/ld+json">{wide}</script><script type="application/ld+json">{deep}</script>'


@behaviour("dates-everywhere")
class Dates(Article):
    """10 MiB of what may be a date"""
    def parts(self):
        one = '<time>Thứ ba, 12/3/2026 08:{:02}</time><span class="date">3 giờ trước 4.5.2026 May 4th, 2026</span> '
        return "Chuyện ngày tháng", "".join(one.format(n % 60) for n in range(FULL // 125))


@behaviour("authors-everywhere")
class Authors(Article):
    """10 MiB of bylines"""
    def parts(self):
        one = '<span class="author">Tác giả: Trần Văn Mẫu, Lê Thị Hai và Ngô Ba (theo TTXVN)</span> '
        head = '<meta name="author" content="Trần Mẫu, Lê Hai; Ngô Ba">' * 20_000
        return "Chuyện người viết", paragraphs(4) + one * (7 * MIB // 110), head


@behaviour("headline-giant")
class GiantHeadline(Article):
    """a headline of 2 MiB"""
    def parts(self):
        return "Chuyện bến sông dài " * (2 * MIB // 25), paragraphs(6)


@behaviour("articles-6-mb")
class Long(Site):
    """30 articles of 6 MB of text, each edited at every fetch"""
    articles = 30

    def prepare(self):
        self.body = paragraphs(6_000_000 // len(paragraphs(1).encode()))

    def article(self, request):
        return Reply(page(f"Chuyện {request.path[-11:]}", f"<p>Sửa lần thứ {request.serial}.</p>{self.body}"))


@behaviour("watched-edits")
class WatchedEdits(Site):
    """300 articles whose every edit meets a watch"""
    articles = 300

    def article(self, request):
        rng = random.Random(request.serial)
        words = " ".join(rng.choice(("nước lũ", "nắng", "bến", "đò", "lúa")) for _ in range(60))
        return Reply(page(f"Nước lũ về {request.path[-11:]}", f"<p>Nước lũ lần {request.serial}: {words}.</p>{paragraphs(4)}"))


@behaviour("control-characters")
class Control(Site):
    """control, bidirectional and invisible characters everywhere, in headers too"""
    def article(self, request):
        rng = random.Random(request.serial)
        odd = [chr(c) for c in (*range(1, 9), 0x1b, 0x7f, *range(0x80, 0xa0), *range(0x202a, 0x202f), *range(0x2060, 0x2070), 0x200f, 0xfeff,
                                0xfff9, 0xfffb, 0x180e, *range(0xe0000, 0xe0080), 0xffff, 0x10ffff)]
        text = lambda: "".join(rng.choice(odd) + rng.choice(SENTENCE) for _ in range(400)) + "\x1b[2J\x1b]0;x\x07"
        body = "".join(f"<p>{text()}</p>" for _ in range(40)) + f"<figure><img src=a.jpg><figcaption>{text()}</figcaption></figure>"
        headers = (("X-Odd", "\x1b[2J\x80\x9b"), ("ETag", f'"\x1b]0;{request.serial}\x07"'))
        return Reply(page(text(), body, author=text(), lead=text()), headers=headers)


@behaviour("lies-about-type")
class TypeLies(Site):
    """pictures as HTML, UTF-16, UTF-7 and noise under any name"""
    KINDS = ("text/html", "text/html; charset=utf-8", "text/html; charset=utf-16", "text/html; charset=x-nothing", "image/png", "text/html; charset=utf-7")

    def prepare(self):
        noise = random.Random(1).randbytes(2 * MIB)
        whole = page("Chuyện mã", paragraphs(3000))
        self.bodies = (b"\x89PNG\r\n\x1a\n" + noise, noise, whole.decode().encode("utf-16-le"), whole.decode().encode("utf-7"),
                       b"\xff\xfe" + noise, b"\0" * MIB + whole, whole.replace(b"utf-8", b"windows-1258"))

    def article(self, request):
        return Reply(self.bodies[request.serial % len(self.bodies)], self.KINDS[request.serial % len(self.KINDS)])
