"""Functions, their environment and secrets, the tables, the stream, the schedule, the alarms."""

import json
import re

from .house import constant, indexes, keys
from .routes import compared
from .template import secrets_in, target

# Set by Lambda, or the SDK's own where AWS is asked.
ELSEWHERE = {"AWS_REGION", "DYNAMODB_ENDPOINT", "SES_ENDPOINT"}
# Only who needs it is told.
OF_LOGIN = {"STAFF_LOGIN", "STAFF_PASSWORD"}
OVER_HTTP = {"ORIGIN_SECRET", "STAFF_TOTP_REQUIRED"}
SECRETS = {"HOUSE_KEYS": "HouseKeys", "STAFF_PASSWORD": "StaffPassword", "ORIGIN_SECRET": "OriginKeys"}
# Parameters whose default the code has too.
DEFAULTS = {"HoldsMax": "HOLDS_MAX", "AddressFailuresMax": "ADDRESS_FAILURES_MAX", "DutyPhone": "DUTY_PHONE"}
# CloudFormation's own, and what waits behind a gateway.
DYNAMIC_REFERENCES_MAX = 60
GATEWAY_SECONDS = 30
# The scheduler's event that is for tickets alone.
TICKETS = '{"due":"tickets"}'


def functions_are_the_house(template, house):
    """One function to a folder, built alike, with a log that ends and an alarm."""
    complaints = compared("the template", one_tuples(template.functions), "functions/", one_tuples(house.functions))
    logs = template.of_type("AWS::Logs::LogGroup")
    for name, group in logs.items():
        if not group.get("RetentionInDays"):
            complaints.append(f"{name} keeps its lines for ever")
    alarms = template.of_type("AWS::CloudWatch::Alarm").values()
    watched = {target(one["Dimensions"][0]["Value"]) for one in alarms if one.get("MetricName") == "Errors"}
    for name, (logical, function) in template.functions.items():
        wanted = {"Runtime": "provided.al2023", "Handler": "bootstrap"}
        complaints += [f"{name} has {key} {function.get(key)}" for key in wanted if function.get(key) != wanted[key]]
        if target(function["LoggingConfig"].get("LogGroup")) not in logs:
            complaints.append(f"{name} writes to a log that is not of this template")
        if name in house.over_http and function["Timeout"] >= GATEWAY_SECONDS:
            complaints.append(f"{name} may still work when the gateway has given up")
        if logical not in watched:
            complaints.append(f"nobody is told of the errors of {name}")
        metadata = template.written["Resources"][logical].get("Metadata", {})
        if metadata.get("BuildMethod") != "rust-cargolambda":
            complaints.append(f"{name} is not built by cargo lambda")
    return complaints


def environment_is_what_is_read(template, house):
    """Each function is told what `Config` reads, a secret only where it is used; staff need a second factor."""
    everybody = house.settings - ELSEWHERE - OF_LOGIN - OVER_HTTP
    complaints = []
    for name, (_, function) in template.functions.items():
        wanted = everybody | (OF_LOGIN if name == "login" else set())
        wanted |= OVER_HTTP if name in house.over_http else set()
        given = function["Environment"]["Variables"]
        complaints += compared(f"the environment of {name}", one_tuples(given), "what it may read", one_tuples(wanted))
        for variable, value in given.items():
            if secrets_in(value) != [SECRETS[variable]] if variable in SECRETS else "resolve:" in json.dumps(value):
                complaints.append(f"{name} takes {variable} from {json.dumps(value)}")
        if given.get("STAFF_TOTP_REQUIRED", "true") != "true":
            complaints.append(f"{name} lets staff in by a password alone")
    for parameter, name in DEFAULTS.items():
        said, built_in = template.parameters[parameter]["Default"], constant("shared/src/config.rs", name)
        if said != built_in:
            complaints.append(f"{parameter} is {said} by default, {name} is {built_in}")
    return complaints


