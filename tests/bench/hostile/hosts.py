"""Many hosts, slow hosts, hosts that are none."""
import random

from newspaper import SENTENCE, Reply, Site, behaviour, page, paragraphs, rss
from streams import dribble

# Refused by browsers (Fetch standard, "port blocking"), and what listens on a server.
BAD_PORTS = (1, 7, 22, 23, 25, 53, 110, 111, 143, 389, 465, 587, 993, 2049, 3306, 5432, 5060, 6000, 6379, 6667, 9200, 11211)
PRIVATE = ("10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.100.100.200", "[::1]", "[fd00:ec2::254]",
           "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]", "0.0.0.0", "0x7f.1", "2130706433", "nip.localhost")


@behaviour("slow-64-hosts")
class Slow(Site):
    """a feed names 64 hosts that send 130 bytes a second"""
    start = ("/feed.xml",)
    host_count = 64

    def article(self, request):
        return dribble(page("Chuyện chậm", paragraphs(40)), "text/html", bytes_a_second=130)


@behaviour("slow-2000-hosts")
class SlowMany(Slow):
    """the same with 2,000 hosts"""
    host_count = 2000


@behaviour("many-hosts")
class Many(Site):
    """a feed names an article on each of 2,000 hosts"""
    start = ("/feed.xml",)
    host_count = 2000


class Elsewhere(Site):
    """A front page and a feed that name addresses elsewhere, new ones at each poll."""
    start = ("/", "/feed.xml")

    def elsewhere(self, rng):
        raise NotImplementedError

    def urls(self, request):
        rng = random.Random(request.serial)
        return [f"{self.elsewhere(rng)}/tin-tuc/chuyen-o-noi-khac-{rng.randrange(10**6):06}.html" for _ in range(200)]

    def front(self, request):
        links = "".join(f'<li><a href="{url}">{SENTENCE}</a></li>' for url in self.urls(request))
        return Reply(f"<html><body><ul>{links}</ul></body></html>".encode())

    def feed(self, request):
        return Reply(rss((url, SENTENCE) for url in self.urls(request)), "application/rss+xml")


@behaviour("bad-ports")
class BadPorts(Elsewhere):
    """links to the ports of mail, databases and shells"""
    def elsewhere(self, rng):
        return f"http://127.0.0.1:{rng.choice(BAD_PORTS)}"


@behaviour("private-addresses")
class Private(Elsewhere):
    """links to private, metadata and disguised addresses"""
    def elsewhere(self, rng):
        return f"http://{rng.choice(PRIVATE)}"


@behaviour("names-without-address")
class NoNames(Elsewhere):
    """links to hosts whose names do not resolve"""
    def elsewhere(self, rng):
        return f"http://h{rng.randrange(10**6)}.invalid"


@behaviour("tls-to-a-plain-port")
class TlsToPlain(Elsewhere):
    """https links to a port that speaks plain HTTP"""
    def elsewhere(self, rng):
        return f"https://{self.host(rng.randrange(200))}"
