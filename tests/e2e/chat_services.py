"""What chat services take, as their documentation says: a server that refuses what the real ones would refuse.

Each `refuse_*` is given a request's method, path, headers and JSON body, and returns what is wrong with it, or None.
"""
import html.parser
import http.server
import json
import re
import threading
import urllib.parse


def units(text):
    """UTF-16 code units, in which Telegram and Discord count."""
    return len(text.encode("utf-16-le")) // 2


def only(body, /, **types):
    """What of a JSON object is missing, of another type, or not known."""
    if not isinstance(body, dict):
        return "body is no object"
    for key, value in body.items():
        if key not in types:
            return f"unknown field {key}"
        if not isinstance(value, types[key]) or (isinstance(value, bool) and types[key] is not bool):
            return f"{key} is a {type(value).__name__}"
    return None


class Markup(html.parser.HTMLParser):
    """Only these tags, each closed where it should be; addresses lead to http(s)."""

    def __init__(self, allowed):
        super().__init__()
        self.allowed, self.open, self.problem = allowed, [], None

    def handle_starttag(self, tag, attrs):
        if tag not in self.allowed or any(name != "href" for name, _ in attrs):
            self.problem = f"unsupported start tag <{tag}>"
        if any(not value.startswith(("http://", "https://")) for _, value in attrs):
            self.problem = "an address leads elsewhere"
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problem = f"unexpected end tag </{tag}>"


def why_no_html(text, *allowed):
    parser = Markup(allowed)
    parser.feed(text)
    parser.close()
    return parser.problem or ("can't find end tag" if parser.open else None)


def foreign_link(text):
    """A Markdown link, or a call of everybody, that its escaping did not make text."""
    bare = re.sub(r"\\.", "", text)
    for target in re.findall(r"\]\(<?([^)>]*)>?\)", bare):
        if "evil" in target:
            return f"a link of a stranger: {target}"
    if re.search(r"@(everyone|here|channel)\b", bare):
        return "everybody is called"
    if bare.count("`") % 2 or bare.count("**") % 2 or bare.count("~~") % 2:
        return "markup that does not end"
    return None


def refuse_telegram(method, path, headers, body):
    if method != "POST" or not re.fullmatch(r"/bot\d+:[\w-]+/sendMessage", path):
        return "Not Found"
    problem = only(body, chat_id=str, text=str, parse_mode=str, link_preview_options=dict, disable_notification=bool)
    if problem:
        return problem
    if not body["text"].strip() or units(body["text"]) > 4096:
        return "message is empty or too long"
    return why_no_html(body["text"], "b", "s", "u", "a", "blockquote") if body.get("parse_mode") == "HTML" else None


def refuse_slack(method, path, headers, body):
    problem = only(body, text=str, blocks=list, unfurl_links=bool, unfurl_media=bool, mrkdwn=bool)
    if problem or not body.get("text"):
        return problem or "no_text"
    texts = [body["text"]]
    for block in body.get("blocks", []):
        if block["type"] != "section" or block["text"]["type"] != "mrkdwn" or not 0 < len(block["text"]["text"]) <= 3000:
            return "invalid_blocks"
        texts.append(block["text"]["text"])
    for text in texts:
        # `<URL|words>` and a quotation's `> ` are Slack's; other signs of it are entities.
        rest = re.sub(r"<https?://[^|<>]+\|[^<>|]*>|^> ", "", text, flags=re.M)
        if re.search(r"[<>]", rest) or re.search(r"&(?!amp;|lt;|gt;)", text):
            return "invalid_blocks: control characters stand bare"
    return None


def refuse_discord(method, path, headers, body):
    problem = only(body, content=str, allowed_mentions=dict, flags=int)
    if problem:
        return problem
    if not body["content"] or units(body["content"]) > 2000:
        return "Must be 2000 or fewer in length."
    if body["allowed_mentions"] != {"parse": []}:
        return "everybody may be called"
    return foreign_link(body["content"])


