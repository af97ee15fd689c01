"""A site of news pages in the shape of real ones: about 92 KB each, a third of it script and style, some 1,300
elements, a text of 5 KB, a view counter, a related box and tokens that differ at every fetch. All words are made up
of syllables."""
import gzip
import pathlib
import random

SYLLABLES = ("an bến bờ cầu chợ chiều con cồn dòng dân đất đêm đi điện đò đồng đường em gạo ghe gió giữ hai hàng hội "
             "học kênh khách làm làng lên lòng lúa lưới mái mưa mùa nắng ngày người nhà nước phà quê rạch ruộng sáng "
             "sông tàu thuyền tỉnh tôm trạm trẻ trồng trường từ vườn xã xóm xuồng").split()
HEAD_SCRIPT = "window.q=window.q||[];q.push({{unit:{0},slot:'top-{0}',sizes:[[300,250],[728,90]],key:'{1}'}});"


def words(rng, count):
    return " ".join(rng.choice(SYLLABLES) for _ in range(count))


def sentence(rng):
    return words(rng, rng.randrange(12, 28)).capitalize() + "."


class Page:
    """What its editors wrote; the rest is made anew for every fetch."""

    def __init__(self, number):
        rng = random.Random(number)
        self.number = number
        self.path = f"/tin-tuc/ben-song-cho-que-mua-nuoc-len-{100000 + number}.html"
        self.headline = words(rng, 11).capitalize() + f" {number}"
        self.lead = sentence(rng)
        self.paragraphs = [" ".join(sentence(rng) for _ in range(4)) for _ in range(11)]
        self.author = words(rng, 3).title()

    def html(self, fetch):
        """The bytes of the `fetch`-th fetch."""
        rng = random.Random(self.number * 1000 + fetch)
        fixed = random.Random(7)
        token = f"{rng.getrandbits(128):032x}"
        related = lambda count: "".join(
            f'<li class="story"><a href="/tin-tuc/{rng.randrange(10**6)}.html" title="{words(rng, 8)}"><img src="/i/'
            f'{rng.randrange(10**6)}.jpg" alt=""><span class="t">{words(rng, 9)}</span></a></li>' for _ in range(count))
        head_scripts = "".join(
            f"<script>{HEAD_SCRIPT.format(i, f'{fixed.getrandbits(192):048x}') * 3}</script>" for i in range(36))
        style = "<style>" + "".join(f".c{i}{{margin:{i}px;padding:{i}px;color:#{i:06x}}}" for i in range(320)) + "</style>"
        menu = "".join(
            f'<li class="menu-item menu-item-{i}"><a href="/muc-{i}/" class="link link--menu" data-id="{i}"><span>'
            f"{words(fixed, 2)}</span></a></li>" for i in range(120))
        boxes = "".join(
            f'<section class="box box-{i}"><h3><a href="/chuyen-muc-{i}/">{words(fixed, 3)}</a></h3><ul>' + "".join(
                f'<li><a href="/tin-tuc/{fixed.randrange(10**6)}.html" class="cms-link">{words(fixed, 9)}</a></li>'
                for _ in range(9)) + "</ul></section>" for i in range(33))
        body = "".join(f"<p>{text}</p>" for text in self.paragraphs)
        return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{self.headline}</title>
<meta name="csrf-token" content="{token}"><meta property="og:type" content="article">
<meta property="og:title" content="{self.headline}"><meta property="og:description" content="{self.lead}">
<meta property="article:published_time" content="2026-03-04T08:00:00+07:00"><link rel="canonical" href="{self.path}">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{self.headline}",
"datePublished":"2026-03-04T08:00:00+07:00","author":{{"@type":"Person","name":"{self.author}"}}}}</script>
{head_scripts}{style}</head><body><header><nav><ul>{menu}</ul></nav></header><main><article>
<h1 class="title">{self.headline}</h1><div class="meta"><time datetime="2026-03-04T08:00:00+07:00">04/03/2026 08:00</time>
<span class="views">{1000 + fetch * 7 + self.number}</span></div><p class="lead">{self.lead}</p><div class="content">{body}</div>
<p class="author">{self.author}</p></article><aside class="related"><h2>Tin liên quan</h2><ul>{related(10)}</ul></aside>
{boxes}</main><footer><p>{words(fixed, 30)}</p></footer><script>var t="{token}";</script></body></html>"""


def write(folder, pages, fetch):
    """Each page's bytes of that fetch, gzip alone, as nginx's gzip_static serves them."""
    size = packed = 0
    for page in pages:
        data = page.html(fetch).encode()
        path = pathlib.Path(folder, page.path.lstrip("/") + ".gz")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(data, 6, mtime=0))
        size += len(data)
        packed += path.stat().st_size
    return size / len(pages), packed / len(pages)


def write_sitemap(folder, pages, origin):
    entries = "".join(f"<url><loc>{origin}{page.path}</loc></url>" for page in pages)
    text = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    pathlib.Path(folder, "sitemap.xml.gz").write_bytes(gzip.compress(text.encode()))
