"""What stands at a daemon's socket and answers as a test says: for commands that meet a daemon in trouble."""
import http.server
import json
import os
import socketserver
import threading
import time


def problem(status, detail, **headers):
    """An answer as the daemon refuses; `Retry_After=3` is a header."""
    return status, {"Content-Type": "application/problem+json", **headers}, json.dumps({"status": status, "detail": detail})


def stream(*events):
    """An answer that tells these events, and ends."""
    told = "".join(f"id: {event['seq']}\ndata: {json.dumps(event)}\n\n" for event in events)
    return 200, {"Content-Type": "text/event-stream"}, "retry: 2000\n\n:\n\n" + told


class FakeDaemon:
    """Gives `answers` one after another, the last of them for ever; `asked`: targets, headers and when. It is always healthy."""

    def __init__(self, path, *answers):
        self.answers = list(answers)
        self.asked = []
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/-/healthy":
                    return self.answer(200, {}, "healthy\n")
                fake.asked.append((self.path, dict(self.headers), time.monotonic()))
                self.answer(*(fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]))

            def answer(self, status, headers, body):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        if os.path.exists(path):
            os.unlink(path)
        self.server = Server(str(path), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
