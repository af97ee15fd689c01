#!/usr/bin/env python3
"""Every public class and struct says what it is for: a `///` above it."""
import pathlib
import re
import sys

DECLARATION = re.compile(r"^(?:class|struct)\s+(?:\[\[\w+\]\]\s+)?(\w+)[^;]*\{?$")
# Plain records whose name and fields say it all, declared under a commented group.
GROUPED = {"NewDelivery", "NewHit", "NewEvent", "NewRevision", "Reading", "ReceiverState", "DeliveryView", "ArticleView", "RevisionView",
           "ArticleFilter", "SourceView", "OutboxView", "StorageSettings", "HttpSettings", "FetchSettings", "SourceSettings",
           "ReceiverSettings", "WatchSettings", "RouteSettings", "WatchPlan", "RoutePlan", "Match", "WatchHit", "FetchRequest",
           "FetchError", "NotAnArticle", "Feed", "Sitemap", "Listing", "Block", "Image", "Reply", "WordChange", "DeliveryError",
           "WebhookSettings", "PolitenessSettings", "Verdict", "UrlParts", "SystemClock"}


def main(root: pathlib.Path) -> int:
    complaints = []
    for path in sorted(root.glob("**/include/**/*.hpp")):
        if "build" in path.parts:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            match = DECLARATION.match(line)
            if not match or match.group(1) in GROUPED or match.group(1) == "std":
                continue
            above = number - 1
            while above >= 0 and lines[above].startswith("template"):
                above -= 1
            if above < 0 or not lines[above].lstrip().startswith("///"):
                complaints.append(f"{path.relative_to(root)}:{number + 1}: {match.group(1)} needs a `///` that says what it is for")
    if complaints:
        print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
