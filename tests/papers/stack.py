"""The built stack with its demo: eighteen months of three companies, all closed but this one."""

import json
import os
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
#: Seconds that the worker may take to close all months.
CLOSED_WITHIN = 180


class Desk:
    """A person, of the staff or of a company, signed in."""

    def __init__(self, base, passwords, login):
        self.base, self.token, self.passwords = base, None, passwords
        self.who = {"login": login, "password": passwords[login]}
        self.sign_in()

    def other(self, login):
        """Another person of the demo."""
        return Desk(self.base, self.passwords, login)

    def sign_in(self):
        self.token = self.ask("/v1/session", self.who)["token"]

    def bytes(self, path, body=None, token=None, **query):
        query = {name: value for name, value in query.items() if value is not None}
        url = self.base + path + ("?" + urllib.parse.urlencode(query) if query else "")
        headers = {"content-type": "application/json"}
        if isinstance(body, str):
            headers["content-type"] = "application/x-www-form-urlencoded"
        elif body is not None:
            body = json.dumps(body)
        if token or self.token:
            headers["authorization"] = f"Bearer {token or self.token}"
        try:
            asked = urllib.request.Request(url, body and body.encode(), headers)
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.code} {error.read().decode()}") from None

    def ask(self, path, body=None, **query):
        return json.loads(self.bytes(path, body, **query))

    def all(self, path, **query):
        """Every page of a list."""
        cursor = None
        while True:
            page = self.ask(path, limit=100, cursor=cursor, **query)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def now(self):
        """The stack's time, as Moscow has it."""
        return datetime.fromisoformat(self.ask("/_local/clock")["now"]).astimezone(ZoneInfo("Europe/Moscow"))

    def turn_month(self):
        """Moves the clock to four in the morning of the next month's first day, and has the month closed."""
        now = self.now()
        over = (now.replace(day=1) + timedelta(days=32)).replace(day=1, hour=4)
        self.ask("/_local/clock", {"advance_s": int((over - now).total_seconds())})
        self.sign_in()
        self.ask(f"/v1/staff/documents/close/{now:%Y-%m}", {})

    def closed(self, company):
        """The closed months, once the one before this is among them."""
        last = (self.now().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
        until = time.monotonic() + CLOSED_WITHIN
        while True:
            months = list(self.all(f"/v1/staff/companies/{company}/documents"))
            if any(month["id"] == last for month in months):
                return months
            if time.monotonic() > until:
                raise TimeoutError(f"{last} is not closed after {CLOSED_WITHIN} s")
            time.sleep(1)


class Pump:
    """A terminal of a station."""

    def __init__(self, desk, station):
        self.desk = desk
        self.made = desk.ask(f"/v1/staff/stations/{station}/terminals", {})

    def post(self, path, **body):
        form = {"client_id": self.made["terminal_id"], "client_secret": self.made["secret"]}
        form = urllib.parse.urlencode({"grant_type": "client_credentials", **form})
        token = self.desk.ask("/v1/pump/token", form)["access_token"]
        return self.desk.ask("/v1/pump/" + path, body, token=token)

    def buy(self, fill, quantity):
        """As that fill was, but so much; `None` where the card may not."""
        asked = {name: fill[name] for name in ("card_number", "product", "price")}
        now = self.desk.ask("/_local/clock")["now"]
        held = self.post("authorizations", request_id=str(uuid.uuid4()), quantity=quantity, requested_at=now, **asked)
        if held["decision"] != "approved":
            return None
        self.post(f"authorizations/{held['authorization_id']}/capture", quantity=quantity)
        return held["authorization_id"]

    def refund(self, authorization, quantity):
        self.post("refunds", request_id=str(uuid.uuid4()), authorization_id=authorization, quantity=quantity)


@contextmanager
def demo_desk():
    """Starts the stack on a free port with nothing kept, and signs its administrator in."""
    with tempfile.TemporaryDirectory(prefix="oktan-papers-") as data:
        env = {**os.environ, "PORT": "0", "DATA_DIR": data, "SEED": "demo"}
        for name in ("STAFF_LOGIN", "STAFF_PASSWORD", "STAFF_TOTP_REQUIRED"):
            env.pop(name, None)
        binary = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "debug" / "oktan-local"
        stack = subprocess.Popen([binary], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        try:
            base, passwords, admin = None, {}, None
            for line in stack.stdout:
                base = base or next(iter(re.findall(r"(http://127\.0\.0\.1:\d+)/ ", line)), None)
                if person := re.match(r"\s+([a-z-]+)\s+(\S+)\s+\S+: ", line):
                    passwords[person[1]] = person[2]
                if re.search("OKTAN: administrator", line):
                    admin = person[1]
                    break
            if not (base and admin):
                raise RuntimeError("the stack did not start, or has no administrator")
            yield Desk(base, passwords, admin)
        finally:
            stack.terminate()
            stack.stdout.close()
            stack.wait(30)
