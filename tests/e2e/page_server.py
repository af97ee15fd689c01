"""A site of pages that a test makes up."""
import http.server
import threading


class PageServer:
    """Serves what `page(path)` gives, UTF-8; 404 where that is empty. A page whose path ends in .xml is XML, any other HTML."""

    def __init__(self):
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = site.page(self.path).encode()
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a daemon that is killed leaves in the middle
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path):
        raise NotImplementedError

    def close(self):
        self.server.shutdown()
        self.server.server_close()
