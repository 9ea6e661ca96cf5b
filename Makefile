# One entry point for everything. `make help` lists it.
SHELL := /bin/bash
CONFIGURATION ?= release
PREFIX ?= /usr
DESTDIR ?=
BUILD := .build
RASID := $(BUILD)/$(CONFIGURATION)/rasid
# The Swift runtime is linked in: the installed program needs no toolchain.
SWIFT_BUILD := swift build -c $(CONFIGURATION) --static-swift-stdlib --product rasid

.DEFAULT_GOAL := help
.PHONY: help deps build run test check lint format golden bench soak torture fuzz install uninstall clean systemd-test

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## Install what is missing (Debian packages; needs root or sudo)
	@Tests/Scripts/install-dependencies

build: deps ## Build the program (release)
	$(SWIFT_BUILD)

run: build ## Watch a folder, show the seeds arriving on the feed, and go on watching
	@Tests/Scripts/run-demo $(RASID)

test: deps ## All tests: unit, property, golden, end to end, a short torture, under systemd where that can be had
	@Tests/Scripts/run-tests

check: lint test ## What CI runs: format lint, build with warnings as errors, all tests

lint: ## Check the format of the Swift sources
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Format the Swift sources
	swift format --in-place --recursive --parallel Package.swift Sources Tests

golden: build ## Record the golden files anew; look at the diff before you commit it
	RASID_RECORD=1 Tests/EndToEnd/golden $(RASID)

bench: build ## Measure everything and write a table to Benchmarks/runs/
	Benchmarks/bench $(RASID)

soak: build ## Half an hour at 500 reports/s with bursts, rotations, reloads and kills; a table goes to Benchmarks/runs/
	Benchmarks/soak $(RASID)

torture: build ## Kill, fill the disk, break fsync: 300 cycles (CYCLES=n)
	Tests/EndToEnd/torture --rasid $(RASID) --cycles $${CYCLES:-300}

systemd-test: build ## The unit under a real, throw-away systemd
	Tests/EndToEnd/systemd-test $(RASID)

fuzz: deps ## Coverage-guided fuzzing of the decoders (SECONDS_EACH=n)
	Tests/Fuzz/run.sh

# systemd looks below /usr and /usr/local; with any other PREFIX its files go where it finds them.
SYSTEMD_LIB ?= $(if $(filter /usr /usr/local,$(PREFIX)),$(PREFIX)/lib,/usr/lib)

install: ## Install into DESTDIR/PREFIX (after make build)
	install -D -m 755 $(RASID) $(DESTDIR)$(PREFIX)/bin/rasid
	install -d $(DESTDIR)$(PREFIX)/share/rasid/lexicon
	install -m 644 Sources/Lexicon/Data/*.tsv $(DESTDIR)$(PREFIX)/share/rasid/lexicon/
	install -D -m 644 docs/feed.schema.json $(DESTDIR)$(PREFIX)/share/rasid/feed.schema.json
	install -D -m 644 systemd/rasid.service $(DESTDIR)$(SYSTEMD_LIB)/systemd/system/rasid.service
	sed -i 's|/usr/bin/rasid|$(PREFIX)/bin/rasid|' $(DESTDIR)$(SYSTEMD_LIB)/systemd/system/rasid.service
	install -D -m 644 systemd/rasid.sysusers.conf $(DESTDIR)$(SYSTEMD_LIB)/sysusers.d/rasid.conf
	install -D -m 644 systemd/rasid.tmpfiles.conf $(DESTDIR)$(SYSTEMD_LIB)/tmpfiles.d/rasid.conf
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(RASID) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/rasid
	test -e $(DESTDIR)/etc/rasid/rasid.toml || install -D -m 644 systemd/rasid.toml $(DESTDIR)/etc/rasid/rasid.toml
	install -d $(DESTDIR)/etc/rasid/lexicon.d

uninstall: ## Remove what install put there; data, feed and configuration stay
	rm -f $(DESTDIR)$(PREFIX)/bin/rasid $(DESTDIR)$(SYSTEMD_LIB)/systemd/system/rasid.service
	rm -f $(DESTDIR)$(SYSTEMD_LIB)/sysusers.d/rasid.conf $(DESTDIR)$(SYSTEMD_LIB)/tmpfiles.d/rasid.conf
	rm -rf $(DESTDIR)$(PREFIX)/share/rasid $(DESTDIR)$(PREFIX)/share/bash-completion/completions/rasid

clean: ## Remove build products
	swift package clean
