"""Every УПД, register and account report of the demo counted again from the company's history as it exports it (CSV), to the
kopeck: with decimals of Python's own, nothing of the house's code, and the tables opened by openpyxl. The demo's months lie on both sides of
1 January 2026, when VAT became 22 %. Two months are added to it: VAT changes once more between them, and what was bought before
comes back after, at the rate that it was bought at."""

import csv
import io
import unittest
import zipfile
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from stack import Pump, demo_desk

KOPECK, UNIT = Decimal("0.01"), Decimal("0.001")
NEW_RATE_FROM = date(2026, 1, 1)
#: The rate of the month that is added, of one product.
NEXT_RATE = 24
#: What a register calls the sum of a card's operations, and where it has it.
SUBTOTAL, CARD_QUANTITY, CARD_AMOUNT = "Итого по карте", "Итого по карте, количество", "Итого по карте, с НДС"
EARLIER = "Возврат отгрузки прошлых месяцев: "


def rounded(exact, to=KOPECK):
    """Half a kopeck up, of what is below zero down: as the law rounds."""
    return exact.quantize(to, ROUND_HALF_UP)


def cell(value, to=KOPECK):
    """A number of a sheet: its shortest decimal is what was written."""
    return Decimal(repr(value)).quantize(to)


#: What the export calls each kind of entry.
KINDS = {
    "Покупка": "purchase",
    "Возврат": "refund",
    "Платёж": "payment",
    "Перевод": "transfer",
    "Корректировка": "adjustment",
}


def exported(table, zone, codes):
    """The lines of an export, as Russian spreadsheets read them. A return goes back to the fill of its card that was authorized
    at its instant."""
    for number, line in enumerate(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";")):
        kind, card = KINDS[line["Операция"]], line["Карта"].replace(" ", "")
        at = datetime.strptime(line["Дата и время"], "%d.%m.%Y %H:%M:%S").replace(tzinfo=zone)
        fill = (card, line["Одобрено"])
        yield {
            "id": fill if kind == "purchase" else number,
            "purchase_id": fill,
            "at": at.isoformat(),
            "type": kind,
            "card_number": card,
            "station_code": line["АЗС"],
            "product": codes.get(line["Товар"]),
            "quantity": line["Количество"].replace(",", ".").removeprefix("-"),
            "price": line["Цена, ₽"].replace(",", "."),
            "discount": line["Скидка, ₽"].replace(",", "."),
            "amount": line["Сумма, ₽"].replace(",", "."),
            "vat_rate": int(line["НДС, %"] or 0),
        }


class Books:
    """A company's history, put into months by its own clock."""

    def __init__(self, entries, zone):
        self.months = defaultdict(list)
        self.month_of = {}
        for entry in entries:
            at = datetime.fromisoformat(entry["at"]).astimezone(zone)
            month = at.strftime("%Y-%m")
            self.month_of[entry["id"]] = month
            self.months[month].append((at, entry))

    def sum(self, month, kind):
        return sum((Decimal(entry["amount"]) for _, entry in self.months[month] if entry["type"] == kind), Decimal(0))

    def fills(self, month):
        """Purchases and refunds, as the register has them: plus is bought."""
        for at, entry in self.months[month]:
            if entry["type"] in ("purchase", "refund"):
                sign = 1 if entry["type"] == "purchase" else -1
                earlier = sign < 0 and self.month_of[entry["purchase_id"]] != month
                yield at, entry, sign, earlier

    def lines(self, month):
        """(from an earlier month, product, rate) → quantity and amount."""
        lines = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for _, entry, sign, earlier in self.fills(month):
            line = lines[earlier, entry["product"], entry["vat_rate"]]
            line[0] += sign * Decimal(entry["quantity"])
            line[1] -= Decimal(entry["amount"])
        return {key: line for key, line in lines.items() if any(line)}


#: What the first row of a table's totals is called, in one of its first two cells.
TOTALS = {"Всего", "Обороты и сальдо конечное"}


