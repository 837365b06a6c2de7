"""Rights: what the journeys used, each function's own log, and what its stream needs. None missing, none unused."""

import json

from .routes import compared
from .template import target

STREAM = ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")


def rights_are_what_is_used(template, house):
    """Both ways, for each function."""
    complaints = []
    for name, (logical, function) in sorted(template.functions.items()):
        role = target(function.get("Role", "")).removesuffix(".Arn")
        needed = {(action, resource) for one, action, resource in house.calls if one == name}
        if not needed:
            complaints.append(f"no journey saw {name} call anything: its rights cannot be judged")
        needed |= {(f"logs:{action}", f"log of {logical}") for action in ("CreateLogStream", "PutLogEvents")}
        for mapping in template.of_type("AWS::Lambda::EventSourceMapping").values():
            if target(mapping["FunctionName"]) == logical:
                needed |= {
                    (f"dynamodb:{action}", f"stream of {target(mapping['EventSourceArn'])}") for action in STREAM
                }
                needed.add(("sqs:SendMessage", target(mapping["DestinationConfig"]["OnFailure"]["Destination"])))
        if with_a_set(template):
            needed |= {(action, "mail set") for action, one in needed if one == "identity"}
        granted, odd = granted_by(template, logical, function, role)
        complaints += odd
        complaints += compared(f"the role of {name}", granted, "what it uses", needed)
    return complaints


def with_a_set(template):
    """Whether mail goes out with a configuration set, for which SES wants the same rights."""
    identities = template.of_type("AWS::SES::EmailIdentity").values()
    return any("ConfigurationSetAttributes" in one for one in identities)


def granted_by(template, logical, function, role):
    """The rights of a role, and what is odd about it."""
    properties = template.of_type("AWS::IAM::Role").get(role, {})
    odd = []
    if properties.get("ManagedPolicyArns"):
        odd.append(f"{role} takes managed policies, which allow more than is used")
    users = [one for one, (_, other) in template.functions.items() if target(other.get("Role", "")) == f"{role}.Arn"]
    if len(users) != 1:
        odd.append(f"{role} is the role of {sorted(users)}")
    granted = set()
    for policy in properties.get("Policies", []):
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] != "Allow" or not statement.keys() <= {"Effect", "Action", "Resource", "Condition"}:
                odd.append(f"{role} has a statement that is not understood: {json.dumps(statement)}")
                continue
            resources = {resource(template, one, logical, function) for one in listed(statement["Resource"])}
            granted |= {(action, one) for action in listed(statement["Action"]) for one in resources}
            odd += [f"{role}: {complaint}" for complaint in of_condition(resources, statement.get("Condition"))]
    return granted, odd


def resource(template, value, logical, function):
    """A resource in the words of the recorded calls."""
    named = target(value)
    if named == f"{target(function['LoggingConfig']['LogGroup'])}.Arn":
        return f"log of {logical}"
    if named == "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailDomain}":
        return "identity"
    if named == "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:configuration-set/${MailSet}":
        return "mail set"
    for table in template.of_type("AWS::DynamoDB::Table"):
        if named == f"{table}.Arn":
            return table.lower()
        if named == f"{table}.StreamArn":
            return f"stream of {named}"
        if isinstance(named, str) and named.startswith(f"${{{table}.Arn}}/index/"):
            return named.replace(f"${{{table}.Arn}}", table.lower())
    return named if isinstance(named, str) else json.dumps(named)


def of_condition(resources, condition):
    """Mail leaves under one name; nothing else is conditional."""
    wanted = {"StringEquals": {"ses:FromAddress": {"Fn::Sub": "${MailUser}@${MailDomain}"}}}
    if condition != (wanted if "identity" in resources else None):
        return [f"the condition of {sorted(resources)} is {json.dumps(condition)}"]
    return []


def listed(value):
    """One or several, as a list."""
    return value if isinstance(value, list) else [value]