def secrets_are_strong(template, _house):
    """Long enough, without what separates a list; renamed when they change; few enough for one stack."""
    complaints = []
    shortest = constant("shared/src/config.rs", "KEY_BYTES_MIN")
    for name, secret in template.of_type("AWS::SecretsManager::Secret").items():
        made = secret.get("GenerateSecretString")
        if made and (made["PasswordLength"] < shortest or not made["ExcludePunctuation"]):
            complaints.append(f"{name} is short or may hold a comma or a colon")
    written = template.written["Resources"]
    names = {
        name: json.dumps(written[name]["Properties"]["Name"])
        for name in ("JwtKeyA", "JwtKeyB", "HouseKeys", "OriginKeys")
    }
    for name, parameters in {
        "JwtKeyA": ["KeysA"],
        "JwtKeyB": ["KeysB"],
        "HouseKeys": ["KeysA", "KeysB", "KeysInUse"],
        "OriginKeys": ["KeysA", "KeysB"],
    }.items():
        for parameter in parameters:
            if f"${{{parameter}}}" not in names[name]:
                complaints.append(f"{name} keeps its name when {parameter} changes: its readers would not be updated")
    when_a, when_b = (text["Fn::Sub"] for text in written["HouseKeys"]["Properties"]["SecretString"]["Fn::If"][1:])
    for text, first, second in ((when_a, "A", "B"), (when_b, "B", "A")):
        pair = lambda set_: f"${{Keys{set_}}}:{{{{resolve:secretsmanager:${{JwtKey{set_}}}}}}}"
        if text != f"mac:{{{{resolve:secretsmanager:${{MacKey}}}}}},{pair(first)},{pair(second)}":
            complaints.append(f"the keys when {first} is in use are {text}")
    if written["MacKey"].get("DeletionPolicy") != "Retain":
        complaints.append("the MAC key goes with the stack: no journal could be verified again")
    used = len(re.findall(r"\{\{resolve:", json.dumps(template.translated)))
    if used > DYNAMIC_REFERENCES_MAX:
        complaints.append(f"{used} dynamic references; CloudFormation takes {DYNAMIC_REFERENCES_MAX}")
    return complaints


def tables_are_the_schema(template, house):
    """As `schema.rs` makes them on the embedded stack, and kept safe."""
    complaints = []
    found = template.translated["Resources"]
    for name in ("Cabinet", "Outbox"):
        table, wanted = found[name]["Properties"], house.table(name.lower())
        ttl = table.get("TimeToLiveSpecification", {})
        stated = {
            "attributes": {(one["AttributeName"], one["AttributeType"]) for one in table["AttributeDefinitions"]},
            "key": keys(table["KeySchema"]),
            "indexes": indexes(table.get("GlobalSecondaryIndexes", [])),
            "billing": table.get("BillingMode"),
            "stream": table.get("StreamSpecification", {}).get("StreamViewType"),
            "ttl": ttl.get("AttributeName") if ttl.get("Enabled") else None,
        }
        complaints += [
            f"{name}: {what} is {stated[what]} here and {wanted[what]} in schema.rs"
            for what in wanted
            if stated[what] != wanted[what]
        ]
        safe = {
            "point-in-time recovery": table.get("PointInTimeRecoverySpecification", {}).get(
                "PointInTimeRecoveryEnabled"
            ),
            "deletion protection": table.get("DeletionProtectionEnabled"),
            "encryption": table.get("SSESpecification", {}).get("SSEEnabled"),
            "retention": {found[name].get("DeletionPolicy"), found[name].get("UpdateReplacePolicy")} == {"Retain"},
        }
        complaints += [f"{name} has no {what}" for what, is_on in safe.items() if is_on is not True]
    return complaints


