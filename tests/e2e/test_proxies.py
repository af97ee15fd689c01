"""Behind a reverse proxy: nginx and Caddy as docs/operations.md sets them up, before the real daemon."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import time
import unittest
import urllib.parse

import yaml

from harness import PATIENCE, ROOT, EndToEnd, free_port, http_request, kill_after, until, watching

NAME = "news.example.org"
PAGE = {"Accept": "text/html", "Accept-Language": "en"}
# What nginx has in /usr/sbin, an ordinary user's PATH has not.
PROGRAMS = os.environ["PATH"] + ":/usr/sbin"


def recipe(language):
    """The fenced block of the guide that is to be taken over as it is."""
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    section = text[text.index("\n## Behind a reverse proxy\n"):]
    return re.search(rf"```{language}\n(.*?)```", section, re.S)[1]


class Connection(http.client.HTTPSConnection):
    """To the proxy by the name that people use, wherever it listens; `client` is the address that asks."""

    def __init__(self, port, trust, client="127.0.0.1"):
        super().__init__("127.0.0.1", port, timeout=PATIENCE, context=trust, source_address=(client, 0))
        self.trust = trust

    def connect(self):
        raw = socket.create_connection((self.host, self.port), self.timeout, self.source_address)
        self.sock = self.trust.wrap_socket(raw, server_hostname=NAME)


class Proxy:
    """What holds behind each of them; `setUp` of a subclass starts its proxy on `tls_port` and `plain_port`, `root` is who vouches for it."""

    def setUp(self):
        super().setUp()
        self.folder.chmod(0o711)  # nginx works as another user
        self.tls_port, self.plain_port = free_port(), free_port()
        self.watched = self.daemon(watching(self.newsroom))
        text = self.watched.config.read_text()
        own = re.search(r"^http: .*\n", text, re.M)[0]
        told = recipe("yaml").replace("127.0.0.1:8390", f"127.0.0.1:{self.watched.port}")
        self.watched.config.write_text(text.replace(own, f'{told}  socket: "{self.watched.socket}"\n'))
        self.watched.start(wait=False)
        until(self.watched_answers, "the daemon runs")
        self.wait_for_baseline(self.watched)

    def watched_answers(self):
        with contextlib.suppress(OSError):
            return self.watched.get("/-/healthy")[0] == 200
        return False

    def run_proxy(self, *command, **env):
        log = open(self.folder / "proxy.log", "wb")
        self.addCleanup(log.close)
        self.proxy = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PATH": PROGRAMS, **env})
        self.addCleanup(kill_after, self.proxy, 0)

        def answers():
            assert self.proxy.poll() is None, (self.folder / "proxy.log").read_text()
            with contextlib.suppress(OSError):
                return self.ask("/-/healthy")[0] == 200
            return False

        until(answers, "the proxy passes on")

    def connection(self, client="127.0.0.1"):
        return Connection(self.tls_port, ssl.create_default_context(cafile=self.root), client)

    def ask(self, target, method="GET", body=None, client="127.0.0.1", **headers):
        named = {"Host": NAME, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if token := named.pop("token", None):
            named["Authorization"] = f"Bearer {token}"
        with contextlib.closing(self.connection(client)) as connection:
            connection.request(method, target, body, named)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def token(self, scope):
        done = self.watched.run("token", "create", "--scope", scope)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.strip()

    def test_a_browser_logs_in_and_reads(self):
        status, headers, _ = self.ask("/articles", **PAGE)
        self.assertEqual((status, headers["Location"]), (303, "/login?next=%2Farticles"))
        form = {**PAGE, "Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{NAME}", "Sec-Fetch-Site": "same-origin"}
        login = urllib.parse.urlencode({"token": self.token("read,watch"), "next": "/articles"})
        self.assertEqual(self.ask("/login", "POST", login, **form | {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})[0], 403)
        status, headers, _ = self.ask("/login", "POST", login, **form)
        self.assertEqual((status, headers["Location"]), (303, "/articles"))
        cookie, *attributes = headers["Set-Cookie"].split("; ")
        self.assertTrue({"Secure", "HttpOnly"} <= set(attributes), attributes)
        status, headers, body = self.ask("/articles", Cookie=cookie, **PAGE)
        self.assertEqual(status, 200)
        self.assertIn("Content-Security-Policy", headers)
        self.assertIn('href="/articles/', body.decode())
        csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', body.decode())[1]
        status, headers, _ = self.ask("/logout", "POST", f"csrf={csrf}", Cookie=cookie, **form)
        self.assertEqual((status, headers["Location"]), (303, "/login"), "a form of the page is taken")

    def test_who_may_what(self):
        self.assertEqual(self.ask("/api/v1/articles")[0], 401, "the proxy on this machine is nobody of this machine")
        self.assertEqual(self.ask("/metrics")[0], 401)
        self.assertEqual(self.ask("/api/v1/articles", token=self.token("read"))[0], 200)
        self.assertEqual(self.ask("/metrics", token=self.token("metrics"))[0], 200)
        self.assertEqual(self.ask("/-/reload", "POST", token=self.token("admin"))[0], 403, "on the socket only")
        status, _, body = self.ask("/login", **PAGE | {"Host": "other.example.org"})
        self.assertFalse(status == 200 and body, "no page under another name")

    def test_prometheus_on_this_machine_brings_a_token_and_the_socket_asks_for_none(self):
        for path in ("/metrics", "/-/ready"):
            self.assertEqual(self.watched.get(path)[0], 401, path)
            self.assertEqual(self.watched.get(path, Authorization=f"Bearer {self.token('metrics')}")[0], 200, path)
            asked = subprocess.run(["curl", "-sf", "--unix-socket", self.watched.socket, f"http://localhost{path}"], capture_output=True, text=True)
            self.assertEqual(asked.returncode, 0, path)
        # As the guide has the token made, and scrape.yml has it named.
        made = re.search(r"^    tinwatch (token create .*?) \|", (ROOT / "docs/operations.md").read_text(), re.M)[1].split()
        credentials = self.folder / "tinwatch.token"
        credentials.write_text(self.watched.run(*made).stdout)
        shipped = (ROOT / "deploy/prometheus/scrape.yml").read_text()
        named, found = re.subn(r"# (authorization:)\n    #( +credentials_file: )\S+", rf"\1\n    \g<2>{credentials}", shipped)
        self.assertEqual(found, 1)
        self.assertEqual(yaml.safe_load(named)["scrape_configs"][0]["authorization"], {"credentials_file": str(credentials)})
        if not shutil.which("prometheus"):
            return
        for config, health in ((named, "up"), (shipped, "down")):
            with self.subTest(health):
                self.assertEqual(self.health(config), health)

    def health(self, config):
        """What Prometheus says of the daemon."""
        port = free_port()
        text = config.replace("127.0.0.1:8390", f"127.0.0.1:{self.watched.port}").replace('"127.0.0.1:9093"', "").replace("15s", "1s").replace("[rules.yml]", "[]")
        (self.folder / "prometheus.yml").write_text(text)
        with open(self.folder / "prometheus.log", "wb") as log:
            prometheus = subprocess.Popen(["prometheus", f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/series-{port}",
                                           f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)

        def answers():
            with contextlib.suppress(OSError):
                status, _, body = http_request(port, "GET", "/api/v1/targets")
                found = [one["health"] for one in json.loads(body)["data"]["activeTargets"]] if status == 200 else []
                return found[0] if found and found[0] != "unknown" else None
            return None

        try:
            return until(answers, "Prometheus has asked the daemon")
        finally:
            kill_after(prometheus, 0)

    def test_guesses_are_counted_by_client(self):
        token = self.token("read")
        for guess in range(10):
            claimed = {"X-Forwarded-For": f"198.51.100.{guess}"}
            self.assertEqual(self.ask("/", client="127.0.0.2", token=f"tw_{guess}", **claimed)[0], 401)
        self.assertEqual(self.ask("/", client="127.0.0.2", token=token, X_Forwarded_For="198.51.100.99")[0], 429, "whatever it claims")
        self.assertEqual(self.ask("/", client="127.0.0.3", token=token)[0], 200, "another one's browser")

    def test_the_stream_is_not_held_back(self):
        with contextlib.closing(self.connection()) as connection:
            begun = time.monotonic()
            connection.request("GET", "/api/v1/events", headers={"Host": NAME, "Accept": "text/event-stream", "Authorization": f"Bearer {self.token('read')}"})
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.getheader("Content-Type")), (200, "text/event-stream"))
            step = self.newsroom.step()
            heard = b""
            while step["id"].encode() not in heard:
                line = answer.readline()
                self.assertTrue(line, f"the stream ended: {heard[-300:]}")
                heard += line
            # A proxy that gathers some kilobytes first would have come to them by heartbeats of 15 s in many minutes.
            self.assertLess(time.monotonic() - begun, PATIENCE)

    def test_plain_http_leads_to_tls(self):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/articles?q=x", headers={"Host": NAME})
            answer = connection.getresponse()
            self.assertIn(answer.status, (301, 308))
            self.assertEqual(urllib.parse.urlsplit(answer.getheader("Location"))._replace(netloc=NAME).geturl(), f"https://{NAME}/articles?q=x")


@unittest.skipUnless(shutil.which("nginx", path=PROGRAMS), "nginx is not installed")
class Nginx(Proxy, EndToEnd):
    def setUp(self):
        super().setUp()
        self.root, key = self.folder / "root.pem", self.folder / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                        "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", key, "-out", self.root],
                       check=True, capture_output=True)
        told = re.sub(r" *listen \[::\].*\n", "", recipe("nginx"))  # not every machine has IPv6
        for ours, theirs in ((f"127.0.0.1:{self.tls_port}", "443"), (f"127.0.0.1:{self.plain_port}", "80")):
            told, found = re.subn(rf"listen {theirs}\b", f"listen {ours}", told)
            self.assertEqual(found, 1, theirs)
        told = re.sub(r"ssl_certificate .*;", f"ssl_certificate {self.root};", told)
        told = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", told)
        told = told.replace("127.0.0.1:8390", f"127.0.0.1:{self.watched.port}")
        paths = "\n".join(f"{kind}_temp_path {self.folder}/nginx-{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config = self.folder / "nginx.conf"
        config.write_text(f"daemon off;\npid {self.folder}/nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}\n{told}}}\n")
        tested = subprocess.run(["nginx", "-t", "-e", "stderr", "-c", config], capture_output=True, text=True, env={**os.environ, "PATH": PROGRAMS})
        self.assertEqual(tested.returncode, 0, tested.stderr)
        self.assertNotIn("[warn]", tested.stderr)
        self.run_proxy("nginx", "-e", "stderr", "-c", config)


@unittest.skipUnless(shutil.which("caddy"), "caddy is not installed")
class Caddy(Proxy, EndToEnd):
    def setUp(self):
        super().setUp()
        # A certificate of its own instead of Let's Encrypt's, and other ports.
        options = f"admin off\nlocal_certs\nskip_install_trust\nhttp_port {self.plain_port}\nhttps_port {self.tls_port}\nstorage file_system {self.folder}/caddy"
        config = self.folder / "Caddyfile"
        config.write_text(f"{{\n{options}\n}}\n" + recipe("caddy").replace("127.0.0.1:8390", f"127.0.0.1:{self.watched.port}"))
        self.root = self.folder / "caddy/pki/authorities/local/root.crt"
        home = {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)}
        checked = subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", config], capture_output=True, text=True, env={**os.environ, **home})
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.run_proxy("caddy", "run", "--adapter", "caddyfile", "--config", config, **home)


if __name__ == "__main__":
    unittest.main()
