"""Each kind of paper opened by what people open it with: the tables by LibreOffice, which must count the same sums as openpyxl
reads, the PDFs by poppler, whose text must be the paper's own and whose fonts must lie in the file."""

import csv
import io
import re
import subprocess
import tempfile
import unittest
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import zxingcpp
from openpyxl import load_workbook
from PIL import Image
from stack import demo_desk

#: Seconds for one program to open what it is given.
OPENED_WITHIN = 120
#: What a client's own accountant signs in with, in the demo.
CLIENT = "kolos-buh"


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=OPENED_WITHIN, check=False)
    assert done.returncode == 0, (command, done.stderr.decode(errors="replace"))
    return done.stdout.decode()


def printed(word):
    """An amount as the pages write it, a text as it is, without spaces: where lines break is the page's affair."""
    sign = "\u2212" if isinstance(word, Decimal) and word < 0 else ""
    text = f"{abs(word):.2f}".replace(".", ",") if isinstance(word, Decimal) else word
    return sign + re.sub(r"\s", "", text)


def read(text, kind):
    """What LibreOffice wrote of a cell."""
    if issubclass(kind, datetime):
        return datetime.strptime(text, "%m/%d/%Y %H:%M:%S" if ":" in text else "%m/%d/%Y")
    return Decimal(text)


class Opened(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        context = demo_desk()
        cls.desk = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="oktan-opened-")))
        client = cls.desk.other(CLIENT)
        own = client.ask("/v1/session")["company"]
        company, cls.company = own["id"], own["name"]
        month = cls.desk.closed(company)[0]["id"]
        span = {"from": f"{month}-01", "to": f"{month}-28"}
        cls.report = client.ask(f"/v1/statements/{month}")
        cls.act = client.ask("/v1/reconciliation", **span)
        cls.invoice = client.ask("/v1/invoices", {"amount": "1234567.89"})
        cls.entries = list(client.all("/v1/history", **span))
        cls.month = next(one for one in client.all("/v1/documents") if one["id"] == month)
        tables, pages = {}, {}
        for name, path in {"act": "/v1/reconciliation", "history": "/v1/history/export"}.items():
            tables[name], pages[name] = (client.bytes(path, format=kind, **span) for kind in ("xlsx", "pdf"))
        for name, path in {"report": f"/v1/statements/{month}", "invoice": f"/v1/invoices/{cls.invoice['id']}"}.items():
            pages[name] = client.bytes(path, format="pdf")
        with zipfile.ZipFile(io.BytesIO(client.bytes(f"/v1/documents/{month}", format="zip"))) as archive:
            for name in archive.namelist():
                kind, ending = name.split("-")[0], name.rsplit(".")[-1]
                (tables if ending == "xlsx" else pages)[kind] = archive.read(name)
        cls.tables, cls.pages = tables, pages
        assert {*tables} == {"act", "history", "upd", "register"}, [*tables]
        assert {*pages} == {*tables, "report", "invoice"}, [*pages]

    def test_libreoffice_shows_every_cell_as_it_was_written(self):
        paths = [self.folder / f"{name}.xlsx" for name in self.tables]
        for path in paths:
            path.write_bytes(self.tables[path.stem])
        # `;` between cells, texts in quotes, UTF-8, every sheet in a file of its own.
        options = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,false,false,false,false,-1"
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        run("soffice", profile, "--headless", "--convert-to", options, "--outdir", self.folder, *paths)
        for path in paths:
            for sheet in load_workbook(path).worksheets:
                with self.subTest(table=path.stem, sheet=sheet.title):
                    opened = (self.folder / f"{path.stem}-{sheet.title}.csv").read_text("utf-8")
                    self.same(sheet, list(csv.reader(io.StringIO(opened, newline=""), delimiter=";")))

    def same(self, sheet, opened):
        """Each cell is what was written: its number, its time or its text."""
        numbers = 0
        self.assertEqual(len(opened), sheet.max_row)
        for row, texts in zip(sheet.iter_rows(), opened):
            for cell, text in zip(row, texts, strict=True):
                value = cell.value
                if isinstance(value, (int, float)):
                    value, numbers = Decimal(repr(value)), numbers + 1
                told = text if value is None or isinstance(value, str) else read(text, type(value))
                self.assertEqual(told, "" if value is None else value, cell.coordinate)
        self.assertGreater(numbers, 3)

    def test_poppler_reads_the_text_of_every_page_and_its_fonts_lie_in_the_file(self):
        told = {}
        for name, page in self.pages.items():
            with self.subTest(paper=name):
                path = self.folder / f"{name}.pdf"
                path.write_bytes(page)
                _, _, *fonts = run("pdffonts", path).splitlines()
                self.assertTrue(fonts)
                for font in fonts:
                    embedded, _, unicode = font.split()[-5:-2]
                    self.assertEqual((embedded, unicode), ("yes", "yes"), font)
                pages = run("pdftotext", "-layout", path, "-").split("\f")[:-1]
                for text in pages:
                    self.assertIn("КОПИЯ", text)
                    self.assertNotRegex(text, "[\ufffd\ue000-\uf8ff]")
                told[name] = re.sub(r"\s", "", "".join(pages))
        for name, words in self.words().items():
            for word in words:
                self.assertIn(printed(word), told[name], (name, word))

    def words(self):
        """What must stand in each paper, of what the API says."""
        act, report, invoice, upd = self.act, self.report, self.invoice, self.month["upd"]
        sums = {
            "act": [act["opening_balance"], act["debit"], act["credit"], act["closing_balance"]],
            "report": [report["opening_balance"], report["closing_balance"], *report["turnover"].values()],
            "upd": [upd["amount"], upd["vat"]],
            "register": [upd["amount"]],
            "invoice": [invoice["amount"]],
            "history": [sum(Decimal(entry["amount"]) for entry in self.entries)],
        }
        texts = {
            "act": ["Акт сверки"],
            "report": ["Отчёт по счёту"],
            "upd": ["Универсальный передаточный документ", upd["number"]],
            "register": ["Реестр операций по картам", upd["number"]],
            "invoice": ["Счёт на оплату", invoice["number"], invoice["amount_in_words"]],
            "history": ["История операций"],
        }
        return {name: [self.company, *texts[name], *map(Decimal, sums[name])] for name in sums}

    def test_a_bank_reads_the_code_off_the_printed_invoice(self):
        page = self.folder / "code.pdf"
        page.write_bytes(self.pages["invoice"])
        run("pdftoppm", "-r", "150", "-png", "-singlefile", page, page.with_suffix(""))
        with Image.open(page.with_suffix(".png")) as picture:
            codes = [code.text for code in zxingcpp.read_barcodes(picture)]
        self.assertEqual(codes, [self.invoice["payment_code"]])


if __name__ == "__main__":
    unittest.main()
