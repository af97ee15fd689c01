#!/usr/bin/python3
"""A mailbox for trying things: an SMTP server on loopback that shows each mail it takes.

Prints its port first. With --tls it offers STARTTLS (and asks for nothing before), with --user it wants to know who sends.
It needs Debian's python3-aiosmtpd, and so the system's own Python.
"""
import argparse
import email
import email.policy
import json
import socket
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


def who(login):
    """The name that the sender gave; in some versions it comes with the password."""
    return login and getattr(login, "login", login).decode()


class Mailbox:
    def __init__(self, options):
        self.options = options
        self.answers = list(options.answer)

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.answers and self.answers[0].startswith("rcpt:"):
            return self.answers.pop(0).removeprefix("rcpt:")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answers:
            return self.answers.pop(0)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if self.options.json:
            print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
                              "user": who(session.login_data),
                              "raw": envelope.content.decode("latin-1")}), flush=True)
        else:
            print(f"\n--- mail to {', '.join(envelope.rcpt_tos)}: {message['Subject']}", flush=True)
            print(message.get_body(("plain",)).get_content(), flush=True)
        return "250 taken"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
    parser.add_argument("--user", help="NAME:PASSWORD")
    parser.add_argument("--json", action="store_true", help="each mail as a line of JSON, as it came")
    parser.add_argument("--answer", action="append", default=[], help="to the first mails instead of taking them, such as '451 later'")
    options = parser.parse_args()
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    extra = {}
    if options.user:
        name, password = options.user.split(":", 1)

        def check(server, session, envelope, mechanism, data):
            good = data.login == name.encode() and data.password == password.encode()
            return AuthResult(success=good, handled=good, auth_data=data)

        extra = {"authenticator": check, "auth_required": True, "auth_require_tls": context is not None}
    mailbox = Mailbox(options)
    # The controller asks its port whether it answers, and takes 0 by its word.
    port = options.port or free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, tls_context=context,
                            require_starttls=context is not None, **extra)
    controller.start()
    print(port, flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        controller.stop()


if __name__ == "__main__":
    sys.exit(main())
