"""Drills of what is around: names, time, the receiver."""
import os
import pathlib
import select
import socket
import threading
import time

from stage import Skipped, until

FAKETIME = next(iter(sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


class Doorway:
    """A way to the newsroom where nobody keeps a connection: after a second each ends at the first pause."""

    def __init__(self, port):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.to = port
        threading.Thread(target=self.let_in, daemon=True).start()

    def let_in(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self.pass_on, args=(client,), daemon=True).start()

    def pass_on(self, client):
        try:
            with client, socket.create_connection(("127.0.0.1", self.to)) as site:
                other = {client: site, site: client}
                begun = time.monotonic()
                while True:
                    heard, _, _ = select.select([client, site], [], [], 0.02)
                    if not heard and time.monotonic() > begun + 1:
                        return
                    for end in heard:
                        said = end.recv(65536)
                        if not said:
                            return
                        other[end].sendall(said)
        except OSError:
            pass  # one of both has left

    def close(self):
        self.listener.close()


class FakeClock:
    """The clock of a process that is started with `environment`."""

    def __init__(self, folder):
        if FAKETIME is None:
            raise Skipped("no libfaketime here")
        self.file = folder / "offset"
        self.environment = dict(os.environ, LD_PRELOAD=str(FAKETIME), FAKETIME_TIMESTAMP_FILE=str(self.file), FAKETIME_NO_CACHE="1",
                                DONT_FAKE_MONOTONIC="1")
        self.set("+0")

    def set(self, offset):
        new = self.file.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self.file)


def no_dns(stage):
    """No name can be looked up any more, and then again. What is kept of a name lasts a minute."""
    if os.geteuid() != 0:
        raise Skipped("only root can give the daemon files of its own for names")
    clock = FakeClock(stage.folder)
    hosts, resolver = stage.folder / "hosts", stage.folder / "resolv.conf"
    known = "127.0.0.1 localhost paper.test\n"
    hosts.write_text(known)
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    door = Doorway(stage.newsroom.port)
    stage.finally_do(door.close)
    origin = f"http://paper.test:{door.port}"
    stage.newsroom.control("POST", "/set", names=origin)
    own_files = f'mount --bind {hosts} /etc/hosts && mount --bind {resolver} /etc/resolv.conf && exec "$@"'
    stage.begin(through=["unshare", "--mount", "sh", "-c", own_files, "sh"], env=clock.environment, text=stage.configuration(origin=origin))
    stage.break_it(lambda: hosts.write_text("127.0.0.1 localhost\n"))
    missed = [stage.step()]
    stage.expect_log("resolve", 120)
    stage.expect_alert("TinwatchSourceSilent")
    clock.set("+40m")  # what is said after half an hour
    stage.expect_unready("no list of any source was read since")
    stage.expect_status("no list of any source was read since")
    stage.mend(lambda: hosts.write_text(known), missed)
    stage.look_through(missed)


def clock_jump(stage):
    """The machine's clock jumps a day ahead, and is put back."""
    clock = FakeClock(stage.folder)
    stage.begin(env=clock.environment)
    stage.break_it(lambda: clock.set("+1d"))
    missed = [stage.step()]
    stage.expect_log("the machine's clock was set")
    stage.expect_alert("TinwatchClockSet")
    until(lambda: stage.told(missed[0]), "polling goes on a day ahead", 60)
    stage.still_ready()
    stage.expect_status("daemon  running")
    stage.mend(lambda: clock.set("+0"))
    stage.look_through(missed)


def receiver_down(stage):
    """The receiver answers 500 for long, and is well again."""
    stage.begin()
    stage.sink.answers = [500] * 1000
    stage.break_it(lambda: None)
    missed = [stage.step()]
    stage.expect_log("delivery failed")
    stage.expect_alert("TinwatchOutboxStuck")
    stage.still_ready()
    stage.expect_status("pending")
    stage.mend(lambda: stage.sink.answers.clear(), missed)
    stage.look_through(missed)


DRILLS = [no_dns, clock_jump, receiver_down]
