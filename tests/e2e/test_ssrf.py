"""Every way to write a forbidden address, through every door by which a site can name one: no packet leaves for it.

Runs in network and mount namespaces of its own (unshare), in which all other networks are one interface behind which is
nobody, names come from the test's own server, and every packet is seen. One address, 127.0.0.2, may be asked.
"""
import concurrent.futures
import html
import http.server
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import unittest

from address_forms import NAMES, forms
from harness import Daemon, free_port, until

SITE = "127.0.0.2"
INSIDE = "TINWATCH_SSRF_INSIDE"
PUBLIC = "93.184.216.34"
SETUP = """
ip link set lo up &&
ip link add world type veth peer name nobody && ip link set world arp off up && ip link set nobody up &&
ip addr add 198.18.0.1/32 dev world && ip route add default dev world &&
{ ip -6 addr add 2001:db8:ffff::1/128 dev world nodad && ip -6 route add default dev world || true; }
"""
ETH_P_ALL, PACKET_OUTGOING, TCP, UDP = 3, 4, 6, 17


def unshare():
    return ["unshare", "--net", "--mount"] + ([] if os.geteuid() == 0 else ["--user", "--map-root-user"])


def why_not():
    if not shutil.which("unshare") or not shutil.which("ip"):
        return "unshare or ip is not installed"
    probe = subprocess.run([*unshare(), "sh", "-c", SETUP], capture_output=True, text=True, timeout=30)
    return None if probe.returncode == 0 else f"no network namespace here: {probe.stderr.strip()[-200:]}"


class Packets:
    """Whom this namespace sends to: (address, port) of every TCP connection that is opened and every datagram."""

    def __init__(self):
        self.seen = set()
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            packet, (_, _, kind, _, _) = self.socket.recvfrom(65536)
            target = self.target(packet) if kind == PACKET_OUTGOING else None
            if target:
                self.seen.add(target)

    @staticmethod
    def target(packet):
        """Of what opens a connection or asks something, not of answers."""
        if packet[0] >> 4 == 4:
            protocol, inner, address = packet[9], packet[(packet[0] & 15) * 4:], socket.inet_ntop(socket.AF_INET, packet[16:20])
        else:
            protocol, inner, address = packet[6], packet[40:], socket.inet_ntop(socket.AF_INET6, packet[24:40])
        if protocol not in (TCP, UDP):
            return None  # the kernel's own: neighbours, routers
        source, port = struct.unpack("!HH", inner[:4])
        answers = source == 53 if protocol == UDP else inner[13] & 0x12 != 0x02  # any but SYN alone
        return None if answers else (address, port)


