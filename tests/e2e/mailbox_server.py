"""A mail server for tests, and what it was sent."""
import email
import email.policy
import json
import subprocess
import threading

from harness import ROOT

SYSTEM_PYTHON = "/usr/bin/python3"


def why_no_mail():
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "import aiosmtpd"], capture_output=True, check=False)
    return None if probe.returncode == 0 else "python3-aiosmtpd is not installed"


class Mailbox:
    """The demo's mailbox, and the mails that it took; `through` is a command that runs it elsewhere."""

    def __init__(self, *options, through=()):
        self.process = subprocess.Popen([*through, SYSTEM_PYTHON, ROOT / "tests/demo/mailbox.py", "--json", *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.port = int(line)
        self.mails = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            mail = json.loads(line)
            mail["message"] = email.message_from_bytes(mail["raw"].encode("latin-1"), policy=email.policy.default)
            self.mails.append(mail)

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()
