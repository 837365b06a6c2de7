"""Each check sees what it is for: a copy of the template is spoilt in one place, and the check must say so."""

import re
import unittest

from .checks import CHECKS
from .house import running
from .plants import PLANTS
from .template import Template, real


class Planted(unittest.TestCase):
    """One test for each way to spoil it."""

    @classmethod
    def setUpClass(cls):
        cls.house = cls.enterClassContext(running())
        cls.text = real().text

    def test_every_check_is_seen_to_fail(self):
        self.assertEqual({check.__name__ for check in CHECKS}, {plant[0].__name__ for plant in PLANTS.values()})


def spoilt(text, resource, old, new):
    """The text with the first `old` of a resource, of a parameter or of the functions' common part replaced."""
    start = re.search(rf"^  {resource}:\n", text, re.M)
    end = re.compile(r"^(  )?[A-Z#]", re.M).search(text, start.end())
    part = text[start.end() : end.start()]
    if old not in part:
        raise LookupError(f"{resource} has no {old!r} to spoil")
    return text[: start.end()] + part.replace(old, new, 1) + text[end.start() :]


def of(check, resource, old, new, words):
    """A test that wants a complaint with these words."""

    def test(self):
        complaints = check(Template(spoilt(self.text, resource, old, new)), self.house)
        self.assertTrue(any(words in str(one) for one in complaints), complaints)

    return test


for name, plant in PLANTS.items():
    setattr(Planted, f"test_{name}", of(*plant))
