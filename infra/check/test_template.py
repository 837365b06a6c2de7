"""The template as it is: nothing to complain of."""

import unittest

from .checks import CHECKS
from .house import running
from .template import real


class TheTemplate(unittest.TestCase):
    """One test for each check."""

    @classmethod
    def setUpClass(cls):
        cls.house = cls.enterClassContext(running())
        cls.template = real()


def of(check):
    """A test that wants no complaint of a check."""

    def test(self):
        complaints = check(self.template, self.house)
        self.assertEqual(complaints, [], "\n".join(map(str, complaints)))

    test.__doc__ = check.__doc__
    return test


for one in CHECKS:
    setattr(TheTemplate, f"test_{one.__name__}", of(one))
