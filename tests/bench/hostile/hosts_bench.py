"""Ten thousand hosts that one source names, each with a robots.txt of 500 KB: memory, database, restart.

nginx serves all of 127.0.0.0/8. Feeds name the hosts, and 2,000 articles of the source's own host are moved to some of
them. How many are asked is the daemon's business: it may bound where links lead, new hosts a day, or what it keeps of each.
"""
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from readiness import is_ready
from newspaper import SENTENCE, Site, page, paragraphs, rss
from robots import LARGE
from subject import free_port, peak_bytes

HOSTS = 10_000
FEEDS = 5
MOVED = 2_000
MOST_MEMORY = 150e6   # bytes, VmHWM
MOST_DATABASE = 50e6  # bytes, with what belongs to it
MOST_RESTART = 3.0    # seconds until ready
QUIET = 15.0          # seconds without a new host: nobody new is asked any more
LONGEST = 240.0       # seconds
UNIT_MEMORY = 2e9     # bytes; systemd would end it here, so does this
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
  log_format asked '$host $uri'; access_log {folder}/access.log asked;
  client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
  types {{ text/html html; application/xml xml; text/plain txt; }}
  sendfile on;
  server {{
    listen {port} backlog=4096; root {folder}/www;
    location ~ "^/doi-cho/(\\d+)/(\\d+)/(chuyen-.*)$" {{ return 301 http://127.$1.$2.1:{port}/tin-tuc/$3; }}
    location /tin-tuc/ {{ try_files /article.html =404; }}
  }}
}}
"""
CONFIG = """\
storage: {{url: "sqlite://{folder}/tinwatch.db"}}
http: {{listen: [], socket: "{folder}/tinwatch.sock"}}
fetch: {{per_host: {{delay: 10ms, requests_per_hour: 36000}}}}
sources:
  - {{name: hostile, profile: hostile, start: [{start}], poll: 5s, allow_networks: ["127.0.0.0/8"]}}
"""


def write_site(folder, port):
    """The pages, and the configuration that watches them."""
    site = Site(port)
    www = folder / "www"
    www.mkdir()
    (folder / "t").mkdir()
    (www / "robots.txt").write_bytes(LARGE)
    (www / "article.html").write_bytes(page("Chuyện bến sông", paragraphs(8)))
    moved = "".join(f'<a href="/doi-cho/{1 + n // 250}/{n % 250}/chuyen-ben-song-{100000 + n}.html">{SENTENCE}</a>' for n in range(MOVED))
    (www / "index.html").write_text(f"<html><body>{moved}</body></html>")
    each = HOSTS // FEEDS
    for feed in range(FEEDS):
        items = ((f"http://{site.host(n)}{site.article_path(n)}", "Chuyện") for n in range(feed * each, (feed + 1) * each))
        (www / f"feed{feed}.xml").write_bytes(rss(items))
    start = ", ".join(f'"{site.origin}/{name}"' for name in ("", *(f"feed{feed}.xml" for feed in range(FEEDS))))
    (folder / "profiles").mkdir()
    names = "".join(f'  - "{site.host(n)}"\n' for n in range(HOSTS))
    (folder / "profiles/hostile.yaml").write_text(f'hosts:\n  - "127.0.0.1:{port}"\n{names}')
    (folder / "tinwatch.yaml").write_text(CONFIG.format(folder=folder, start=start))
    (folder / "nginx.conf").write_text("user root;" + NGINX.format(folder=folder, port=port))


def start_daemon(binary, folder):
    """The process, and the seconds until it was ready."""
    begun = time.monotonic()
    log = open(folder / "log", "ab")
    process = subprocess.Popen([binary, "run", "--config", folder / "tinwatch.yaml"], stdout=log, stderr=log)
    log.close()
    while not is_ready(folder / "tinwatch.sock"):
        if process.poll() is not None:
            sys.exit(f"hostile: the daemon ended with {process.returncode}; see {folder}/log")
        time.sleep(0.005)
    return process, time.monotonic() - begun


def hosts_asked(folder):
    return len(set(re.findall(rb"^(\S+) /robots\.txt$", (folder / "access.log").read_bytes(), re.MULTILINE)))


def until_quiet(process, folder):
    """Waits until no new host is asked; the peak memory until then."""
    begun = since = time.monotonic()
    asked = 0
    while time.monotonic() - begun < LONGEST and time.monotonic() - since < QUIET:
        time.sleep(0.5)
        if process.poll() is not None:
            sys.exit(f"hostile: the daemon ended with {process.returncode}; see {folder}/log")
        now = hosts_asked(folder)
        if now != asked:
            asked, since = now, time.monotonic()
        if peak_bytes(process.pid) > UNIT_MEMORY:
            break
    return peak_bytes(process.pid)


def run(binary, folder):
    port = free_port()
    write_site(folder, port)
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"])
    process = None
    try:
        while not (folder / "access.log").exists():
            time.sleep(0.01)
        process, _ = start_daemon(binary, folder)
        memory = until_quiet(process, folder)
        asked = hosts_asked(folder)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        database = sum(path.stat().st_size for path in folder.glob("tinwatch.db*"))
        process, ready = start_daemon(binary, folder)
        again = peak_bytes(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    finally:
        nginx.terminate()
        nginx.wait()
        if process and process.poll() is None:
            process.kill()
            process.wait()
    lines = (("peak memory", max(memory, again) / 1e6, "MB", MOST_MEMORY / 1e6), ("database", database / 1e6, "MB", MOST_DATABASE / 1e6),
             ("restart until ready", ready, "s", MOST_RESTART))
    print(f"{HOSTS:,} hosts named by one source, a robots.txt of {len(LARGE) // 1000} KB each; {asked:,} of them were asked")
    for name, value, unit, most in lines:
        print(f"  {name:22}{value:8.1f} {unit:3}(asked: <= {most:g}){'' if value <= most else '  too much'}")
    if asked < 2:
        sys.exit("hostile: no host was asked; nothing was tried")
    return 1 if any(value > most for _, value, _, most in lines) else 0
