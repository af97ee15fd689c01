"""Every route of the served description against a real daemon with content: what is asked rightly is answered as the
description says, what is asked wrongly is refused with 4xx problem+json, and nothing is a 5xx or a dropped connection."""
import http.client
import itertools
import json
import re
import socket
import subprocess
import unittest
import urllib.parse

from harness import PATIENCE, ROOT, EndToEnd, receiver, until, watching

try:
    import jsonschema
except ImportError:
    jsonschema = None  # Debian: python3-jsonschema

LATER = 2**63  # no number of ours is larger than this less one
HOSTILE = ["%00", "%FF", "%C3%28", "..%2F..%2Fetc%2Fpasswd", "'%22%3E%3Cscript%3E", "%F0%9F%98%80", "%E2%80%AE",
           "%25s%25n", "-", "%2A", "a" * 3000, "1%3BDROP%20TABLE%20articles", "%0D%0AX-Evil:%201"]
BODIES = [b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"[" * 5000, b'{"a":' * 2000, b'{"nonsense":1}',
          b'{"name":1}', b'{"name":"x","query":1}', b'{"name":"x","query":""}', b'{"ids":1}', b'{"ids":[]}', b'{"ids":["x"],"verdict":"?"}',
          b'{"until":"never"}', b'{"for":"-1h"}', b'{"name":"' + b"a" * 60000 + b'"}']


class LocalConnection(http.client.HTTPConnection):
    """HTTP over the daemon's socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.path)


def strict(schema, named):
    """The same schema, which takes nothing that it does not name: what is not described is found. `named`: what pointers point to."""
    if isinstance(schema, list):
        return [strict(one, named) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "allOf" in schema:  # parts that are strict each by itself would refuse each other's properties
        parts = [named[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in [*schema["allOf"], {k: v for k, v in schema.items() if k != "allOf"}]]
        schema = {"type": "object", "required": [r for part in parts for r in part.get("required", [])],
                  "properties": {name: value for part in parts for name, value in part.get("properties", {}).items()}}
    out = {name: strict(value, named) for name, value in schema.items()}
    if out.get("type") == "object" and "properties" in out and "additionalProperties" not in out and len(out["properties"]) > 1:
        out["additionalProperties"] = False
    return out


@unittest.skipUnless(jsonschema, "python3-jsonschema is not installed")
class OpenApi(EndToEnd):
    def setUp(self):
        super().setUp()
        hook = self.sink()
        chat = self.sink()
        chat.body = b""
        secret = self.folder / "slack.url"
        secret.write_text(f"http://127.0.0.1:{chat.port}/services/T/B/x")
        secret.chmod(0o600)
        self.daemon_ = self.daemon(watching(self.newsroom, extra=receiver(hook), tail="""\
  - {name: desk, slack: {url_file: slack.url}, allow_networks: ["127.0.0.0/8"]}
watches:
  - {name: rescue, query: '"cứu hộ đường thủy" OR thủy OR mưa OR quân', receivers: [sink, desk]}
routes:
  - {match: {type: "tinwatch.*"}, receivers: [sink, desk]}
