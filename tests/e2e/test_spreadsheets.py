"""What `tinwatch export` writes, read by the programs that people read it with: LibreOffice and pandas of Debian."""
import html
import importlib.util
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from harness import EndToEnd, until
from page_server import PageServer

BEGINNINGS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'=", " =", "\u00a0=", "\u200b=", "-=", "=-", "==", "+-=", "\"=", ";=", ",="]
FORMULAS = ["1+1", "HYPERLINK(\"http://127.0.0.1/\",\"bến\")", "SUM(1;2)", "cmd|' /C calc'!A0", "WEBSERVICE(\"http://127.0.0.1/\")",
            "A1&B1", "DDE(\"a\";\"b\";\"c\")"]
PAYLOADS = [beginning + formula for beginning in BEGINNINGS for formula in FORMULAS]
WORDS = "thuyền của bà con ghé bến muộn vì nước ròng, chuyến"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "Sáng nay thuyền của bà con ghé bến sau ba tháng sửa chữa, chuyến đầu chở lúa và chuyến sau chở học trò về xã bên kia sông."


class Harbour(PageServer):
    """Every text that an article has is a formula of its own."""

    def page(self, path):
        if path == "/":
            return "<ul>" + "".join(f'<li><a href="/tin/ghe-cap-ben-{10000 + n}.html">{html.escape(one)} {WORDS} {n}</a></li>' for n, one in enumerate(PAYLOADS)) + "</ul>"
        number = path.rpartition("-")[2].removesuffix(".html")
        if not number.isdigit() or not 0 <= int(number) - 10000 < len(PAYLOADS):
            return ""
        one = html.escape(PAYLOADS[int(number) - 10000])
        ld = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": f"{PAYLOADS[int(number) - 10000]} {WORDS} {number}",
                         "author": [{"@type": "Person", "name": PAYLOADS[int(number) - 10000]}], "datePublished": "2026-03-04T08:00:00+07:00"})
        return (f'<html lang="vi"><head><title>{one} {WORDS} {number}</title><meta property="og:type" content="article">'
                f'<meta name="description" content="{one}"><script type="application/ld+json">{ld.replace("<", chr(92) + "u003c")}</script></head>'
                f"<body><article><h1>{one} {WORDS} {number}</h1><p>{one}</p>{''.join(f'<p>{TEXT} {number} {n}</p>' for n in range(4))}</article></body></html>")


def is_missing(module):
    """By Debian's own interpreter, which has Debian's modules."""
    return importlib.util.find_spec(module) is None


class Spreadsheets(EndToEnd):
    def exported(self):
        """Each kind of export in both formats, by a daemon that has seen the harbour; formats -> file."""
        harbour = Harbour()
        self.addCleanup(harbour.close)
        daemon = self.started(f"""\
fetch: {{timeout: 10s, per_host: {{connections: 8, delay: 0s, requests_per_hour: 36000}}}}
sources:
  - {{name: ben, title: "=1+1", start: ["{harbour.origin}/"], poll: 1h, recheck: 1h, allow_networks: ["127.0.0.0/8"]}}
watches:
  - {{name: ghe, title: "@SUM(1)", query: 'thuyền', include: [baseline]}}
""")
        until(lambda: daemon.count("SELECT count(*) FROM articles") == len(PAYLOADS), "all articles are there")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="tinwatch-sheets-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        out = {}
        for what in ("revisions", "events", "hits"):
            for kind in ("csv", "jsonl"):
                out[what, kind] = folder / f"{what}.{kind}"
                done = daemon.run("export", "--what", what, "--format", kind, "-o", str(out[what, kind]))
                self.assertEqual((done.returncode, done.stderr), (0, ""))
        return folder, out

    def formulas_in(self, file, folder):
        """What LibreOffice would compute of a CSV file, opened as a double click opens it."""
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "fods",
                        "--infilter=Text - txt - csv (StarCalc):44,34,76,1", "--outdir", str(folder), str(file)],
                       check=True, capture_output=True, timeout=300)
        sheet = xml.etree.ElementTree.parse(file.with_suffix(".fods"))
        cells = list(sheet.iter(f"{{{OFFICE}}}table-cell"))
        return [cell.get(f"{{{OFFICE}}}formula") for cell in cells if cell.get(f"{{{OFFICE}}}formula")], len(cells)

    @unittest.skipUnless(shutil.which("soffice"), "LibreOffice is not there")
    def test_libreoffice_computes_nothing_of_what_a_page_says(self):
        folder, files = self.exported()
        control = folder / "control.csv"
        control.write_text("a,b\n=1+1,'=1+1\n")
        self.assertEqual(len(self.formulas_in(control, folder)[0]), 1, "a formula is computed where it is one")
        for what in ("revisions", "events", "hits"):
            with self.subTest(what):
                formulas, cells = self.formulas_in(files[what, "csv"], folder)
                self.assertEqual(formulas, [])
                self.assertGreater(cells, len(PAYLOADS))

    @unittest.skipIf(is_missing("pandas"), "pandas is not there")
    def test_pandas_reads_both_formats_alike(self):
        import pandas
        _, files = self.exported()
        for what in ("revisions", "events", "hits"):
            with self.subTest(what):
                lines = pandas.read_json(files[what, "jsonl"], lines=True, dtype=False, convert_dates=False)
                table = pandas.read_csv(files[what, "csv"], dtype=str, keep_default_na=False)
                self.assertEqual(len(lines), len(table))
                self.assertEqual(len(table), len(PAYLOADS) * (2 if what == "events" else 1))  # a hit is an event, too
                same = [name for name in table.columns if name in lines.columns and lines[name].map(type).eq(str).all()]
                self.assertGreater(len(same), 2, list(table.columns))
                for name in same:
                    # A cell that a spreadsheet would compute begins with an apostrophe.
                    texts = [cell[1:] if cell.startswith("'") and cell != text else cell for cell, text in zip(table[name], lines[name])]
                    self.assertEqual(texts, list(lines[name]), name)


if __name__ == "__main__":
    unittest.main()