def table(book):
    """The rows of a sheet below its head, which is the frozen row, and its totals: one row, and one for each unit where there are
    several. Below them nothing is a number: there are signatures."""
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.freeze_panes is not None, "the head is not frozen"
    head = int(sheet.freeze_panes[1:]) - 1
    names = [one.value for one in sheet[head]]
    assert all(names) and len(set(names)) == len(names), names
    lines = list(sheet.iter_rows(min_row=head + 1, values_only=True))
    total = next(at for at, line in enumerate(lines) if TOTALS & set(line[:2]))
    end = next((at for at, line in enumerate(lines[total:], total) if not TOTALS & set(line[:2])), len(lines))
    below = [value for line in lines[end:] for value in line if isinstance(value, (int, float))]
    assert not below, f"numbers below the totals: {below}"
    named = [dict(zip(names, line)) for line in lines[:end]]
    return named[:total], named[total:]


def rows(book):
    """The rows of a sheet below its head, down to its total."""
    lines, totals = table(book)
    return [*lines, totals[0]]


def by_unit(lines, column):
    """What a column comes to, unit by unit."""
    sums = defaultdict(Decimal)
    for line in lines:
        if line[column] is not None:
            sums[line["Ед."]] += cell(line[column], UNIT)
    return dict(sums)


