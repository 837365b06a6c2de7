"""Who serves what: the gateway, the contract, the routers and `cargo lambda watch` say the same."""

import json
import re


# What HTTP APIs give whatever no route of theirs names.
REST = ("x-amazon-apigateway-any-method", "/$default")


def routes_agree(template, house):
    """The four lists of routes are one list; the public site, which is in no contract, is the gateway's rest. What it takes
    has a route, for a rate of its own."""
    routes = routed(template)
    rest = {page if page[1] == "POST" else (page[0], *REST) for page in house.pages}
    return [
        *compared("docs/openapi.json", house.contract, "the routers", {(m, p) for _, m, p in house.operations}),
        *compared("the router in Cargo.toml", house.watched, "the routers", house.served),
        *compared("the template", routes, "the routers", house.operations | rest),
    ]


def routed(template):
    """(function, method, path) of the translated gateway."""
    routes = set()
    for api in template.of_type("AWS::ApiGatewayV2::Api").values():
        for path, operations in api["Body"]["paths"].items():
            for method, operation in operations.items():
                integration = operation["x-amazon-apigateway-integration"]
                named = re.search(r"\$\{(\w+)\.Arn\}", json.dumps(integration["uri"]))
                method = method if (method, path) == REST else method.upper()
                routes.add((template.binaries.get(named and named[1]), method, path))
    return routes


def gateway_is_bounded(template, house):
    """Payload 2.0, a stage without a name, a log that tells nothing secret, limits."""
    complaints = []
    operations = [
        operation["x-amazon-apigateway-integration"]
        for api in template.of_type("AWS::ApiGatewayV2::Api").values()
        for path in api["Body"]["paths"].values()
        for operation in path.values()
    ]
    if any(one["payloadFormatVersion"] != "2.0" for one in operations):
        complaints.append("an integration's payload is not of format 2.0")
    stage = template.one_of_type("AWS::ApiGatewayV2::Stage")
    if stage.get("StageName") != "$default":
        complaints.append("the gateway's stage is not $default: paths would begin with its name")
    logged = set(re.findall(r"\$context\.([A-Za-z.]+)", stage.get("AccessLogSettings", {}).get("Format", "")))
    harmless = {"requestId", "requestTimeEpoch", "routeKey", "status", "responseLatency", "integrationLatency"}
    harmless |= {"responseLength", "integrationErrorMessage"}
    if not logged or not logged <= harmless:
        complaints.append(f"the gateway's log tells more than {sorted(harmless)}: {sorted(logged)}")
    if not stage.get("DefaultRouteSettings", {}).get("ThrottlingRateLimit"):
        complaints.append("the gateway has no limit of requests")
    limits = stage.get("RouteSettings", {})
    limited = {tuple(route.split(" ")) for route, limit in limits.items() if limit.get("ThrottlingRateLimit")}
    complaints += compared("the gateway's list of limits", limited, "what anybody may write", house.open_writes)
    return complaints


def compared(one_name, one, other_name, other):
    """What one has and the other has not, both ways."""
    said = lambda item: " ".join(map(str, item))
    return [f"{one_name} lacks {said(item)}, which {other_name} has" for item in sorted(other - one, key=str)] + [
        f"{one_name} has {said(item)}, which {other_name} lacks" for item in sorted(one - other, key=str)
    ]
