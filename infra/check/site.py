"""The site: CloudFront shows what the embedded stack shows, and nobody reaches the bucket past it."""

import fnmatch
import json
import re
import subprocess

from .house import source
from .routes import compared
from .template import secrets_in, target

# Of the answer itself and not of the policy.
OWN = {"accept-ranges", "cache-control", "connection", "content-encoding", "content-length", "content-type", "date"}
OWN |= {"etag", "last-modified", "vary"}
# AWS's own policies, by the ids that its documentation lists.
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-38738e2966ac"
# Addresses of the app, and of files that are not there.
ADDRESSES = [
    "/login",
    "/cards/7826482103770000018/rules",
    "/activation/a-B_9",
    "/cards/",
    "/assets.x/login",
    "/assets/absent.js",
    "/assets/absent",
    "/absent.txt",
    "/cards/absent.svg",
]


def headers_are_the_same(template, house):
    """What the embedded stack adds to an answer, and HSTS."""
    config = template.one_of_type("AWS::CloudFront::ResponseHeadersPolicy").get("ResponseHeadersPolicyConfig", {})
    security = config.get("SecurityHeadersConfig", {})
    added = {(item["Header"].lower(), item["Value"]) for item in config.get("CustomHeadersConfig", {}).get("Items", [])}
    for part, name, key in (
        ("ContentSecurityPolicy", "content-security-policy", "ContentSecurityPolicy"),
        ("FrameOptions", "x-frame-options", "FrameOption"),
        ("ReferrerPolicy", "referrer-policy", "ReferrerPolicy"),
    ):
        if part in security:
            added.add((name, security[part][key]))
    if "ContentTypeOptions" in security:
        added.add(("x-content-type-options", "nosniff"))
    _, headers, _ = house.get("/login")
    shown = {(name.lower(), value) for name, value in headers.items() if name.lower() not in OWN}
    complaints = compared("the headers' policy", added, "the embedded stack", shown)
    if security.get("StrictTransportSecurity", {}).get("AccessControlMaxAgeSec", 0) < 31_536_000:
        complaints.append("the headers' policy has no HSTS of a year")
    distribution = config_of(template)
    for behaviour in [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]:
        if target(behaviour.get("ResponseHeadersPolicyId")) not in template.of_type(
            "AWS::CloudFront::ResponseHeadersPolicy"
        ):
            complaints.append(f"{behaviour.get('PathPattern', 'the site')} is answered without the headers")
    return complaints


def addresses_are_the_app(template, house):
    """CloudFront's function, run, makes a page of what the embedded stack makes a page of."""
    _, _, page = house.get("/login")
    pages = [house.get(address)[2] == page for address in ADDRESSES]
    asks = [{"request": {"uri": address, "headers": {}}} for address in ADDRESSES]
    done = [run["uri"] for run in run_function(template, "DefaultCacheBehavior", asks)]
    return [
        f"{address} becomes {became}; the embedded stack {'has the page' if is_page else 'has no page'} there"
        for address, is_page, became in zip(ADDRESSES, pages, done, strict=True)
        if became != ("/index.html" if is_page else address)
    ]


def one_way_in(template, house):
    """The API under the same name: nothing cached, everything passed on, the viewer's address and the secret added."""
    complaints = []
    behaviours = {one["PathPattern"]: one for one in config_of(template)["CacheBehaviors"]}
    wanted = {(entrance,) for entrance in ("/v1/*", *house.entrances)}
    complaints += compared("the distribution", {(path,) for path in behaviours}, "the house", wanted)
    if any(path[:4] != "/v1/" for _, path in house.contract) or "/v1/*" not in behaviours:
        return [*complaints, "not all of the contract is under /v1/*"]
    api = behaviours.pop("/v1/*")
    complaints += pages_are_kept_by_address(template, api, behaviours)
    for _, method, path in house.pages:
        fits = [one for entrance, one in behaviours.items() if fnmatch.fnmatchcase(path, entrance)]
        if fits and method not in fits[0]["AllowedMethods"]:
            complaints.append(f"CloudFront refuses {method} {path}")
    if api.get("CachePolicyId") != CACHING_DISABLED:
        complaints.append("answers of the API may be cached")
    if api.get("OriginRequestPolicyId") != ALL_BUT_HOST:
        complaints.append("the API is not passed everything but Host")
    if {method for method, _ in house.contract} - set(api["AllowedMethods"]):
        complaints.append("CloudFront refuses a method of the API")
    secret, viewer = (header_constant(name) for name in ("SECRET", "VIEWER"))
    invented = {"request": {"uri": "/v1/x", "headers": {viewer: {"value": "invented"}}}, "viewer": {"ip": "192.0.2.7"}}
    (passed,) = run_function(template, "CacheBehaviors", [invented])
    if passed["headers"].get(viewer) != {"value": "192.0.2.7"}:
        complaints.append(f"{viewer} is not the viewer's address but {passed['headers'].get(viewer)}")
    origin = origins(template)[api["TargetOriginId"]]
    if target(origin["DomainName"]) != "${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}":
        complaints.append("/v1/* does not go to the gateway")
    shown = {one["HeaderName"]: one["HeaderValue"] for one in origin.get("OriginCustomHeaders", [])}
    wanted = {"Key": {"Fn::If": ["UsesA", {"Ref": "OriginKeyA"}, {"Ref": "OriginKeyB"}]}}
    if shown.keys() != {secret} or shown[secret]["Fn::Sub"] != ["{{resolve:secretsmanager:${Key}}}", wanted]:
        complaints.append(f"the API's origin does not carry {secret} of the keys in use")
    known = template.written["Resources"]["OriginKeys"]["Properties"]["SecretString"]
    if sorted(secrets_in(known)) != ["OriginKeyA", "OriginKeyB"]:
        complaints.append("the functions do not know both secrets that CloudFront may show")
    return complaints


