"""Compares infra/template.yaml with the code, offline and without credentials: `make test-infra`.

`house` says what the code does, `template` what the template asks AWS for. Each of `checks` is a function of both that
returns complaints. `test_template` wants none of the real template; `test_planted` spoils a copy as `plants` lists and
wants each spoiling noticed.
"""
