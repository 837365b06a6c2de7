# Each target does its own set-up. `make run` and `make test` are all that a newcomer needs.

CARGO ?= cargo
CARGO_LAMBDA = PATH="$(CURDIR)/.venv/bin:$$PATH" $(CARGO) lambda
FUNCTIONS := $(notdir $(wildcard functions/*))
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

# The journeys against the real functions; what follows `--` chooses among them.
PARITY = PARITY_LAMBDA="$(CURDIR)/.venv/bin/cargo-lambda" PARITY_FAKETIME="$$(tests/parity/faketime.sh)" \
	$(CARGO) test --workspace --test journeys -- --test-threads=$(PARITY_THREADS)
# Each journey has all the functions to itself.
PARITY_THREADS ?= 4

.PHONY: run test test-rust test-parity parity test-infra test-papers test-web test-browser lighthouse lint audit api package link-options clean

## The whole stack on http://127.0.0.1:8080, with demo data and the browser app.
run: web/dist/index.html
	$(CARGO) build -p oktan-local
	./target/debug/oktan-local

## Everything: rules, journeys over HTTP, figures, the template, the papers, the browser app, one journey in a browser.
test: test-rust test-parity test-infra test-papers test-web test-browser

test-rust:
	$(CARGO) fmt --all --check
	$(CARGO) build --workspace
	rm -rf target/calls
	$(CARGO) test --workspace

## The journeys against the real functions, under `cargo lambda watch`: all of them.
parity: .venv/.installed
	$(CARGO) build --workspace
	$(PARITY)

## The same, but a few journeys through every function and the edges of a call.
test-parity: .venv/.installed
	$(CARGO) build --workspace
	$(PARITY) --exact $$(cat tests/parity/short)

## infra/template.yaml against the code; needs what `make test-rust` wrote down of the functions' calls.
test-infra: .venv/.installed
	$(CARGO) build --workspace --bin oktan-local
	cd infra && ../.venv/bin/python -B -m unittest check.test_template check.test_planted

## Every УПД, register and report of the demo, counted again by a script that shares no code with the house; and each kind of
## paper opened in LibreOffice and poppler.
test-papers: .venv/.installed
	$(CARGO) build --workspace --bin oktan-local
	tests/papers/tools.sh
	cd tests/papers && ../../.venv/bin/python -B -m unittest test_recomputed test_opened

test-web: web/node_modules/.installed
	cd web && npm run lint && npm test && npm run build && npm run size

test-browser: web/dist/index.html tests/browser/node_modules/.installed
	$(CARGO) build --workspace --bin oktan-local
	tests/browser/chromium.sh
	cd tests/browser && npm test

## Lighthouse on every public page, as a table; test-browser measures two of them.
lighthouse: web/dist/index.html tests/browser/node_modules/.installed
	$(CARGO) build --workspace --bin oktan-local
	tests/browser/chromium.sh
	cd tests/browser && npm run lighthouse

## Formatting, lints, documentation, dependencies.
lint: web/node_modules/.installed
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps
	command -v cargo-deny >/dev/null || $(CARGO) install --locked cargo-deny
	$(CARGO) deny check bans licenses sources
	cd web && npm run lint

## Known vulnerabilities of dependencies; fetches the RustSec database.
audit:
	command -v cargo-deny >/dev/null || $(CARGO) install --locked cargo-deny
	$(CARGO) deny check advisories

## The contract as the code has it, and the browser's client made from it.
api: web/node_modules/.installed
	$(CARGO) run -q -p oktan-local -- openapi > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json
	cd web && npm run api

## Every function as it is deployed, target/lambda/<function>/bootstrap, measured beside a bare one; fails when a figure is
## not held.
package: .venv/.installed
	rm -rf target/lambda
	$(CARGO_LAMBDA) build --release --x86-64 $(FUNCTIONS:%=-p oktan-%)
	$(CARGO_LAMBDA) build --release --x86-64 -p oktan-bare
	cd target/lambda && for function in *; do \
		TZ=UTC touch -d 2000-01-01 $$function/bootstrap && \
		TZ=UTC python3 -m zipfile -c $$function/bootstrap.zip $$function/bootstrap || exit; \
	done
	$(CARGO) run -q -p oktan-start -- --check target/lambda

## What other link options would make of the pump's function; half an hour.
link-options: .venv/.installed
	PATH="$(CURDIR)/.venv/bin:$$PATH" tests/start/link-options.sh

.venv/.installed: infra/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r infra/requirements.txt
	touch $@

web/node_modules/.installed: web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_SOURCES)
	cd web && npm run build
	touch $@

tests/browser/node_modules/.installed: tests/browser/package-lock.json
	cd tests/browser && npm ci --no-audit --no-fund
	touch $@

clean:
	rm -rf target .venv web/dist web/node_modules tests/browser/node_modules .local
