"""Markup in every text that a site or a configuration can bring: our pages show it, and none of it becomes an element."""
import html
import html.parser
import http.server
import itertools
import json
import pathlib
import re
import shutil
import tempfile
import threading
import unittest
import urllib.parse

from harness import Daemon, free_port, http_request, until
from markup_payloads import ELEMENTS, payloads

PAYLOADS = 1500
SOURCES = 12
ARTICLES = 6   # of each source
PARAGRAPHS = 13
FIELDS = 8 + PARAGRAPHS  # of each article that hold a payload
# Where our own links lead.
OURS = re.compile(r"\A(/|/(stream|stream\.atom|watches|hits|search|articles|sources|deliveries)(\?[-a-z.=&_0-9A-Z%]*)?|/api/v1/search\?q=NOT%20zzqx|/assets/(style|app)\.[0-9a-f]{12}\.(css|js)|#place-1"
                  r"|/(watches|sources)/[-_a-z0-9]+|(/api/v1)?/articles/[-0-9a-f]+(/diff\?from=\d+&to=\d+(&view=side)?|\?revision=\d+#text|/revisions/\d+(/raw)?)?"
                  r"|/api/v1/explain\?url=[-.~_0-9A-Za-z%]+|http://127\.0\.0\.1:\d+/s\d+/[^\s<>\"]+)\Z")
WORDS = "Con đò chở đầy nắng rời bến lúc trời còn mờ sương"


class Page(html.parser.HTMLParser):
    """The elements of a page with the names of their attributes, and all values of attributes that lead somewhere."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.targets, self.comments = set(), set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.add((tag, tuple(sorted(name for name, _ in attributes))))
        self.targets |= {value for name, value in attributes if name in ("href", "src", "action", "content", "style")}

    def handle_comment(self, data):
        self.comments.append(data)

    def handle_pi(self, data):
        self.comments.append(data)

    def unknown_decl(self, data):
        self.comments.append(data)


class Paper:
    """A newspaper that prints the texts it is given. Articles number 4 and 5 of each source come after the first sweep,
    and everything is edited when `edition` becomes 2."""

    def __init__(self, texts):
        self.texts = texts
        # An address of more than ten parameters, or a long one, would not be followed.
        self.queries = [text for text in texts if text.count("&") < 8 and len(text) < 300]
        self.edition = 0
        paper = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self):
                try:
                    super().handle()
                except OSError:
                    pass  # the daemon hung up

            def do_GET(self):
                body = paper.answer(urllib.parse.urlsplit(self.path).path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def text(self, source, article, field):
        """Another one in each edition; all texts are used."""
        place = (source * ARTICLES + article) * FIELDS + field
        return self.texts[(place + (7 * FIELDS if self.edition == 2 else 0)) % len(self.texts)]

    def answer(self, path):
        parts = path.strip("/").split("/")
        source = int(parts[0][1:]) if parts[0][:1] == "s" and parts[0][1:].isdigit() else -1
        if not 0 <= source < SOURCES:
            return None
        if len(parts) == 1:
            return self.front(source)
        return self.article(source, int(parts[1][-6:-5]))

    def front(self, source):
        shown = ARTICLES if self.edition else ARTICLES - 2
        links = "".join(f'<li><a href="{html.escape(self.path(source, n))}">{WORDS} số {n}</a></li>' for n in range(shown))
        return f"<html><body><ul>{links}</ul></body></html>".encode()

    def path(self, source, article):
        # The query is a payload, too; it is the article's address for life.
        query = urllib.parse.quote(self.queries[(source * 31 + article) % len(self.queries)], safe="<>\"'()=;:/")
        return f"/s{source}/chuyen-ben-song-ngay-nang-{10000 + article}.html?q={query}"

    def article(self, source, number):
        text = [self.text(source, number, field) for field in range(FIELDS)]
        plain = [html.escape(one) for one in text]
        ld = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": f"{WORDS} {text[0]}", "alternativeHeadline": text[6],
                         "author": [{"@type": "Person", "name": f"Trần {text[1]}"}], "articleSection": [f"Mục {text[2]}"],
                         "description": f"{WORDS}, {text[3]}", "keywords": text[7], "datePublished": "2026-03-04T08:00:00+07:00"})
        ld = ld.replace("<", "\\u003c")
        figure = "".join(f'<figure><img src="/a{n}.jpg"><figcaption>Ảnh {n}: {plain[4 + n]}</figcaption></figure>' for n in range(2))
        body = "".join(f"<p>{WORDS}. Đoạn {n} có {one} và kể tiếp chuyện cũ.</p>" for n, one in enumerate(plain[8:]))
        # Once as the text it is; in the last paragraph as the markup it wants to be.
        body += f"<p>{WORDS}. {text[8]}</p>"
        return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{WORDS} {plain[0]}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{WORDS} {plain[0]}">
<meta name="author" content="Trần {plain[1]}"><meta property="article:section" content="Mục {plain[2]}">
<meta name="description" content="{WORDS}, {plain[3]}"><script type="application/ld+json">{ld}</script></head>
<body><article><h1>{WORDS} {plain[0]}</h1><p class="lead">{WORDS}, {plain[3]}</p>{figure}{body}
<p class="author">Trần {plain[1]}</p></article></body></html>""".encode()


def squeezed(text):
    return " ".join(text.split())