"""))
        self.daemon_.start()
        self.wait_for_baseline(self.daemon_)
        for _ in range(9):
            self.play(self.daemon_)
        status, headers, body = self.ask("GET", "/api/v1/openapi.json")
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        self.document = json.loads(body)
        self.named = self.document["components"]["schemas"]
        self.schemas = {"components": strict(self.document["components"], self.named)}
        self.known = self.what_is_there()
        self.asked = 0

    def ask(self, method, target, body=None, headers=None, over_tcp=False):
        connection = http.client.HTTPConnection("127.0.0.1", self.daemon_.port, timeout=PATIENCE) if over_tcp else LocalConnection(self.daemon_.socket)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, http.client.HTTPException) as fault:
            raise AssertionError(f"no answer to {method} {target[:200]}: {fault!r}") from fault
        finally:
            connection.close()

    def what_is_there(self):
        """Values that parameters of these names may have."""
        articles = json.loads(self.ask("GET", "/api/v1/articles?limit=1000")[2])["items"]
        edited = next(a for a in articles if a["revision"]["number"] > 1)
        def in_a_message():
            return [d for d in json.loads(self.ask("GET", "/api/v1/deliveries?limit=1000")[2])["items"] if "message" in d]
        deliveries = until(in_a_message, "a chat was written to")
        message = deliveries[0]["message"]
        return {"article": [edited["id"], edited["id"][:30], edited["article"]["url"]], "number": ["1", "2"], "from": ["1"], "to": ["2"],
                "delivery": [deliveries[0]["id"], message], "message": [message],
                "source": ["newsroom"], "receiver": ["sink"], "watch": ["rescue"], "url": [edited["article"]["url"]],
                "q": ["quân", '"cứu hộ"'], "target": ["newsroom", edited["id"]], "after": [], "scope": ["read"], "event": [], "file": ["/tmp/x"],
                "event_type": ["tinwatch.article.revised"], "token": [], "id": [], "to_receiver": ["sink"]}

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield path, method.upper(), operation

    def right_values(self, parameter):
        """Some values that the description allows; the first is one that there is."""
        schema = parameter["schema"]
        if parameter["name"] in self.known:
            return list(self.known[parameter["name"]])
        if "enum" in schema:
            return list(schema["enum"])
        if schema.get("format") == "tinwatch-time":
            return ["2020-01-01", "today", "36h", "2026-05-01T08:00:00+07:00", "2026-05-01T01:00:00Z"]
        if schema["type"] == "integer":
            return [str(schema["minimum"]), str(min(schema["maximum"], schema["minimum"] + 1)), str(schema["maximum"])]
        return []

    @staticmethod
    def wrong_values(parameter):
        """Values that the description forbids, as they stand in an address."""
        schema = parameter["schema"]
        if "enum" in schema:
            return ["nonsense", schema["enum"][0].upper() + "X", "1e9"]
        if schema.get("format") == "tinwatch-time":
            return ["never", "2026-13-01", "1000000000y", "36", "-1h"]
        if schema.get("format") == "uri":
            return ["x", "ftp://a.test/", "http://", "javascript:alert(1)", "%00"]
        if schema["type"] == "integer":
            return [str(schema["minimum"] - 1), str(schema["maximum"] + 1), str(LATER), "x", "1.5", "1e2", "0x1", "%2B1", "%201", "1,000"]
        return []

    def target(self, path, operation, query=(), **parts):
        """A target whose path has values that there are, unless others are given."""
        def part(match):
            name = match.group(1)
            if name in parts:
                return parts[name]
            return urllib.parse.quote((self.known.get(name) or ["nothing"])[0], safe="")
        out = re.sub(r"{(\w+)}", part, path)
        needed = [(p["name"], self.right_values(p)) for p in operation["parameters"] if p.get("required") and p["in"] == "query"]
        given = {name for name, _ in query}
        pairs = [(name, urllib.parse.quote((values or ["nothing"])[0], safe="")) for name, values in needed if name not in given]
        return out + "?" + "&".join(f"{name}={value}" for name, value in [*pairs, *query])

    def check(self, path, method, operation, target, body=None, headers=None, over_tcp=False):
        """Asks, and holds the answer against the description. Its status and body."""
        status, got, answer = self.ask(method, target, body, headers, over_tcp)
        self.asked += 1
        where = f"{method} {target[:300]}: {status} {answer[:300]}"
        # What reaches out says 502 when nothing is there, and examinations 503 when one is under way.
        if not (status == 502 and path in ("/api/v1/fetch", "/api/v1/receivers/test")):
            self.assertLess(status, 500, where)
        responses = operation["responses"]
        response = responses.get(str(status)) or responses.get(f"{status // 100}XX")
        self.assertIsNotNone(response, where)
        if "$ref" in response:
            response = self.document["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        media = got["Content-Type"]
        self.assertIn(media, response["content"], where)
        schema = strict(response["content"][media]["schema"], self.named)
        if media.endswith("json"):
            self.validate(json.loads(answer), schema, where)
        if status >= 400:
            self.assertEqual(media, "application/problem+json", where)
            self.assertEqual(json.loads(answer)["status"], status, where)
        return status, answer

    def validate(self, value, schema, where):
        validator = jsonschema.Draft202012Validator({**schema, **self.schemas})
        for fault in validator.iter_errors(value):
            self.fail(f"{where}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}")

    def test_the_document_itself_is_sound(self):
        self.assertEqual(self.document["openapi"], "3.1.0")
        names = [operation["operationId"] for _, _, operation in self.operations()]
        self.assertEqual(len(names), len(set(names)))
        for name, schema in self.document["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertTrue(schema, name)
        text = json.dumps(self.document)
        for pointer in set(re.findall(r'"#/components/(\w+)/(\w+)"', text)):
            self.assertIn(pointer[1], self.document["components"][pointer[0]])
        used = set(re.findall(r'"#/components/schemas/(\w+)"', text))
        self.assertLessEqual(set(self.document["components"]["schemas"]) - used, {"StreamGap"}, "what nothing points to")

    def test_what_is_asked_rightly_is_answered_as_it_is_described(self):
        answered = set()
        for path, method, operation in self.operations():
            tries = [()]
            for parameter in operation["parameters"]:
                if parameter["in"] != "query":
                    continue
                tries += [((parameter["name"], urllib.parse.quote(value, safe="")),) for value in self.right_values(parameter)]
                tries.append(((parameter["name"], ""),))
            parts = [p for p in operation["parameters"] if p["in"] == "path"]
            for values in itertools.product(*[[urllib.parse.quote(v, safe="") for v in self.right_values(p)] or ["nothing"] for p in parts]):
                named = {p["name"]: value for p, value in zip(parts, values)}
                for query in tries if method == "GET" else tries[:1]:
                    status, _ = self.check(path, method, operation, self.target(path, operation, query, **named))
                    if status < 300:
                        answered.add((method, path))
            if method == "GET":
                status, _, body = self.ask("HEAD", self.target(path, operation))
                self.assertEqual((status < 500, body), (True, b""), path)
        expected = {(method, path) for path, method, _ in self.operations() if method == "GET"} - {("GET", "/api/v1/articles/{article}/copies")}
        self.assertEqual(expected - answered, set(), "a GET that nothing right was found for")

    def test_every_event_is_as_its_schema_says(self):
        events = json.loads(self.ask("GET", "/api/v1/events?limit=1000")[2])["items"]
        self.assertGreater(len({event["type"] for event in events}), 3)
        for event in events:
            status, headers, body = self.ask("GET", f"/schemas/{event['type']}/1")
            self.assertEqual((status, headers["Content-Type"]), (200, "application/schema+json"))
            schema = json.loads(body)
            self.assertTrue(schema["$id"].endswith(f"/schemas/{event['type']}/1"))
            jsonschema.Draft202012Validator.check_schema(schema)
            faults = [fault.message for fault in jsonschema.Draft202012Validator(schema).iter_errors(event["data"])]
            self.assertEqual(faults, [], event)
        self.assertEqual(self.ask("GET", "/schemas/tinwatch.article.nothing/1")[0], 404)

    def test_both_doors_answer_what_is_described(self):
        for path, method, operation in self.operations():
            target = self.target(path, operation)
            if method == "GET" and not operation.get("x-socket-only"):
                self.check(path, method, operation, target, over_tcp=True)
            elif operation.get("x-socket-only"):
                self.assertEqual(self.check(path, method, operation, target, over_tcp=True)[0], 403, path)

    def test_what_is_asked_wrongly_is_refused_and_named(self):
        for path, method, operation in self.operations():
            def refused(query=(), where=path, named=None, **parts):
                status, answer = self.check(where, method, operation, self.target(path, operation, query, **parts))
                self.assertEqual(status, 400, (method, where, query, parts, answer))
                if named:
                    self.assertIn(named, json.loads(answer)["detail"])

            refused((("nonsense", "1"),), named="nonsense")
            for parameter in operation["parameters"]:
                name = parameter["name"]
                if parameter["in"] == "header":
                    continue
                for value in self.wrong_values(parameter):
                    if parameter["in"] == "path":
                        refused(named=name, **{name: value})
                    else:
                        refused(((name, value),), named=name)
                if parameter.get("required") and parameter["in"] == "query":
                    refused(((name, ""),), named=name)
                for value in HOSTILE:
                    # Some are good words; none is a fault of ours.
                    target = self.target(path, operation, **{name: value}) if parameter["in"] == "path" else self.target(path, operation, ((name, value),))
                    self.check(path, method, operation, target)
        self.assertGreater(self.asked, 500)

    def test_another_method_is_told_which_there_are(self):
        for path, item in self.document["paths"].items():
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"):
                if method.lower() in item:
                    continue
                status, headers, body = self.ask(method, re.sub(r"{\w+}", "x", path))
                self.assertEqual((status, headers["Content-Type"]), (405, "application/problem+json"), (method, path, body))
                allowed = {m.upper() for m in item} | ({"HEAD"} if "get" in item else set())
                self.assertEqual(set(headers["Allow"].split(", ")), allowed, path)
        for method, path in itertools.product(("GET", "POST", "BREW"), ("/api/v1/nothing", "/api/v2/articles", "/api", "/api/v1/articles/a/b/c/d")):
            self.assertEqual(self.ask(method, path)[0], 404, path)

    def test_a_body_that_makes_no_sense_is_refused(self):
        with_body = [(p, m, o) for p, m, o in self.operations() if m != "GET"]
        self.assertGreater(len(with_body), 3)
        for path, method, operation in with_body:
            target = self.target(path, operation)
            for body in BODIES:
                if "requestBody" not in operation:
                    self.ask(method, target, body)  # nobody reads it
                    continue
                status, answer = self.check(path, method, operation, target, body, {"Content-Type": "application/json"})
                self.assertGreaterEqual(status, 400, (method, path, body[:100], answer))

    def test_every_step_of_the_docs(self):
        text = (ROOT / "docs/api.md").read_text()
        steps = "".join(re.findall(r"```sh\n(.*?)```", text, re.S)).splitlines()
        self.assertGreater(len(steps), 15)
        script = ""
        for number, step in enumerate(steps):
            step = step.replace("127.0.0.1:8390", f"127.0.0.1:{self.daemon_.port}").replace("/run/tinwatch/tinwatch.sock", str(self.daemon_.socket))
            # A stream has no end: it is heard for a second.
            step = step.replace("curl -sN", "curl -sN --max-time 1")
            script += f"{step} || [ $? = 28 ] || exit 1\nprintf '\\n@ {number}\\n'\n"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout[-1000:])
        answers = re.split(r"\n@ \d+\n", done.stdout)
        for step, answer in zip(steps, answers):
            wrong = any(mark in step for mark in ("limt", "5000", "DELETE"))
            self.assertEqual('"status":4' in answer, wrong, (step, answer[:300]))
            self.assertTrue(answer.strip() or "=$(" in step, step)
            if "If-None-Match" in step:
                self.assertEqual(answer.strip(), "304")
            if "event-stream" in step:
                self.assertRegex(answer, r"^retry: 2000\n\nid: \d+\ndata: {", step)


if __name__ == "__main__":
    unittest.main(verbosity=2)
