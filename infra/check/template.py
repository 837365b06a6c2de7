"""The template: as it is written, as SAM translates it, as cfn-lint sees both."""

import copy
import functools
import json
import logging
import os
import re

# Nothing is asked of AWS; the translator wants to know what it would be.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

import cfnlint.api
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from .house import ROOT

PATH = ROOT / "infra/template.yaml"
# The translator counts its own doings and complains where nobody asks for the counts.
logging.getLogger("samtranslator.metrics").setLevel(logging.ERROR)


class Template:
    """A template by its text."""

    def __init__(self, text):
        self.text = text

    @functools.cached_property
    def written(self):
        """The SAM template."""
        return yaml_parse(self.text)

    @functools.cached_property
    def _translation(self):
        sam = copy.deepcopy(self.written)
        # `sam package` puts the place of the built function here.
        sam["Globals"]["Function"]["CodeUri"] = "s3://bucket/key"
        try:
            return transform(sam, {}, NoManagedPolicies()), []
        except InvalidDocumentException as error:
            return {"Resources": {}}, [cause.message for cause in error.causes]

    @property
    def translated(self):
        """What CloudFormation is given."""
        return self._translation[0]

    @property
    def refusals(self):
        """Why SAM does not translate it."""
        return self._translation[1]

    @property
    def parameters(self):
        """The parameters by name."""
        return self.written["Parameters"]

    def of_type(self, kind):
        """The translated resources of a type: logical id to properties."""
        found = self.translated["Resources"].items()
        return {name: one.get("Properties", {}) for name, one in found if one["Type"] == kind}

    def one_of_type(self, kind):
        """The properties of the only resource of a type; none where there is not exactly one."""
        found = list(self.of_type(kind).values())
        return found[0] if len(found) == 1 else {}

    @functools.cached_property
    def functions(self):
        """Translated functions by the name of their binary: (logical id, properties)."""
        found = self.translated["Resources"].items()
        functions = [(name, one) for name, one in found if one["Type"] == "AWS::Lambda::Function"]
        return {one["Metadata"]["BuildProperties"]["Binary"]: (name, one["Properties"]) for name, one in functions}

    @functools.cached_property
    def binaries(self):
        """The binary of a function's logical id."""
        return {logical: name for name, (logical, _) in self.functions.items()}


class NoManagedPolicies:
    """The house names none."""

    def load(self):
        return {}


def real():
    """The template as it is."""
    return Template(PATH.read_text())


def translates(template, _house):
    """SAM takes it."""
    return template.refusals


def lints(template, _house):
    """cfn-lint finds nothing, neither in what is written nor in what it becomes."""
    texts = {"written": template.text, "translated": json.dumps(template.translated)}
    region = cfnlint.api.ManualArgs(regions=[os.environ["AWS_DEFAULT_REGION"]])
    return [
        f"{which}, line {match.linenumber}: {match.rule.id} {match.message}"
        for which, text in texts.items()
        for match in cfnlint.api.lint(text, config=region)
    ]


def target(value):
    """What a value names: `Cabinet`, `Cabinet.Arn`, or the text of a substitution."""
    if isinstance(value, dict) and len(value) == 1:
        ((how, what),) = value.items()
        if how in ("Ref", "Fn::Sub"):
            return what
        if how == "Fn::GetAtt":
            return ".".join(what) if isinstance(what, list) else what
    return value


def secrets_in(value):
    """What a value takes from Secrets Manager by `${…}`."""
    return re.findall(r"\{\{resolve:secretsmanager:\$\{(\w+)\}\}\}", json.dumps(value))