class NameServer:
    """Answers for the names of address_forms.py; `rebind` alternates between its addresses."""

    def __init__(self):
        self.asked = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((SITE, 53))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            query, peer = self.socket.recvfrom(4096)
            self.socket.sendto(self.answer(query), peer)

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1"))
            at += 1 + query[at]
        kind = struct.unpack("!H", query[at + 1:at + 3])[0]
        name = ".".join(labels).lower()
        addresses = NAMES.get(name)
        if addresses and name == "rebind.example":
            self.asked[name] = self.asked.get(name, 0) + 1
            addresses = [addresses[self.asked[name] // 2 % 2]]
        records = [socket.inet_pton(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in addresses or []]
        records = [one for one in records if len(one) == (16 if kind == 28 else 4)]
        flags = 0x8180 if addresses else 0x8183
        head = query[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + query[12:at + 5]
        return head + b"".join(b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, len(one)) + one for one in records)


class Site:
    """A newspaper on 127.0.0.2 that names the forms wherever a site can name an address. The door named `allowed`
    leads to itself each time, which shows that the door was used."""

    DOORS = ("link", "feed", "sitemap", "index", "robots", "announced", "redirect", "canonical", "markup", "headers", "fetch", "fetch-redirect")
    FOLLOWED = ("link", "feed", "sitemap", "index", "robots", "announced", "redirect")

    def __init__(self):
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append(self.path)
                status, headers, body = site.answer(self.path)
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value.encode("utf-8").decode("latin-1"))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((SITE, 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.origin = f"http://{SITE}:{self.port}"
        self.forms = [self.origin, *forms(SITE, self.port)]  # the first is allowed
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def path(door, number):
        return f"/{door}-cho-doi/chuyen-ben-song-ngay-la-{100000 + number}.html"

    def urls(self, door):
        return [html.escape(form + self.path(door, number)) for number, form in enumerate(self.forms)]

    def answer(self, path):
        xml, page = [("Content-Type", "application/xml")], [("Content-Type", "text/html; charset=utf-8")]
        parts = path.split("-cho-doi/")
        if path == "/robots.txt":
            # An address with a blank or a line end is none here.
            lines = "".join(f"Sitemap: {form}{self.path('robots', n)}\n" for n, form in enumerate(self.forms))
            return 200, [("Content-Type", "text/plain")], ("User-agent: *\nDisallow: /never/\n" + lines).encode()
        if path in ("/", "/seite-2"):
            links = "".join(f'<li><a href="{url}">Một ngày nắng bên bến sông quê nhà</a></li>' for url in self.urls("link"))
            own = "".join(f'<li><a href="{self.path(door, n)}">Một ngày nắng bên bến sông quê nhà</a></li>'
                          for door in ("redirect", "canonical", "markup", "headers") for n in range(len(self.forms)))
            heads = "".join(f'<link rel="alternate" type="application/rss+xml" href="{url}"><link rel="next" href="{url}">'
                            for url in self.urls("announced"))
            return 200, page, f"<html><head>{heads}</head><body><ul>{links}{own}</ul></body></html>".encode()
        if path == "/feed.xml":
            items = "".join(f"<item><title>Một ngày nắng</title><link>{url}</link></item>" for url in self.urls("feed"))
            return 200, xml, f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()
        if path == "/sitemap.xml":
            return 200, xml, f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in self.urls('sitemap'))}</urlset>".encode()
        if path == "/sitemaps.xml":
            return 200, xml, f"<sitemapindex>{''.join(f'<sitemap><loc>{url}</loc></sitemap>' for url in self.urls('index'))}</sitemapindex>".encode()
        if len(parts) == 2 and parts[1].endswith(".html"):
            return self.article(parts[0].lstrip("/"), int(parts[1][-11:-5]) - 100000)
        return 404, page, b""

    def article(self, door, number):
        headers = [("Content-Type", "text/html; charset=utf-8")]
        if number >= len(self.forms):
            return 404, headers, b""
        target = self.forms[number] + self.path("reached", number)
        header = "".join(c for c in target if c not in "\r\n\0")
        if door in ("redirect", "fetch-redirect"):
            return (301, 302, 303, 307, 308)[number % 5], [("Location", header)], b""
        url, head = html.escape(target), ""
        if door == "canonical":
            head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}"><base href="{url}">'
        if door == "markup":
            head = (f'<meta property="og:image" content="{url}"><link rel="amphtml" href="{url}"><link rel="next" href="{url}"><link rel="preload" '
                    f'href="{url}"><meta http-equiv="refresh" content="0;url={url}"><script src="{url}"></script><link rel="stylesheet" href="{url}">'
                    f'<script type="application/ld+json">{{"@type":"NewsArticle","url":"{url}","mainEntityOfPage":"{url}","image":"{url}"}}</script>'
                    f'<iframe src="{url}"></iframe><img src="{url}" srcset="{url} 2x">')
        if door == "headers":
            headers += [("Link", f'<{header}>; rel="canonical"'), ("Refresh", f"0; url={header}"), ("Content-Location", header), ("Location", header),
                        ("Alt-Svc", f'h2="10.0.0.1:{self.port}", h3="127.0.0.1:{self.port}"'), ("Strict-Transport-Security", "max-age=9999999"),
                        ("X-Accel-Redirect", header)]
        text = "".join(f"<p>Đoạn {n} kể chuyện một ngày nắng bên bến sông, có thuyền và có lúa.</p>" for n in range(8))
        return 200, headers, (f"<html><head><title>Ngày nắng</title>{head}</head><body><article><h1>Ngày nắng {door} {number}</h1>{text}</article>"
                              "</body></html>").encode()


@unittest.skipUnless(os.environ.get(INSIDE), "runs inside a namespace, below")
class Inside(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-ssrf-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        subprocess.run(["sh", "-c", SETUP], check=True)
        self.over("/etc/resolv.conf", f"nameserver {SITE}\noptions timeout:1 attempts:1\n")
        self.over("/etc/hosts", "127.0.0.1 localhost hosts-file-name\n::1 ip6-localhost\n10.0.0.1 hosts-file-name\n")
        self.over("/etc/nsswitch.conf", "hosts: files dns\n")
        self.packets = Packets()
        self.names = NameServer()
        self.site = Site()

    def over(self, path, text):
        """Another file in place of a system's one, in this mount namespace alone."""
        file = self.folder / pathlib.Path(path).name
        file.write_text(text)
        subprocess.run(["mount", "--bind", file, os.path.realpath(path)], check=True)

    def config(self):
        starts = ", ".join(f'"{self.site.origin}{path}"' for path in ("/", "/feed.xml", "/sitemap.xml", "/sitemaps.xml"))
        return f"""\
fetch: {{timeout: 5s, per_host: {{connections: 4, delay: 0s}}}}
sources:
  - {{name: ssrf, profile: ssrf, start: [{starts}], poll: 1h, recheck: 1h, allow_networks: ["{SITE}/32"]}}
"""

    def hosts(self):
        """All hosts of the forms, as far as they are any: to this source they are one site, so that it is not their names
        that keep the daemon away. Other ports of the site itself are left to the rule that keeps a source on its own."""
        out = {f"{SITE}:{self.site.port}"}
        for form in self.site.forms:
            rest = form.partition("://")[2].rpartition("@")[2]
            if rest and not set(rest) & set(' \\%"#/') and not rest.startswith(SITE + ":"):
                out.add(rest.lower())
        return "hosts:\n" + "".join(f'  - "{host}"\n' for host in sorted(out))

    def forbidden(self, daemon):
        """Whom somebody talked to who must not be."""
        allowed = {*((SITE, port) for port in (self.site.port, 80, 443, 53)), ("127.0.0.1", daemon.port)}
        return sorted(self.packets.seen - allowed)

    def test_no_packet_leaves_for_a_forbidden_address(self):
        # What must be seen is seen: a connection to a private network, and one to loopback.
        unused = free_port()
        for target in (("10.9.8.7", 80), ("127.0.0.1", unused)):
            with socket.socket() as probe:
                probe.setblocking(False)
                probe.connect_ex(target)
            until(lambda: target in self.packets.seen, f"a packet to {target} is seen")
        self.packets.seen.clear()

        self.assertGreaterEqual(len(self.site.forms), 76)
        daemon = Daemon(self.folder, self.config())
        (self.folder / "profiles/ssrf.yaml").write_text(self.hosts())
        self.addCleanup(daemon.close)
        daemon.start()
        until(lambda: len(self.reached()) == len(Site.FOLLOWED), "every door was used")
        # Hosts that did not answer once are left alone for a while.
        until(lambda: daemon.count("SELECT count(*) FROM checks c LEFT JOIN hosts h USING (host) WHERE c.state = 'waiting' AND "
                                   "c.checked_at IS NULL AND h.blocked_until IS NULL") == 0, "all was visited")

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            runs = [pool.submit(daemon.run, "fetch", form + Site.path("fetch", n)) for n, form in enumerate(self.site.forms) if "\0" not in form]
            runs += [pool.submit(daemon.run, "fetch", self.site.origin + Site.path("fetch-redirect", n)) for n in range(len(self.site.forms))]
        results = [run.result() for run in runs]
        self.assertEqual(results[0].returncode, 0, "the allowed one is fetched")
        self.assertEqual(self.forbidden(daemon), [])
        # It was the addresses that were refused, and not some other fault each time.
        said = daemon.log.read_text(errors="replace") + "".join(result.stdout + result.stderr for result in results)
        self.assertGreater(said.count("not on the public internet"), 60)
        # Who reached the site was sent there by it: names that have its address too, and "\\" for "/" as browsers read it.
        own = {Site.path("reached", n) for n, form in enumerate(self.site.forms)
               if form.startswith(self.site.origin) or form.startswith(("http://both.example", "http://rebind.example"))}
        self.assertEqual([path for path in self.site.asked if "reached" in path and not path.endswith(tuple(own))], [])

        # The daemon does go where it may: to a public address, and the packet is seen.
        daemon.run("fetch", f"http://{PUBLIC}/")
        self.assertIn((PUBLIC, 80), self.packets.seen)

    def reached(self):
        """The doors whose allowed form was asked for."""
        redirected = Site.path("reached", 0) in self.site.asked
        return {door for door in Site.FOLLOWED if (redirected if door == "redirect" else Site.path(door, 0) in self.site.asked)}


class Namespace(unittest.TestCase):
    def test_in_a_namespace(self):
        if os.environ.get(INSIDE):
            self.skipTest("this is the inside")
        if reason := why_not():
            self.skipTest(reason)
        run = subprocess.run([*unshare(), sys.executable, "-B", __file__, "-v", "Inside"], env=dict(os.environ, **{INSIDE: "1"}),
                             capture_output=True, text=True, timeout=280)
        self.assertEqual(run.returncode, 0, run.stdout[-3000:] + run.stderr[-6000:])
        self.assertNotIn("skipped", run.stderr)


if __name__ == "__main__":
    unittest.main()
