"""All checks."""

from .rights import rights_are_what_is_used
from .routes import gateway_is_bounded, routes_agree
from .settings import (
    environment_is_what_is_read,
    functions_are_the_house,
    schedule_fits,
    secrets_are_strong,
    somebody_is_told,
    stream_is_the_feed,
    tables_are_the_schema,
)
from .site import addresses_are_the_app, bucket_is_closed, headers_are_the_same, one_way_in
from .template import lints, translates

CHECKS = [
    translates,
    lints,
    routes_agree,
    gateway_is_bounded,
    rights_are_what_is_used,
    functions_are_the_house,
    environment_is_what_is_read,
    secrets_are_strong,
    tables_are_the_schema,
    stream_is_the_feed,
    schedule_fits,
    somebody_is_told,
    headers_are_the_same,
    addresses_are_the_app,
    one_way_in,
    bucket_is_closed,
]
