"""Who is let in from other machines: tokens, the login of browsers, feeds, proxies; the real daemon on a listener that is not loopback."""
import json
import re
import unittest
import urllib.parse

from harness import EndToEnd, free_port, http_request, until

HOST = {"Host": "news.example"}
PAGE = {**HOST, "Accept": "text/html", "Accept-Language": "en"}
FORM = {**PAGE, "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"}


class Tokens(EndToEnd):
    def open(self, more=""):
        """A daemon with a second listener, which other machines reach."""
        daemon = self.daemon("")
        self.port = free_port()
        text = daemon.config.read_text()
        listen = f'listen: ["127.0.0.1:{daemon.port}"'
        self.assertIn(listen, text)
        proxy = 'behind_proxy: true, external_url: "https://news.example/"'
        daemon.config.write_text(text.replace(f"{listen}]", f'{proxy}, {more}{listen}, "0.0.0.0:{self.port}"]'))
        daemon.start(wait=False)
        self.wait_until_it_runs()
        return daemon

    def wait_until_it_runs(self):
        """By what needs no token, wherever one is asked from."""
        def answers():
            try:
                return self.ask("/-/healthy")[0] == 200
            except OSError:
                return False

        until(answers, "it runs")

    def ask(self, target, method="GET", **headers):
        """Over the open listener; `token=` becomes a bearer's."""
        named = {**HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if token := named.pop("token", None):
            named["Authorization"] = f"Bearer {token}"
        return http_request(self.port, method, target, named)

    def made(self, daemon, *options):
        done = daemon.run("token", "create", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"\Atw_[0-9a-f]{64}\n\Z", "the token alone, for a pipe")
        return done.stdout.strip()

    def listed(self, daemon):
        return json.loads(daemon.run("token", "list", "--format", "json").stdout)

    def post(self, target, fields, cookie=""):
        """A form as a browser sends it."""
        status, sent, body = http_request(self.port, "POST", target, {**FORM, **({"Cookie": cookie} if cookie else {})}, urllib.parse.urlencode(fields))
        return status, sent, body.decode()


class Door(Tokens):
    def test_nothing_is_answered_without_a_token(self):
        daemon = self.open()
        for target in ("/", "/articles", "/stream.atom", "/api/v1/articles", "/api/v1/events", "/api/v1/openapi.json", "/metrics", "/-/ready", "/nothing"):
            status, headers, body = self.ask(target)
            self.assertEqual(status, 401, target)
            self.assertTrue(headers["WWW-Authenticate"].startswith("Bearer"), target)
            self.assertEqual(json.loads(body)["status"], 401, target)
            status, headers, _ = http_request(self.port, "GET", target, PAGE)
            self.assertEqual((status, headers["Location"]), (303, "/login?next=" + urllib.parse.quote(target, safe="")), target)
        self.assertEqual(self.ask("/-/healthy")[0], 200)
        status, _, login = http_request(self.port, "GET", "/login?next=%2Farticles", PAGE)
        self.assertEqual(status, 200)
        style = re.search(rb'href="(/assets/[^"]+)"', login)[1].decode()
        self.assertEqual(self.ask(style)[0], 200)
        self.assertEqual(http_request(self.port, "GET", "/", {"Host": "evil.example"})[0], 403)
        self.assertEqual(daemon.get("/articles")[0], 200, "on loopback all is as it was")

    def test_a_token_opens_what_it_says(self):
        daemon = self.open()
        reading = self.made(daemon, "--scope", "read,watch", "--name", "Báo chí", "--expires", "90d")
        measuring = self.made(daemon, "--scope", "metrics")
        admin = self.made(daemon, "--scope", "admin", "--name", "chief")
        for token, target, status in (
                (reading, "/", 200), (reading, "/api/v1/articles", 200), (reading, "/stream.atom", 200), (reading, "/metrics", 403), (reading, "/api/v1/tokens", 403),
                (measuring, "/metrics", 200), (measuring, "/-/ready", 200), (measuring, "/", 403), (measuring, "/stream.atom", 403),
                (admin, "/metrics", 200), (admin, "/api/v1/tokens", 200), (admin, "/nothing", 404), ("tw_" + "0" * 64, "/", 401)):
            self.assertEqual(self.ask(target, token=token)[0], status, (token[:5], target))
        self.assertEqual(self.ask("/api/v1/tokens?scope=feed", "POST", token=reading)[0], 403)
        status, _, made = self.ask("/api/v1/tokens?scope=feed&name=reader", "POST", token=admin)
        self.assertEqual(status, 201)
        self.assertEqual(self.ask("/-/reload", "POST", token=admin)[0], 403, "for the socket alone")
        audit = json.loads(self.ask("/api/v1/audit?limit=1", token=admin)[2])["items"][0]
        self.assertEqual((audit["who"], audit["action"], audit["subject"]), ("chief", "token.created", json.loads(made)["id"]))

        tokens = {one["name"]: one for one in self.listed(daemon)}
        self.assertEqual(tokens["Báo chí"]["scopes"], ["read", "watch"])
        self.assertIn("lastUsedAt", tokens["Báo chí"])
        self.assertIn("expiresAt", tokens["Báo chí"])
        self.assertNotIn("lastUsedAt", tokens["reader"])
        table = daemon.run("token", "list")
        self.assertIn("read,watch", table.stdout)
        self.assertIn("never used", table.stdout)

        done = daemon.run("token", "revoke", tokens["Báo chí"]["id"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.ask("/", token=reading)[0], 401)
        self.assertEqual(daemon.run("token", "revoke", tokens["Báo chí"]["id"]).returncode, 1, "it holds no more")
        daemon.stop()
        kept = b"".join(path.read_bytes() for path in daemon.folder.rglob("*") if path.is_file())
        for token in (reading, measuring, admin, json.loads(made)["token"]):
            self.assertNotIn(token.encode(), kept, "a token is kept nowhere, in no log")

    def test_a_feed_is_read_by_its_address(self):
        daemon = self.open()
        token = self.made(daemon, "--scope", "feed")
        status, headers, feed = self.ask(f"/stream.atom?token={token}")
        self.assertEqual((status, headers["Content-Type"]), (200, "application/atom+xml; charset=utf-8"))
        self.assertNotIn(token.encode(), feed, "nor does the feed repeat it")
        for target in ("/stream", "/api/v1/articles", "/"):
            self.assertEqual(self.ask(f"{target}?token={token}")[0], 401, target)
        daemon.run("token", "revoke", self.listed(daemon)[0]["id"])
        self.assertEqual(self.ask(f"/stream.atom?token={token}")[0], 401)
        self.assertNotIn(token, daemon.log.read_text())

    def test_guessing_is_slowed(self):
        daemon = self.open()
        token = self.made(daemon, "--scope", "read")
        for guess in range(10):
            self.assertEqual(self.ask("/", token=f"tw_{guess}")[0], 401)
        status, headers, _ = self.ask("/", token=token)
        self.assertEqual(status, 429)
        self.assertTrue(0 < int(headers["Retry-After"]) <= 60, headers)
        status, headers, body = self.post("/login", {"token": token})
        self.assertEqual(status, 429)
        self.assertIn("wait a minute", body)
        self.assertIn("Retry-After", headers)
        self.assertEqual(self.ask("/-/healthy")[0], 200)
        self.assertEqual(self.ask("/")[0], 401, "who brings none is asked for one")
        self.assertNotIn(token, daemon.log.read_text())


class Browser(Tokens):
    def test_a_browser_logs_in_and_out(self):
        daemon = self.open()
        token = self.made(daemon, "--scope", "read,watch", "--name", "lan")
        status, _, body = self.post("/login", {"token": "tw_1", "next": "/sources"})
        self.assertEqual(status, 401)
        self.assertIn('value="/sources"', body)
        status, headers, _ = self.post("/login", {"token": f" {token} ", "next": "/sources"})
        self.assertEqual((status, headers["Location"]), (303, "/sources"))
        cookie, *attributes = headers["Set-Cookie"].split("; ")
        self.assertTrue({"HttpOnly", "SameSite=Strict", "Path=/", "Secure"} <= set(attributes), attributes)
        self.assertEqual(self.post("/login", {"token": token, "next": "https://evil.example/"})[1]["Location"], "/https%3A/evil.example")

        page = http_request(self.port, "GET", "/sources", {**PAGE, "Cookie": cookie})
        self.assertEqual(page[0], 200)
        text = page[2].decode()
        self.assertIn("lan", text)
        self.assertNotIn(cookie.split("=")[1], text)
        csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', text)[1]
        self.assertEqual(self.post("/logout", {}, cookie)[0], 403)
        self.assertEqual(self.post("/logout", {"csrf": "0" * len(csrf)}, cookie)[0], 403)
        self.assertEqual(http_request(self.port, "GET", "/", {**PAGE, "Cookie": cookie})[0], 200, "nobody was logged out")
        status, headers, _ = self.post("/logout", {"csrf": csrf}, cookie)
        self.assertEqual((status, headers["Location"]), (303, "/login"))
        self.assertEqual(http_request(self.port, "GET", "/", {**PAGE, "Cookie": cookie})[0], 303)

    def test_a_revoked_token_logs_its_browsers_out(self):
        daemon = self.open()
        token = self.made(daemon, "--scope", "read")
        cookie = self.post("/login", {"token": token})[1]["Set-Cookie"].split(";")[0]
        self.assertEqual(http_request(self.port, "GET", "/", {**PAGE, "Cookie": cookie})[0], 200)
        daemon.run("token", "revoke", self.listed(daemon)[0]["id"])
        self.assertEqual(http_request(self.port, "GET", "/", {**PAGE, "Cookie": cookie})[0], 303)


class Proxy(Tokens):
    def test_a_trusted_proxy_names_who_asks(self):
        daemon = self.open('trusted_proxies: ["127.0.0.1"], proxy_user_header: X-Remote-User, proxy_user_scopes: [admin], ')
        self.assertEqual(self.ask("/")[0], 401)
        self.assertEqual(self.ask("/", X_Remote_User="mai")[0], 200)
        self.assertEqual(self.ask("/api/v1/tokens?scope=read", "POST", X_Remote_User="mai", Sec_Fetch_Site="same-site")[0], 403, "her browser was made to")
        self.assertEqual(self.ask("/api/v1/tokens?scope=read", "POST", X_Remote_User="mai", Sec_Fetch_Site="same-origin")[0], 201)
        self.assertEqual(daemon.count("SELECT count(*) FROM audit WHERE who = 'mai' AND action = 'token.created'"), 1)
        for _ in range(10):
            self.ask("/", token="tw_1", X_Forwarded_For="198.51.100.1")
        self.assertEqual(self.ask("/", token="tw_1", X_Forwarded_For="198.51.100.1")[0], 429)
        self.assertEqual(self.ask("/", token="tw_1", X_Forwarded_For="198.51.100.2")[0], 401, "another one's browser")

    def test_nobody_else_is_believed(self):
        self.open('trusted_proxies: ["192.0.2.1"], proxy_user_header: X-Remote-User, ')
        self.assertEqual(self.ask("/", X_Remote_User="mai")[0], 401)


    def test_one_on_this_machine_passes_nobody_on_as_of_this_machine(self):
        daemon = self.daemon("")
        self.port = daemon.port
        text = daemon.config.read_text()
        proxy = 'behind_proxy: true, external_url: "https://news.example/", '
        daemon.config.write_text(text.replace("listen:", f"{proxy}listen:"))
        done = daemon.run("check")
        self.assertEqual(done.returncode, 2)
        self.assertIn("require_token: true", done.stdout + done.stderr)
        named = 'trusted_proxies: ["127.0.0.1"], proxy_user_header: X-Remote-User, '
        daemon.config.write_text(text.replace("listen:", f"{proxy}{named}listen:"))
        self.assertEqual(daemon.run("check").returncode, 0)
        daemon.start(wait=False)
        self.wait_until_it_runs()
        self.assertEqual(self.ask("/")[0], 401)
        self.assertEqual(self.ask("/", X_Remote_User="")[0], 401)
        self.assertEqual(self.ask("/", X_Remote_User="mai")[0], 200)


class Configuration(Tokens):
    def test_tokens_without_a_daemon(self):
        daemon = self.daemon("")
        done = daemon.run("token", "create", "--scope", "read")
        self.assertEqual(done.returncode, 3, "there is no database yet")
        self.assertFalse(daemon.database.exists(), "it is the daemon's to make")
        daemon.start()
        daemon.stop()
        token = self.made(daemon, "--scope", "read", "--name", "early")
        self.assertEqual([one["name"] for one in self.listed(daemon)], ["early"])
        daemon.config.write_text(daemon.config.read_text().replace("listen:", "require_token: true, listen:"))
        daemon.start(wait=False)
        bearer = {"Authorization": f"Bearer {token}"}

        def answers():
            try:
                return daemon.get("/", **bearer)[0] == 200
            except OSError:
                return False

        until(answers, "a token that was made before holds")
        self.assertEqual(daemon.get("/")[0], 401, "on loopback, too, where the configuration says so")
        log = daemon.log.read_text()
        self.assertNotIn("did not end in order", log)
        daemon.stop()
        self.assertEqual(daemon.run("token", "revoke", self.listed(daemon)[0]["id"]).returncode, 0)
        self.assertIn("revoked", daemon.run("token", "list").stdout)

    def test_what_is_refused(self):
        daemon = self.daemon("")
        daemon.config.write_text(f'http: {{listen: ["0.0.0.0:{free_port()}"]}}\n')
        for command in ("check", "run"):
            done = daemon.run(command)
            self.assertEqual(done.returncode, 2, command)
            said = done.stdout + done.stderr
            self.assertIn("tinwatch.yaml:1:7: http: listen: '0.0.0.0:", said)
            self.assertIn("behind_proxy: true", said)
        daemon = self.started("")
        for options, what in ((["--scope", "all"], "scope must be"), (["--scope", "read", "--expires", "soon"], "expires must be"),
                              (["--scope", "read", "--name", "a\nb"], "one line"), (["--scope", "read", "--name", "a" * 101], "100 bytes")):
            done = daemon.run("token", "create", *options)
            self.assertEqual((done.returncode, done.stdout), (2, ""), options)
            self.assertIn(what, done.stderr)
        self.assertEqual(daemon.run("token", "revoke", "nobody").returncode, 1)
        self.assertEqual(self.listed(daemon), [])


if __name__ == "__main__":
    unittest.main()
