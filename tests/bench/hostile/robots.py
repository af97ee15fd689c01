"""robots.txt that is long, slow, endless, or hard to match."""
from newspaper import Reply, Site, behaviour
from streams import dribble, endless

KIB = 1024
# Each rule fits nothing until its end; a matcher that tries every place pays rule times path.
WILDCARDS = (b"User-agent: *\n" + (b"Disallow: /" + b"*a" * 900 + b"$b\n") * 290)[:510 * KIB]
LARGE = b"User-agent: *\n" + b"".join(b"Disallow: /khong-co-gi-o-day/%08d/\n" % n for n in range(12_800))


class LongPaths(Site):
    def article_path(self, number):
        return f"/tin-tuc-moi-ve-{100000 + number}-" + "a" * 1900 + ".html"

    def robots(self, request):
        return Reply(WILDCARDS, "text/plain")


@behaviour("robots-wildcards")
class Wildcards(LongPaths):
    """512 KiB of rules of 900 wildcards, addresses of 1,900 letters"""
    articles = 20


@behaviour("robots-wildcards-hosts")
class WildcardsHosts(LongPaths):
    """the same on 64 hosts that a feed names"""
    start = ("/feed.xml",)
    host_count = 64


@behaviour("robots-large-hosts")
class LargeHosts(Site):
    """a feed names 2,000 hosts, each with a robots.txt of 500 KB"""
    start = ("/feed.xml",)
    host_count = 2000

    def robots(self, request):
        return Reply(LARGE, "text/plain")


@behaviour("robots-large-redirects")
class LargeRedirects(LargeHosts):
    """1,000 articles are moved to as many hosts, each with a robots.txt of 500 KB"""
    start = ("/",)
    articles = 1000
    host_count = 1000

    def article(self, request):
        if request.host != f"127.0.0.1:{self.port}":
            return super().article(request)
        number = int(request.path.rsplit("-", 1)[1].split(".")[0]) - 100000
        return Reply(status=301, headers=(("Location", f"http://{self.host(number)}{request.path}"),))


@behaviour("robots-over-limit")
class OverLimit(Site):
    """2.9 MiB with a Content-Length"""
    least = 1

    def robots(self, request):
        return Reply(LARGE * 6, "text/plain")


@behaviour("robots-endless")
class Endless(Site):
    """never ends"""
    least = 1

    def robots(self, request):
        return endless(b"Disallow: /khong-co-gi/*\n" * 400, "text/plain")


@behaviour("robots-dribble")
class Dribble(Site):
    """a byte at a time, on 64 hosts"""
    start = ("/feed.xml",)
    host_count = 64
    least = 1

    def robots(self, request):
        if request.host == f"127.0.0.1:{self.port}":
            return Reply(status=404)
        return dribble(b"Disallow: /khong\n" * 1000, "text/plain", bytes_a_second=130)


@behaviour("robots-redirects")
class Redirects(Site):
    """redirects in circles and from host to host"""
    start = ("/feed.xml",)
    host_count = 200
    least = 1

    def robots(self, request):
        if request.serial % 2:
            return Reply(status=302, headers=(("Location", "/robots.txt"),))
        return Reply(status=301, headers=(("Location", f"http://{self.host(request.serial % 200)}/robots.txt"),))
