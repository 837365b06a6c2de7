"""What the code does, asked of the code: the binary, its running stack, what the journeys recorded, a few constants."""

import contextlib
import functools
import json
import os
import pathlib
import re
import subprocess
import tempfile
import tomllib
import urllib.error
import urllib.request

import boto3

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / "target/debug/oktan-local"
CALLS = ROOT / "target/calls"
ANSWER_SECONDS = 30
# The embedded stack asks for some.
CREDENTIALS = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}


class House:
    """One look at the house; `running` holds a stack to ask."""

    def __init__(self, site, store):
        self.site, self.store = site, store

    @functools.cached_property
    def functions(self):
        """The functions' names: each has a folder."""
        return {path.parent.name for path in (ROOT / "functions").glob("*/Cargo.toml")}

    @functools.cached_property
    def served(self):
        """(function, method, path) of every operation, from the routers themselves."""
        lines = subprocess.run([BINARY, "routes"], check=True, capture_output=True, text=True).stdout.splitlines()
        return {tuple(line.split("\t")) for line in lines}

    @functools.cached_property
    def entrances(self):
        """What the public site answers and not the browser app: paths, `*` at the end for all that begins so."""
        said = subprocess.run([BINARY, "entrances"], check=True, capture_output=True, text=True).stdout
        return said.splitlines()

    @functools.cached_property
    def operations(self):
        """(function, method, path) of what the contract names: not the pages of the public site."""
        return {route for route in self.served if route[2].startswith("/v1/")}

    @property
    def pages(self):
        """(function, method, path) of the public site."""
        return self.served - self.operations

    @functools.cached_property
    def over_http(self):
        """The functions that answer over HTTP."""
        return {function for function, _, _ in self.served}

    @functools.cached_property
    def contract(self):
        """(method, path) of docs/openapi.json."""
        paths = json.loads(source("docs/openapi.json"))["paths"]
        return {(method.upper(), path) for path, operations in paths.items() for method in operations}

    @functools.cached_property
    def open_writes(self):
        """(method, path) of what anybody may send, without a session; a terminal shows credentials of its own."""
        paths = json.loads(source("docs/openapi.json"))["paths"]
        return {
            (method.upper(), path)
            for path, operations in paths.items()
            for method, operation in operations.items()
            if method != "get" and not operation.get("security") and operation["tags"] != ["pump"]
        } | {(method, path) for _, method, path in self.pages if method == "POST"}

    @functools.cached_property
    def watched(self):
        """(function, method, path) of the router of `cargo lambda watch`."""
        routes = tomllib.loads(source("Cargo.toml"))["workspace"]["metadata"]["lambda"]["watch"]["router"]
        return {(route["function"], method, route["path"]) for route in routes for method in route["methods"]}

    @functools.cached_property
    def settings(self):
        """The variables that `Config::from_env` reads."""
        reading = source("shared/src/config.rs").split("fn from_env")[1]
        return set(re.findall(r'(?:required|optional)\("([A-Z_]+)"\)', reading))

    @functools.cached_property
    def calls(self):
        """(function, action, resource) that the journeys were seen to use."""
        files = sorted(CALLS.glob("*.tsv"))
        if not files:
            raise SystemExit(f"{CALLS} is empty: the journeys write it, run `make test-rust` first")
        return {tuple(line.split("\t")) for file in files for line in file.read_text().splitlines()}

    def table(self, name):
        """A table as `schema::create` made it: the part of its description that a template states too."""
        store = boto3.client("dynamodb", "eu-central-1", endpoint_url=self.store, **CREDENTIALS)
        found = store.describe_table(TableName=name)["Table"]
        ttl = store.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        billing = found.get("BillingModeSummary") or {}
        return {
            "attributes": {(one["AttributeName"], one["AttributeType"]) for one in found["AttributeDefinitions"]},
            "key": keys(found["KeySchema"]),
            "indexes": indexes(found.get("GlobalSecondaryIndexes") or []),
            "billing": billing.get("BillingMode"),
            "stream": (found.get("StreamSpecification") or {}).get("StreamViewType"),
            "ttl": ttl.get("AttributeName") if ttl["TimeToLiveStatus"] in ("ENABLED", "ENABLING") else None,
        }

    def get(self, path):
        """(status, headers, body) of an address of the running stack."""
        try:
            with urllib.request.urlopen(self.site + path, timeout=ANSWER_SECONDS) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()


def source(path):
    """The text of a file of the house."""
    return (ROOT / path).read_text()


def constant(path, name):
    """The value of a constant, a number or a text, as it stands in a source."""
    found = re.search(rf'const {name}: [^=]+ = (?:"([^"]*)"|([0-9_]+));', source(path))
    if not found:
        raise LookupError(f"{path} has no constant {name}")
    return found[1] if found[1] is not None else int(found[2].replace("_", ""))


def keys(schema):
    """A key schema as (hash, range)."""
    return tuple(one["AttributeName"] for kind in ("HASH", "RANGE") for one in schema if one["KeyType"] == kind)


def indexes(found):
    """Indexes by name: key, projection, what it carries."""
    carried = lambda projection: frozenset(projection.get("NonKeyAttributes") or [])
    return {
        one["IndexName"]: (keys(one["KeySchema"]), one["Projection"]["ProjectionType"], carried(one["Projection"]))
        for one in found
    }


@contextlib.contextmanager
def running():
    """The embedded stack, empty, for as long as it is asked."""
    if not BINARY.exists():
        raise SystemExit(f"{BINARY} is absent: `make test-infra` builds it")
    with tempfile.TemporaryDirectory() as home:
        env = {"PATH": os.environ["PATH"], "PORT": "0", "SEED": "none", "DATA_DIR": home}
        stack = subprocess.Popen(
            [BINARY], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            found, said = {}, []
            while not {"site", "store"} <= found.keys():
                line = stack.stdout.readline()
                said.append(line)
                if not line:
                    raise SystemExit(f"the embedded stack did not start:\n{''.join(said)}")
                address, _, what = line.strip().partition(" ")
                name = {"the site and the cabinet": "site", "DynamoDB": "store"}.get(what.strip())
                if name:
                    found[name] = address.rstrip("/")
            yield House(found["site"], found["store"])
        finally:
            stack.terminate()
            stack.communicate()
