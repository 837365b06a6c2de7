# Each target does its own set-up. `make run` and `make test` are all that a newcomer needs.

CARGO ?= cargo
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: run test test-rust test-web test-browser lint audit api clean

## The whole stack on http://127.0.0.1:8080, with demo data and the browser app.
run: web/dist/index.html
	$(CARGO) build -p oktan-local
	./target/debug/oktan-local

## Everything: rules, journeys over HTTP, figures, the browser app, one journey in a browser.
test: test-rust test-web test-browser

test-rust:
	$(CARGO) fmt --all --check
	$(CARGO) build --workspace
	$(CARGO) test --workspace

test-web: web/node_modules/.installed
	cd web && npm run lint && npm test && npm run build && npm run size

test-browser: web/dist/index.html tests/browser/node_modules/.installed
	$(CARGO) build --workspace --bin oktan-local
	tests/browser/chromium.sh
	cd tests/browser && npm test

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
	rm -rf target web/dist web/node_modules tests/browser/node_modules .local