def pages_are_kept_by_address(template, api, pages):
    """The public site comes the API's way, and what is kept of it is nobody's own."""
    alike = ("TargetOriginId", "OriginRequestPolicyId", "FunctionAssociations")
    complaints = []
    for path, page in pages.items():
        if any(page.get(key) != api.get(key) for key in alike):
            complaints.append(f"{path} does not come the API's way")
        kept = template.of_type("AWS::CloudFront::CachePolicy").get(target(page.get("CachePolicyId")))
        if not kept:
            complaints.append(f"{path} is kept by no policy of the house")
            continue
        policy = kept["CachePolicyConfig"]
        parts = policy["ParametersInCacheKeyAndForwardedToOrigin"]
        if parts["CookiesConfig"]["CookieBehavior"] != "none" or parts["QueryStringsConfig"]["QueryStringBehavior"] != "all":
            complaints.append(f"{path} is not kept by its address alone")
        if policy["MinTTL"] or policy["DefaultTTL"]:
            complaints.append(f"{path} is kept longer than it says")
    return complaints


def bucket_is_closed(template, _house):
    """Private, encrypted, read by this distribution alone."""
    complaints = []
    bucket = template.one_of_type("AWS::S3::Bucket")
    closed = bucket.get("PublicAccessBlockConfiguration", {})
    if len(closed) != 4 or not all(closed.values()):
        complaints.append("the bucket may be opened to the public")
    if "BucketEncryption" not in bucket:
        complaints.append("the bucket is not encrypted")
    config = config_of(template)
    origin = origins(template)[config["DefaultCacheBehavior"]["TargetOriginId"]]
    if target(origin["DomainName"]) != "Site.RegionalDomainName" or "OriginAccessControlId" not in origin:
        complaints.append("the site is not the bucket behind an access control")
    ours = "arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}"
    allowed = []
    for statement in template.one_of_type("AWS::S3::BucketPolicy").get("PolicyDocument", {}).get("Statement", []):
        if statement["Effect"] == "Allow":
            allowed.append(statement["Action"])
            condition = statement.get("Condition", {}).get("StringEquals", {}).get("AWS:SourceArn", {})
            if statement["Principal"] != {"Service": "cloudfront.amazonaws.com"} or target(condition) != ours:
                complaints.append(f"{statement['Action']} of the bucket is not this distribution's alone")
    if sorted(allowed) != ["s3:GetObject", "s3:ListBucket"]:
        complaints.append(f"the bucket allows {allowed}")
    for behaviour in [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]:
        if behaviour.get("ViewerProtocolPolicy") not in ("https-only", "redirect-to-https"):
            complaints.append("a page may travel in clear")
    if config["ViewerCertificate"].get("MinimumProtocolVersion") != "TLSv1.2_2021":
        complaints.append("TLS older than 1.2 is spoken")
    return complaints


def config_of(template):
    """The only distribution's settings."""
    return template.one_of_type("AWS::CloudFront::Distribution")["DistributionConfig"]


def origins(template):
    """The origins by id."""
    return {origin["Id"]: origin for origin in config_of(template)["Origins"]}


def header_constant(name):
    """A header that the functions read."""
    found = re.search(
        rf'const {name}: HeaderName = HeaderName::from_static\("([^"]+)"\)', source("shared/src/http/front.rs")
    )
    return found[1]


def run_function(template, behaviour, events):
    """The requests that the viewer-request function of a behaviour makes of these events, run by Node."""
    found = config_of(template)[behaviour]
    associations = (found[0] if isinstance(found, list) else found).get("FunctionAssociations", [])
    names = [target(one["FunctionARN"]).split(".")[0] for one in associations if one["EventType"] == "viewer-request"]
    if len(names) != 1:
        return [event["request"] for event in events]
    code = template.of_type("AWS::CloudFront::Function")[names[0]]["FunctionCode"]
    script = f"{code}\nconsole.log(JSON.stringify({json.dumps(events)}.map((event) => handler(event))));"
    return json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True, text=True).stdout)