def refuse_mattermost(method, path, headers, body):
    problem = only(body, text=str)
    return problem or ("text is empty or too long" if not 0 < len(body["text"]) <= 4000 else foreign_link(body["text"]))


def refuse_teams(method, path, headers, body):
    if len(json.dumps(body, ensure_ascii=False).encode()) > 28 * 1024:
        return "Request body size exceeds 28 KB"
    problem = only(body, type=str, attachments=list)
    if problem or body["type"] != "message" or len(body["attachments"]) != 1:
        return problem or "no message with a card"
    card = body["attachments"][0]["content"]
    problem = only(card, **{"$schema": str, "type": str, "version": str, "body": list, "actions": list})
    if problem or (card["type"], card["version"]) != ("AdaptiveCard", "1.4") or not card["body"]:
        return problem or "no card"
    for block in card["body"]:
        if block["type"] != "RichTextBlock" or any(run["type"] != "TextRun" or not run["text"] for run in block["inlines"]):
            return "a block that is none"
    if any(action["type"] != "Action.OpenUrl" or not action["url"].startswith("http") for action in card.get("actions", [])):
        return "an action that is none"
    return None


def refuse_matrix(method, path, headers, body):
    if method != "PUT" or not re.fullmatch(r"/_matrix/client/v3/rooms/!room:example\.org/send/m\.room\.message/[0-9a-f-]{36}", urllib.parse.unquote(path)):
        return f"M_UNRECOGNIZED {method} {path}"
    if headers["Authorization"] != "Bearer t0k3n":
        return "M_UNKNOWN_TOKEN"
    if len(json.dumps(body, ensure_ascii=False).encode()) > 65_536 - 1000:
        return "M_TOO_LARGE"
    problem = only(body, **{"msgtype": str, "body": str, "format": str, "formatted_body": str, "m.mentions": dict})
    if problem or body["msgtype"] != "m.text" or body["m.mentions"]:
        return problem or "M_BAD_JSON"
    if "formatted_body" not in body:
        return None
    if body["format"] != "org.matrix.custom.html":
        return "M_BAD_JSON"
    return why_no_html(body["formatted_body"], "b", "s", "u", "a", "blockquote", "br")


def refuse_ntfy(method, path, headers, body):
    problem = only(body, topic=str, title=str, message=str, priority=int, click=str, tags=list)
    if problem or path != "/ntfy/" or not re.fullmatch(r"[-_A-Za-z0-9]{1,64}", body["topic"]):
        return problem or "topic invalid"
    if not 0 < len(body["message"].encode()) <= 4096 or "\n" in body["title"]:
        return "message too long"
    if not 1 <= body["priority"] <= 5 or not body.get("click", "http").startswith("http"):
        return "priority or click invalid"
    return None


class Chat:
    """A service over HTTP that looks at each request as `refuse` says: a status for what it would not take."""

    def __init__(self, refuse, answer=b'{"ok":true}'):
        self.bodies = []  # that were taken
        self.refused = []
        chat = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                problem = refuse(self.command, self.path, self.headers, json.loads(body))
                (chat.refused if problem else chat.bodies).append(problem or json.loads(body))
                reply = json.dumps({"ok": False, "description": problem}).encode() if problem else answer
                self.send_response(400 if problem else 200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            do_PUT = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Services(Chat):
    """All of them at one port, each at the path that its receiver is set up with."""

    begins = {"/bot": refuse_telegram, "/slack": refuse_slack, "/discord": refuse_discord, "/mattermost": refuse_mattermost,
              "/teams": refuse_teams, "/_matrix": refuse_matrix, "/ntfy": refuse_ntfy}

    def __init__(self):
        self.taken = {}
        super().__init__(self.refuse_or_note)

    def refuse_or_note(self, method, path, headers, body):
        begin = next(begin for begin in self.begins if path.startswith(begin))
        problem = self.begins[begin](method, path, headers, body)
        if problem:
            return f"{begin}: {problem}: {json.dumps(body, ensure_ascii=False)}"
        self.taken.setdefault(begin, []).append(body)
        return None