class Recomputed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        context = demo_desk()
        cls.desk = context.__enter__()
        cls.addClassCleanup(context.__exit__, None, None, None)
        cls.names = {product["code"]: product["name"] for product in cls.desk.all("/v1/staff/products")}
        companies = list(cls.desk.all("/v1/staff/companies"))
        cls.add_months(companies)
        cls.companies = [cls.company(one) for one in companies]

    @classmethod
    def add_months(cls, companies):
        """Of a few cards: something bought this month, and a part of it brought back in the next, where VAT is another."""
        bought = []
        for company in companies:
            fills = cls.desk.ask(f"/v1/staff/companies/{company['id']}/history", type="purchase", limit=30)["items"]
            for fill in {fill["card_number"]: fill for fill in fills}.values():
                pump = Pump(cls.desk, fill["station_code"])
                if authorization := pump.buy(fill, "7.770"):
                    bought.append((pump, fill, authorization))
        assert bought, "no card of the demo may buy anything"
        cls.next_product = bought[0][1]["product"]
        cls.next_from = (cls.desk.now().date().replace(day=1) + timedelta(days=32)).replace(day=1)
        rate = {"from": cls.next_from.isoformat(), "percent": NEXT_RATE}
        cls.desk.ask(f"/v1/staff/products/{cls.next_product}/vat", rate)
        cls.desk.turn_month()
        for pump, fill, authorization in bought:
            pump.refund(authorization, "1.234")
            if again := pump.buy(fill, "5.550"):
                pump.refund(again, "0.777")
        cls.desk.turn_month()

    def rate(self, day, product):
        """VAT of a day, percent."""
        if product == self.next_product and day >= self.next_from:
            return NEXT_RATE
        return 20 if day < NEW_RATE_FROM else 22

    @classmethod
    def company(cls, company):
        months = cls.desk.closed(company["id"])
        table = cls.desk.bytes(f"/v1/staff/companies/{company['id']}/history/export", format="csv")
        zone, codes = ZoneInfo(company["time_zone"]), {name: code for code, name in cls.names.items()}
        return company, Books(exported(table, zone, codes), zone), sorted(months, key=lambda month: month["id"])

    def each(self, check):
        """The same of every closed month of every company."""
        for company, books, months in self.companies:
            for month in months:
                with self.subTest(company=company["name"], month=month["id"]):
                    check(company, books, month)

    def papers(self, company, month):
        """The month's archive: file endings → bytes."""
        path = f"/v1/staff/companies/{company['id']}/documents/{month['id']}"
        with zipfile.ZipFile(io.BytesIO(self.desk.bytes(path, format="zip"))) as archive:
            self.assertIsNone(archive.testzip())
            return {name.split("-")[0] + "." + name.rsplit(".")[-1]: archive.read(name) for name in archive.namelist()}

    def test_every_fill_is_its_price_less_its_discount_at_the_rate_of_its_day(self):
        self.each(self.fills)

    def fills(self, _, books, month):
        for at, entry, sign, _ in books.fills(month["id"]):
            exact = Decimal(entry["quantity"]) * Decimal(entry["price"])
            amount, discount = -Decimal(entry["amount"]), Decimal(entry["discount"])
            if sign > 0:
                self.assertEqual(amount, rounded(exact) - discount, entry)
                self.assertEqual(entry["vat_rate"], self.rate(at.date(), entry["product"]), entry)
            else:
                # The last part that comes back takes the rounding of the whole.
                self.assertLess(abs(discount - amount - exact), 2 * KOPECK, entry)

    def test_every_upd_has_the_lines_of_the_history_to_the_kopeck(self):
        self.seen = set()
        self.each(self.upd)
        self.assertLessEqual({(False, 22), (False, NEXT_RATE), (True, 22)}, self.seen, "a change of VAT is not seen")
        if any(months[0]["id"] < "2026-01" for _, _, months in self.companies):
            self.assertIn((False, 20), self.seen, "the year 2025 is not seen")

    def upd(self, company, books, month):
        expected = books.lines(month["id"])
        files = self.papers(company, month)
        self.register(books, month, *table(files["register.xlsx"]))
        if not expected:
            self.assertIsNone(month["upd"])
            return
        self.assertEqual(set(files), {"upd.pdf", "upd.xlsx", "register.pdf", "register.xlsx"})
        *lines, total = rows(files["upd.xlsx"])
        told = {}
        for line in lines:
            earlier, name = line["Товар"].startswith(EARLIER), line["Товар"].removeprefix(EARLIER)
            rate = int(line["НДС, %"])
            quantity, amount = cell(line["Количество"], UNIT), cell(line["Стоимость с НДС"])
            net, vat = cell(line["Стоимость без НДС"]), cell(line["Сумма НДС"])
            self.assertEqual(vat, rounded(amount * rate / (100 + rate)), line)
            self.assertEqual(net + vat, amount, line)
            if quantity:
                self.assertEqual(rounded(quantity * Decimal(repr(line["Цена без НДС"]))), net, line)
            self.assertNotIn((earlier, name, rate), told)
            told[earlier, name, rate] = [quantity, amount]
            self.seen.add((earlier, rate))
        named = {(earlier, self.names[code], rate): sums for (earlier, code, rate), sums in expected.items()}
        self.assertEqual(told, named)
        for column in ("Стоимость без НДС", "Сумма НДС", "Стоимость с НДС"):
            self.assertEqual(sum(cell(line[column]) for line in lines), cell(total[column]))
        self.assertEqual(cell(total["Стоимость с НДС"]), Decimal(month["upd"]["amount"]))
        self.assertEqual(cell(total["Сумма НДС"]), Decimal(month["upd"]["vat"]))

    def register(self, books, month, found, totals):
        operations = [line for line in found if line["Операция"] != SUBTOTAL]
        self.subtotals(found, operations)
        # What a spreadsheet counts of a column is its total, whatever else stands among the operations.
        total = totals[0]
        self.assertEqual(sum(cell(line["Сумма с НДС"] or 0) for line in found), cell(total["Сумма с НДС"]))
        self.assertEqual(sum(cell(line["Скидка"] or 0) for line in found), cell(total["Скидка"]))
        self.assertEqual(by_unit(found, "Количество"), by_unit(totals, "Количество"))
        expected = sorted(
            (
                entry["card_number"],
                at.replace(tzinfo=None, second=0, microsecond=0),
                entry["station_code"],
                self.names[entry["product"]],
                sign * Decimal(entry["quantity"]),
                Decimal(entry["price"]),
                sign * Decimal(entry["discount"]),
                entry["vat_rate"],
                -Decimal(entry["amount"]),
                "Покупка" if sign > 0 else "Возврат прошлых месяцев" if earlier else "Возврат",
            )
            for at, entry, sign, earlier in books.fills(month["id"])
        )
        told = sorted(
            (
                line["Карта"],
                line["Дата и время"].replace(second=0, microsecond=0),
                line["АЗС"],
                line["Товар"],
                cell(line["Количество"], UNIT),
                cell(line["Цена"]),
                cell(line["Скидка"]),
                int(line["НДС, %"]),
                cell(line["Сумма с НДС"]),
                line["Операция"],
            )
            for line in operations
        )
        self.assertEqual(told, expected)
        self.assertEqual(len(operations), month["operations"])
        self.assertEqual(cell(total["Сумма с НДС"]), sum(line[8] for line in expected))

    def subtotals(self, found, operations):
        """After each card's operations what they come to, in columns of its own."""
        cards = defaultdict(lambda: ([], []))
        for line in found:
            cards[line["Карта"]][line["Операция"] == SUBTOTAL].append(line)
        for card, (own, sums) in cards.items():
            amounts = [cell(line[CARD_AMOUNT]) for line in sums if line[CARD_AMOUNT] is not None]
            self.assertEqual(amounts, [sum(cell(line["Сумма с НДС"]) for line in own)], card)
            self.assertEqual(by_unit(sums, CARD_QUANTITY), by_unit(own, "Количество"), card)
            self.assertEqual({line["Название карты"] for line in sums}, {line["Название карты"] for line in own})
        for line in operations:
            self.assertEqual((line[CARD_AMOUNT], line[CARD_QUANTITY]), (None, None), line)
        # One card after another, its sums last.
        order = [(line["Карта"], line["Операция"] == SUBTOTAL) for line in found]
        self.assertEqual(order, sorted(order))

    def test_every_account_report_is_the_sum_of_its_entries_and_neighbours_tie(self):
        for company, books, months in self.companies:
            balance = Decimal(0)
            open_months = {month for month in books.months if month > months[-1]["id"]}
            self.assertLessEqual(set(books.months) - open_months, {month["id"] for month in months})
            for month in months:
                path = f"/v1/staff/companies/{company['id']}/statements/{month['id']}"
                report = self.desk.ask(path)
                self.assertEqual(Decimal(report["opening_balance"]), balance, path)
                sums = {kind: books.sum(month["id"], kind) for kind in ("payment", "purchase", "refund", "adjustment")}
                turnover = {name: Decimal(amount) for name, amount in report["turnover"].items()}
                self.assertEqual(turnover["payments"], sums["payment"], path)
                self.assertEqual(turnover["purchases"], -sums["purchase"], path)
                self.assertEqual(turnover["refunds"], sums["refund"], path)
                self.assertEqual(turnover["adjustments"], sums["adjustment"], path)
                balance += sum(sums.values())
                self.assertEqual(Decimal(report["closing_balance"]), balance, path)
                self.assertEqual(Decimal(month["closing_balance"]), balance, path)

    def test_the_act_of_any_two_days_ends_with_the_balance_of_the_history(self):
        for company, books, months in self.companies:
            zone = ZoneInfo(company["time_zone"])
            first = date.fromisoformat(months[0]["id"] + "-01")
            today = datetime.now(zone).date()
            days = [first, *(date.fromisoformat(month["id"] + "-17") for month in months[1::4]), today]
            for start, end in zip(days, days[1:]):
                path = f"/v1/staff/companies/{company['id']}/reconciliation"
                query = {"from": start.isoformat(), "to": end.isoformat()}
                act = self.desk.ask(path, **query)
                until = [entry for of_month in books.months.values() for entry in of_month]
                before = sum((Decimal(entry["amount"]) for at, entry in until if at.date() < start), Decimal(0))
                after = sum((Decimal(entry["amount"]) for at, entry in until if at.date() <= end), Decimal(0))
                self.assertEqual(Decimal(act["opening_balance"]), before, query)
                self.assertEqual(Decimal(act["closing_balance"]), after, query)
                self.assertEqual(before - Decimal(act["debit"]) + Decimal(act["credit"]), after, query)
                for line in act["lines"]:
                    before += Decimal(line["credit"]) - Decimal(line["debit"])
                    self.assertEqual(Decimal(line["balance"]), before, line)
                # The table says the same.
                *_, last = rows(self.desk.bytes(path, format="xlsx", **query))
                self.assertEqual(cell(last["Дебет"]), Decimal(act["debit"]))
                self.assertEqual(cell(last["Кредит"]), Decimal(act["credit"]))


if __name__ == "__main__":
    unittest.main()
