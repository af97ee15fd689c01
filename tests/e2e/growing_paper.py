"""A paper whose sitemap names as many of its articles as it is told to, and that edits them: many events in a short time."""
import collections

from page_server import PageServer

SITEMAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
PAGE = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Bến số {n} mở cửa</title>
<meta property="og:type" content="article"><link rel="canonical" href="{path}"></head><body><main><article>
<h1>Bến số {n} mở cửa trở lại</h1><p>Sáng nay bến số {n} mở cửa trở lại sau ba tháng sửa chữa, thuyền của bà con đã ghé vào.</p>
<p>Người dân hai bên sông nói rằng họ đã chờ ngày này từ lâu, vì đường bộ đi vòng mất hơn một giờ.</p>
<p>Chiều cùng ngày, {trips} chuyến phà chở lúa qua sông và chuyến sau đó chở học trò về xã.</p></article></main></body></html>"""


class GrowingPaper(PageServer):
    """`show(n)` names n articles from then on; at first there is one, which is the baseline. At most 1,000: of a sitemap no more
    are news. `edit(n)` changes a number in the text of the n-th."""

    def __init__(self):
        self.shown = 1
        self.edits = collections.Counter()
        super().__init__()

    @staticmethod
    def path(number):
        return f"/bai/ben-so-mo-cua-tro-lai-{number}.html"

    def page(self, path):
        if path == "/sitemap.xml":
            return SITEMAP.format("".join(f"<url><loc>{self.origin}{self.path(n)}</loc></url>" for n in range(self.shown)))
        number = path.rpartition("-")[2].removesuffix(".html")
        return PAGE.format(n=number, path=path, trips=10 + self.edits[int(number)]) if number.isdigit() else ""

    def show(self, articles):
        self.shown = articles

    def edit(self, number):
        self.edits[number] += 1

    def sources(self, delay, recheck="1h"):
        """The sections of a configuration that reads it, a request each `delay`."""
        return f"""\
fetch: {{timeout: 10s, per_host: {{connections: 8, delay: {delay}, requests_per_hour: 36000}}}}
sources:
  - {{name: paper, start: ["{self.origin}/sitemap.xml"], poll: 200ms, recheck: {recheck}, allow_networks: ["127.0.0.0/8"]}}
"""
