"""What the configuration amounts to, of the file and of the daemon; what the daemon tells of itself; and that no secret is in any of it."""
import json
import os
import unittest

from harness import EndToEnd, watching

# Each is a secret somewhere below; none may be printed anywhere.
CANARIES = ["Y2FuYXJ5LWtleS1jYW5hcnkta2V5LWNhbmFyeQ", "canary-file", "canary-password", "canary-env", "canary-path", "canary-query", "canary-user",
            "canary-header", "canary-beat", "canary-topic", "canary-argument", "canary-feed"]
RECEIVERS = """receivers:
  - {name: hook, webhook: {url: "https://hooks.test/in/canary-path?key=canary-query", secret_files: [canary.secret]}}
  - {name: chat, slack: {url_file: chat.url}}
  - {name: mail, email: {server: "smtps://mail.test:465", username: u, password_file: mail.pass, from: "a@b.test", to: ["c@d.test"]}}
  - {name: push, ntfy: {url: "https://ntfy.test/canary-topic", token: "${TINWATCH_TEST_CANARY}"}}
  - {name: any, http: {url: "https://any.test/", headers: {X-Api-Key: canary-header}, body: body.mustache}}
  - {name: beat, heartbeat: {url: "https://127.0.0.1:9443/canary-beat", every: 1h}}
  - {name: run, exec: {command: [/bin/true, "--token=canary-argument"]}}
"""


