"""Drills of the disk and of the database's file."""
import fcntl
import os
import shutil
import struct
import subprocess

from stage import Skipped, until

EXT4_IOC_SHUTDOWN = 0x8004587D
NOLOGFLUSH = 2


def mounted(stage, what, *options):
    """A file system of the stage's own, where the database lies from now on."""
    disk = stage.folder / "disk"
    disk.mkdir()
    run = subprocess.run(["mount", *options, what, disk], capture_output=True, text=True)
    if run.returncode != 0:
        raise Skipped(f"cannot mount: {run.stderr.strip() or 'not root'}")
    stage.finally_do(lambda: subprocess.run(["umount", "-l", disk], capture_output=True))
    stage.daemon.database = disk / "tinwatch.db"
    stage.daemon.write(stage.configuration())
    return disk


def image(stage):
    """An empty ext4."""
    file = stage.folder / "disk.img"
    subprocess.run(["truncate", "-s", "64M", file], check=True)
    subprocess.run(["mkfs.ext4", "-q", "-F", file], check=True)
    return file


def disk_full(stage):
    """Another program fills the disk, and gives the room back."""
    disk = mounted(stage, "tmpfs", "-t", "tmpfs", "-o", "size=24m")
    stage.begin()
    filler = disk / "filler"

    def fill():
        with open(filler, "wb", buffering=0) as out:
            try:
                while True:
                    out.write(b"x" * 65536)
            except OSError:
                pass  # it is full

    stage.break_it(fill)
    missed = [stage.step()]
    stage.expect_log("the database cannot be written")
    stage.expect_unready("the database takes no writes")
    stage.expect_alert("TinwatchStoreFails")
    stage.expect_alert("TinwatchStoreFull")
    stage.expect_status("the database takes no writes")
    stage.mend(filler.unlink, missed)
    stage.look_through(missed)


def read_only(stage):
    """The file system finds a fault of its own and goes read-only; it is checked and mounted anew."""
    file = image(stage)
    disk = mounted(stage, file, "-o", "loop")
    stage.begin()
    stage.break_it(lambda: subprocess.run(["mount", "-o", "remount,abort", disk], check=True))
    missed = [stage.step()]
    stage.expect_log("the database cannot be written")
    stage.expect_unready("the database takes no writes")
    stage.expect_alert("TinwatchStoreFails")
    stage.expect_status("the database takes no writes")

    def mount_anew():
        stage.daemon.stop()
        subprocess.run(["umount", disk], check=True)
        checked = subprocess.run(["e2fsck", "-p", file], capture_output=True, text=True)
        assert checked.returncode in (0, 1), checked.stdout  # 1: it has mended something
        subprocess.run(["mount", "-o", "loop", file, disk], check=True)
        stage.daemon.start()

    stage.mend(mount_anew, missed)
    stage.look_through(missed, at_most=2)


def moved(stage):
    """Somebody moves the database away while the daemon runs, and puts it back."""
    stage.begin()
    away = stage.folder / "elsewhere.db"
    stage.break_it(lambda: stage.daemon.database.rename(away))
    stage.expect_unready("was moved, replaced or deleted")
    stage.expect_alert("TinwatchStoreFails")
    stage.expect_log("was moved, replaced or deleted")
    stage.expect_status("was moved, replaced or deleted")
    stage.mend(lambda: away.rename(stage.daemon.database))
    stage.look_through()


def replaced(stage):
    """An old copy is put in the database's place while the daemon runs; the way back is a backup, restored."""
    stage.begin()
    backup = stage.folder / "backup.db"
    made = stage.daemon.run("db", "backup", backup)
    assert made.returncode == 0, made.stderr
    known = len(stage.sink.requests)

    def replace():
        shutil.copy(backup, stage.folder / "copy")
        (stage.folder / "copy").rename(stage.daemon.database)

    stage.break_it(replace)
    stage.expect_unready("was moved, replaced or deleted")
    stage.expect_alert("TinwatchStoreFails")
    stage.expect_log("was moved, replaced or deleted")
    stage.expect_status("was moved, replaced or deleted")
    missed = [stage.step()]

    def restore():
        stage.daemon.stop()
        del stage.sink.requests[known:]  # what was told since the backup is not known any more
        restored = stage.daemon.run("db", "restore", backup)
        assert restored.returncode == 0, restored.stderr
        stage.daemon.start()

    stage.mend(restore, missed)
    stage.look_through(missed)
    stage.after = "sound; what came since the backup is found again and told again"


def power_cut(stage):
    """The disk loses what was not flushed, and the machine starts again."""
    file = image(stage)
    disk = mounted(stage, file, "-o", "loop")
    stage.begin()

    def cut():
        descriptor = os.open(disk, os.O_RDONLY)
        fcntl.ioctl(descriptor, EXT4_IOC_SHUTDOWN, struct.pack("i", NOLOGFLUSH))
        os.close(descriptor)
        stage.daemon.kill()
        until(lambda: subprocess.run(["umount", disk], capture_output=True).returncode == 0, "the dead disk is unmounted")

    step = stage.step()
    until(lambda: stage.told(step), f"{step} is told before the cut")
    stage.break_it(cut)
    missed = [stage.step()]
    stage.expect_alert("TinwatchDown")

    def start():
        subprocess.run(["mount", "-o", "loop", file, disk], check=True)
        stage.daemon.start()

    stage.mend(start, missed)
    stage.expect_log("the last run did not end in order")
    stage.look_through(missed, at_most=2)


DRILLS = [disk_full, read_only, moved, replaced, power_cut]