def stream_is_the_feed(template, _house):
    """To each function its own rows, as the embedded stack reads the outbox; what fails is seen."""
    mappings = {
        target(one["FunctionName"]): one for one in template.of_type("AWS::Lambda::EventSourceMapping").values()
    }
    wanted = {
        template.functions["mailer"][0]: ("MAIL#", "BATCH_MAX"),
        template.functions["worker"][0]: ("JOB#", "JOBS_MAX"),
    }
    complaints = compared("the streams of", one_tuples(mappings), "those who are woken", one_tuples(wanted))
    for logical in mappings.keys() & wanted.keys():
        complaints += [f"{logical}: {one}" for one in of_mapping(template, mappings[logical], *wanted[logical])]
    return complaints


def of_mapping(template, mapping, prefix, batch_max):
    """What is odd about one mapping."""
    pattern = '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"%s"}]}}}}' % prefix
    wanted = {
        "EventSourceArn": {"Fn::GetAtt": ["Outbox", "StreamArn"]},
        "BatchSize": constant("infra/local/src/feed.rs", batch_max),
        "MaximumRetryAttempts": constant("infra/local/src/feed.rs", "TRIES_MAX") - 1,
        "FilterCriteria": {"Filters": [{"Pattern": pattern}]},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "StartingPosition": "TRIM_HORIZON",
    }
    complaints = [f"the stream's {key} is {mapping.get(key)}" for key in wanted if mapping.get(key) != wanted[key]]
    if not 0 < mapping.get("MaximumRecordAgeInSeconds", -1) <= 86_400:
        complaints.append("a record that fails may hold the stream up for more than a day")
    failed = str(target(mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")))
    queue = template.of_type("AWS::SQS::Queue").get(failed.removesuffix(".Arn"))
    if queue is None:
        complaints.append("what the stream gives up is lost: there is no dead-letter queue")
    elif not queue.get("SqsManagedSseEnabled"):
        complaints.append("the dead-letter queue is not encrypted")
    return complaints


def schedule_fits(template, _house):
    """Time comes to the scheduler, two ticks hardly meet, and tickets are looked for every minute."""
    logical, function = template.functions["scheduler"]
    schedules = {}
    for rule in template.of_type("AWS::Events::Rule").values():
        for one in rule["Targets"]:
            if target(one["Arn"]) != f"{logical}.Arn":
                return [f"a schedule calls {one['Arn']}"]
            schedules[one.get("Input", "")] = rule["ScheduleExpression"]
    if schedules.keys() != {"", TICKETS}:
        return [f"the scheduler is called with {sorted(schedules)}"]
    if schedules[TICKETS] != "rate(1 minute)":
        return [f"who waits for an answer waits for {schedules[TICKETS]} as well"]
    minutes = re.fullmatch(r"rate\((\d+) minutes?\)", schedules[""])
    if not minutes or function["Timeout"] > 60 * int(minutes[1]):
        return [f"a tick may last {function['Timeout']} s and the next comes at {schedules['']}"]
    return []


def somebody_is_told(template, _house):
    """Every alarm reaches the topic, the topic a person; the ones that must be are there."""
    complaints = []
    topics = template.of_type("AWS::SNS::Topic")
    alarms = template.of_type("AWS::CloudWatch::Alarm")
    for name, alarm in alarms.items():
        if not {target(action) for action in alarm.get("AlarmActions", [])} & topics.keys():
            complaints.append(f"{name} tells nobody")
    told = {target(action) for alarm in alarms.values() for action in alarm.get("AlarmActions", [])}
    if not all(topics[one].get("Subscription") for one in told & topics.keys()):
        complaints.append("nobody listens to the alarms")
    metrics = {alarm.get("MetricName") for alarm in alarms.values()}
    metrics |= {
        one["MetricStat"]["Metric"]["MetricName"]
        for alarm in alarms.values()
        for one in alarm.get("Metrics", [])
        if "MetricStat" in one
    }
    wanted = {
        "ApproximateNumberOfMessagesVisible",
        "Errors",
        "5xx",
        "Duration",
        "Throttles",
        "ReadThrottleEvents",
        "WriteThrottleEvents",
    }
    return complaints + [f"no alarm looks at {metric}" for metric in sorted(wanted - metrics)]


def one_tuples(names):
    """Names as `compared` takes them."""
    return {(name,) for name in names}
