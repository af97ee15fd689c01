"""./dev drill [NAME...] [--list]: breaks one thing at a time under a daemon that runs, and says what is noticed, by whom, after
how many seconds, and what is left when it is mended. Fails when a fault is not noticed, or anything is lost."""
import argparse
import sys
import time
import traceback

import process_drills
import store_drills
import world_drills
from stage import Skipped, Stage

DRILLS = {drill.__name__.replace("_", "-"): drill
          for drill in store_drills.DRILLS + process_drills.DRILLS + world_drills.DRILLS}


def play(name):
    """The drill's stage when it is over; what went wrong instead."""
    stage = Stage()
    try:
        DRILLS[name](stage)
        return stage, None
    except Skipped as why:
        return stage, f"skipped: {why}"
    except Exception:
        traceback.print_exc()
        return stage, "FAILED"
    finally:
        stage.close()


def seconds(value):
    return "-" if value is None else f"{value:.0f} s"


def row(name, stage):
    said = min((at for what, at in stage.noticed.items() if what != "alert"), default=None)
    cells = [name, stage.alert, stage.said or "-", stage.logged or "-", stage.shown or "-", seconds(said), seconds(stage.noticed.get("alert")),
             seconds(stage.well_after), stage.after]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main():
    parser = argparse.ArgumentParser(prog="./dev drill", description=__doc__.split(": ", 1)[1])
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[[], *DRILLS], help="default: all of them")
    parser.add_argument("--list", action="store_true", help="names the drills")
    arguments = parser.parse_args()
    if arguments.list:
        for name, drill in DRILLS.items():
            print(f"{name:<16} {drill.__doc__.splitlines()[0]}")
        return 0
    rows, failed = [], []
    for name in arguments.names or DRILLS:
        begun = time.monotonic()
        stage, trouble = play(name)
        print(f"{name}: {trouble or 'as it should'} ({time.monotonic() - begun:.0f} s)", flush=True)
        rows.append(f"| {name} | {trouble} |" if trouble else row(name, stage))
        if trouble == "FAILED":
            failed.append(name)
    print("\n| drill | what fires | /-/ready says | the log says | tinwatch status says | said after | fires after | well again after | afterwards |\n"
          + "| --- " * 9 + "|\n" + "\n".join(rows))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