class ConfigShow(EndToEnd):
    def setUp(self):
        super().setUp()
        for name, text in (("canary.secret", "whsec_Y2FuYXJ5LWtleS1jYW5hcnkta2V5LWNhbmFyeQ==\n"), ("mail.pass", "canary-password\n"),
                           ("chat.url", "https://hooks.slack.test/services/canary-file\n"), ("body.mustache", "{{title}}")):
            (self.folder / name).write_text(text)
            (self.folder / name).chmod(0o600)
        (self.folder / "d").mkdir()
        (self.folder / "d/more.yaml").write_text("watches:\n  - {name: included, query: '\"cứu hộ\" AND thủy'}\n")
        more = f"""  - {{name: feed, start: ["{self.newsroom.origin}/feed?token=canary-feed&page=1"], poll: 1h, allow_networks: ["127.0.0.0/8"]}}
include: ["d/*.yaml"]
"""
        os.environ["TINWATCH_TEST_CANARY"] = "canary-env"
        self.addCleanup(os.environ.pop, "TINWATCH_TEST_CANARY", None)
        self.text = watching(self.newsroom, tail=more + RECEIVERS)
        self.shown = self.daemon(self.text)
        self.token = ""

    def ok(self, *arguments):
        done = self.shown.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def told(self, what):
        if not self.token:
            self.token = self.ok("token", "create", "--scope", "read,admin").strip()
        status, _, body = self.shown.get(f"/api/v1/status/{what}", Authorization=f"Bearer {self.token}")
        self.assertEqual(status, 200, body)
        return json.loads(body)

    def test_what_is_shown_is_a_configuration(self):
        text = self.ok("config", "show")
        for part in ("keep: 90d", "timeout: 10s", "name: included", "timezone: Asia/Ho_Chi_Minh", '"https://hooks.test/<secret>"', "url_file: chat.url"):
            self.assertIn(part, text)
        self.assertNotIn("include:", text)
        (self.folder / "again.yaml").write_text(text)
        self.shown.config = self.folder / "again.yaml"
        self.assertIn("2 sources, 1 watches, 7 receivers", self.ok("check"))
        self.assertEqual(self.ok("config", "show"), text, "nothing was lost, and nothing came in")

    def test_what_is_wrong_is_said_besides(self):
        whole = self.ok("config", "show")
        self.shown.write(self.text + "nonsense: 1\n")
        done = self.shown.run("config", "show")
        self.assertEqual((done.returncode, done.stdout), (2, whole))
        self.assertIn("unknown key 'nonsense'", done.stderr)
        self.shown.write(self.text + "nonsense: [\n")
        done = self.shown.run("config", "show")
        self.assertEqual((done.returncode, done.stdout), (2, ""), "what is no YAML amounts to nothing")
        self.assertIn("tinwatch.yaml:", done.stderr)
        self.shown.write(self.text)
        none = self.shown.run("config", "show", "--running")
        self.assertEqual((none.returncode, none.stdout), (3, ""))
        self.assertIn("no daemon answers at", none.stderr)

    def test_what_only_the_daemon_can_read_is_shown_all_the_same(self):
        whole = self.ok("config", "show")
        os.environ.pop("TINWATCH_TEST_CANARY")
        (self.folder / "mail.pass").unlink()
        self.shown.write(self.text.replace("secret_files: [canary.secret]", "credential: hook"))
        done = self.shown.run("config", "show")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, whole.replace("secret_files: [canary.secret]", "credential: hook"))
        for fault in ("credential: systemd gave no credentials", "the environment has no TINWATCH_TEST_CANARY", "cannot read the secret file"):
            self.assertIn(fault, done.stderr)

    def test_what_has_not_its_form_shows_no_secret(self):
        for wrong in ("{mail: {email: {password: canary-password}}}", "[{name: m, email: [{password: canary-password}]}]", "[{name: t, telegram: canary-user}]",
                      "[{name: e, exec: {command: \"/bin/true --token=canary-argument\"}}]", "[{name: h, http: {url: \"https://a.test/\", headers: [canary-header]}}]",
                      "[canary-file]", "canary-path", "[{name: m, ntfy: {url: \"https://n.test/canary-topic\", token: {a: canary-env}}}]",
                      "[{name: m, ntfy: {url: \"https://n.test/canary-topic\", token: canary-env}}]"):
            self.shown.write(self.text.replace(RECEIVERS, f"receivers: {wrong}\n"))
            done = self.shown.run("config", "show")
            self.assertEqual(done.returncode, 2, wrong)
            self.assertIn("timeout: 10s", done.stdout)
            for canary in CANARIES:
                self.assertNotIn(canary, done.stdout, wrong)

    def test_the_daemon_shows_its_own(self):
        self.shown.start()
        of_file = self.ok("config", "show")
        self.assertEqual(self.ok("config", "show", "--running"), of_file)
        self.assertEqual(self.told("config")["yaml"], of_file)
        self.assertEqual(self.told("config")["file"], str(self.shown.config))
        before = self.told("runtime")
        self.assertEqual((before["counts"]["sources"], before["counts"]["watches"], before["pid"]), (2, 1, self.shown.process.pid))
        self.assertEqual((before["database"]["path"], before["reload"]["taken"], before["timezone"]), (str(self.shown.database), True, "Asia/Ho_Chi_Minh"))
        # A file that is not taken is not what is in force.
        self.shown.write(self.text.replace("timeout: 10s", "timeout: 11s") + "nonsense: 1\n")
        self.assertEqual(self.shown.run("reload").returncode, 2)
        self.assertEqual(self.ok("config", "show", "--running"), of_file)
        refused = self.told("runtime")["reload"]
        self.assertEqual((refused["taken"], refused["loadedAt"]), (False, before["reload"]["loadedAt"]))
        self.assertIn("unknown key 'nonsense'", refused["faults"][0])
        self.shown.write(self.text.replace("timeout: 10s", "timeout: 11s"))
        self.ok("reload")
        self.assertIn("timeout: 11s", self.ok("config", "show", "--running"))
        self.assertTrue(self.told("runtime")["reload"]["taken"])

    def test_the_build_is_that_of_the_version(self):
        self.shown.start()
        build = self.told("build")
        self.assertEqual(self.ok("--version").split("\n")[0], f"tinwatch {build['version']} ({build['revision']})")
        for library in ("boost", "curl", "icu", "openssl", "sqlite", "zstd"):
            self.assertRegex(build["libraries"][library], r"^\d+\.\d+")

    def test_no_secret_is_shown_anywhere(self):
        self.shown.start()
        said = [self.ok("config", "show"), self.ok("config", "show", "--running"), self.ok("status"), self.ok("receivers", "list"),
                self.ok("sources", "list", "--format", "json"), *(json.dumps(self.told(what)) for what in ("config", "build", "runtime")),
                self.shown.get("/metrics")[2].decode(), self.shown.log.read_text()]
        for text in said[:8]:
            self.assertTrue(text)
        for canary in CANARIES:
            for text in said:
                self.assertNotIn(canary, text)


if __name__ == "__main__":
    unittest.main(verbosity=2)
