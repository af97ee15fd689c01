"""Drills of what the process is given: descriptors, memory, time to run."""
import http.client
import os
import signal
import subprocess

from stage import Skipped, until


def limit(stage, resource, most):
    """What the running daemon may take from now on."""
    run = subprocess.run(["prlimit", f"--pid={stage.daemon.process.pid}", f"--{resource}={most}:"], capture_output=True, text=True)
    if run.returncode != 0:
        raise Skipped(run.stderr.strip())


def no_descriptors(stage):
    """The process has no file descriptor left, and gets more."""
    stage.begin()
    descriptors = f"/proc/{stage.daemon.process.pid}/fd"
    before = subprocess.run(["prlimit", f"--pid={stage.daemon.process.pid}", "--nofile", "--noheadings", "--output=SOFT"], capture_output=True, text=True).stdout.strip()
    kept = http.client.HTTPConnection("127.0.0.1", stage.daemon.port, timeout=30)  # a new connection would need one
    stage.finally_do(kept.close)

    def ask_ready():
        kept.request("GET", "/-/ready")
        answer = kept.getresponse()
        return answer.status, None, answer.read()

    ask_ready()
    stage.ask_ready = ask_ready
    stage.break_it(lambda: limit(stage, "nofile", len(os.listdir(descriptors))))
    stage.expect_unready("file descriptors are in use")
    missed = [stage.step()]
    stage.expect_alert("TinwatchDescriptors")
    stage.expect_log("not ready", 40)
    limit(stage, "nofile", len(os.listdir(descriptors)) + 2)  # whoever asks for the status needs one
    stage.expect_status("file descriptors are in use")
    stage.mend(lambda: limit(stage, "nofile", before), missed)
    assert not [line for line in stage.new_lines() if "cannot be written" in line], "what undoes a statement needs no file"
    stage.look_through(missed)


def no_memory(stage):
    """The process gets no more memory, goes on, and is killed in the end, as the kernel does where there is none; it is started again."""
    stage.begin()
    stage.break_it(lambda: limit(stage, "as", 50_000_000))
    step = stage.step()
    until(lambda: stage.told(step), f"{step} is told without more memory", 60)
    stage.daemon.kill()
    missed = [stage.step()]
    stage.expect_alert("TinwatchDown")
    stage.said = "no answer"
    stage.expect_status("NOT RUNNING", exit_status=1)
    stage.mend(stage.daemon.start, missed)
    stage.expect_log("the last run did not end in order")
    stage.look_through(missed, at_most=2)


def stopped(stage):
    """The process is stopped, as by a debugger or a machine that sleeps, and goes on. Under systemd the watchdog ends it after 30 s."""
    stage.begin()
    stage.break_it(lambda: stage.daemon.process.send_signal(signal.SIGSTOP))
    missed = [stage.step()]
    stage.expect_alert("TinwatchDown")
    stage.said = "no answer"
    until(lambda: stage.seconds() > 7, "it stands still for a while")
    stage.mend(lambda: stage.daemon.process.send_signal(signal.SIGCONT), missed)
    stage.expect_log("the daemon stood still")
    stage.look_through(missed)


DRILLS = [no_descriptors, no_memory, stopped]