class Escaping(unittest.TestCase):
    maxDiff = None

    def run_with(self, texts, look):
        """Two editions seen by a daemon whose titles hold the texts, too; `look` is given the daemon once all is stored."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-xss-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        paper = Paper(texts)
        self.addCleanup(paper.close)
        text = "fetch: {timeout: 10s, per_host: {connections: 8, delay: 0s, requests_per_hour: 36000}}\nsources:\n"
        for n in range(SOURCES):
            title = json.dumps(squeezed(texts[n]), ensure_ascii=True)
            text += (f'  - {{name: s{n}, title: {title}, start: ["{paper.origin}/s{n}/"], poll: 300ms, recheck: 300ms, '
                     'allow_networks: ["127.0.0.0/8"]}\n')
        text += "watches:\n"
        for n in range(SOURCES):
            text += f"  - {{name: w{n}, title: {json.dumps(squeezed(texts[-1 - n]), ensure_ascii=True)}, query: 'nắng'}}\n"
        daemon = Daemon(folder, text)
        self.addCleanup(daemon.close)
        daemon.start()
        pages = {}  # target -> body, of all that was seen on the way
        all_articles = SOURCES * ARTICLES

        def see(condition, what):
            def seen():
                target = ("/", "/stream", "/articles")[len(pages) % 3]
                pages[f"{target} {len(pages)}"] = self.page(daemon, target)
                return condition()
            until(seen, what)

        see(lambda: daemon.count("SELECT count(*) FROM articles") == SOURCES * (ARTICLES - 2), "the first sweep is done")
        paper.edition = 1
        see(lambda: daemon.count("SELECT count(*) FROM articles") == all_articles, "the new articles are there")
        paper.edition = 2
        see(lambda: daemon.count("SELECT count(DISTINCT article) FROM revisions WHERE number > 1") == all_articles, "all were edited")
        look(daemon, pages)
        self.assertEqual(daemon.stop()[0], 0)

    def page(self, daemon, target, status=200, kind="text/html; charset=utf-8"):
        """The body of an answer whose headers keep a browser from what we did not write."""
        answered, headers, body = http_request(daemon.port, "GET", target)
        headers = {name.lower(): value for name, value in headers.items()}
        self.assertEqual((answered, headers["content-type"]), (status, kind), target)
        policy = headers["content-security-policy"]
        for directive in ("default-src 'none'", "frame-ancestors 'none'"):
            self.assertIn(directive, policy, target)
        self.assertNotIn("unsafe", policy, target)
        self.assertEqual(headers["x-content-type-options"], "nosniff", target)
        self.assertEqual(headers["referrer-policy"], "no-referrer", target)
        self.assertEqual(headers["cache-control"], "no-store", target)
        return body.decode()

    def all_pages(self, daemon, pages):
        """Every page about an article, beside those seen on the way; the other answers are looked at here."""
        ids = [row[0] for row in daemon.rows("SELECT id FROM articles ORDER BY row")]
        for one in ids:
            pages[f"/articles/{one}"] = self.page(daemon, f"/articles/{one}")
            pages[f"/articles/{one}/diff"] = self.page(daemon, f"/articles/{one}/diff?from=1&to=2")
            pages[f"/articles/{one}/diff side"] = self.page(daemon, f"/articles/{one}/diff?from=1&to=2&view=side")
        for target in ("/watches", "/watches/w0", "/hits", "/hits?watch=w1", "/sources", "/sources/s0", "/search?q=NOT%20zzqx"):
            pages[target] = self.page(daemon, target)
        for one in ids[:6]:
            self.page(daemon, f"/api/v1/articles/{one}/raw", kind="text/plain; charset=utf-8")
            self.page(daemon, f"/api/v1/articles/{one}", kind="application/json")
        return pages

    def test_no_payload_becomes_an_element_or_an_attribute(self):
        harmless, found = {}, set()

        def look_at_harmless(daemon, pages):
            # What is unchanged is folded, and not everything that is edited leaves something unchanged.
            harmless["elements"] = {("details", ()), ("summary", ())}.union(*(Page(text).elements for text in self.all_pages(daemon, pages).values()))

        def look(daemon, pages):
            for target, text in self.all_pages(daemon, pages).items():
                parsed = Page(text)
                self.assertEqual(parsed.elements - harmless["elements"], set(), target)
                self.assertEqual(parsed.comments, [], target)
                for where in parsed.targets - {"width=device-width, initial-scale=1", "#content"}:
                    self.assertRegex(where, OURS, target)
            # Errors bring back what was asked for; they are no HTML.
            for text in texts[:40]:
                quoted = urllib.parse.quote(text, safe="")
                if len(quoted) < 1500:
                    self.page(daemon, f"/{quoted}", 404, "application/problem+json")
                    self.page(daemon, f"/api/v1/articles?by={quoted}", 400, "application/problem+json")
            stored = "\n".join(squeezed(row[0]) for row in daemon.rows("SELECT record FROM revisions"))
            found.update(text for text in texts if json.dumps(squeezed(text), ensure_ascii=False)[1:-1] in stored)

        self.run_with([f"chuyện{n}" for n in range(PAYLOADS)], look_at_harmless)
        for element in ELEMENTS:  # what was let through would be seen
            self.assertNotEqual(Page(f"<p>{element}</p>").elements - harmless["elements"], set(), element)
        texts = payloads(PAYLOADS)
        self.assertEqual(len(set(texts)), PAYLOADS)
        self.run_with(texts, look)
        # What never reached a record was not tried. (Control characters and such are not kept as they are.)
        self.assertGreater(len(found), 0.85 * PAYLOADS)


if __name__ == "__main__":
    unittest.main()
