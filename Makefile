# `make demo` and `make test` need Swift 6.1 or later and nothing else: what is missing of the
# system's packages is installed by name (Debian and its relatives).
.DEFAULT_GOAL := help
SHELL := /bin/bash

PACKAGES := libvpx-dev libpng-dev pkg-config gnuplot-nox
# Programs that tests hold results against; a test whose program is missing is skipped and says so.
TEST_PACKAGES := tshark vpx-tools ffmpeg sip-tester slurm-wlm munge chromium
RELEASE := swift build -c release --product avpfsim
JOBS ?= $(shell nproc)
RUNS ?= 10000000

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.PHONY: packages
packages:
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	    || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if ! command -v apt-get >/dev/null; then \
	  echo "avpfsim needs$$missing, and this system has no apt-get: install them by hand." >&2; exit 3; \
	fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	if [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then \
	  echo "avpfsim needs$$missing: run 'apt-get install$$missing' as root." >&2; exit 3; \
	fi; \
	echo "installing$$missing"; \
	{ $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq \
	  --no-install-recommends $$missing >/dev/null; } \
	  || { echo "could not install$$missing: install them by hand." >&2; exit 3; }

.PHONY: test-packages
test-packages:
	@for package in $(TEST_PACKAGES); do \
	  $(MAKE) -s --no-print-directory packages PACKAGES=$$package \
	    || echo "tests that need $$package are skipped." >&2; \
	done

.PHONY: swift
swift:
	@command -v swift >/dev/null || { echo "avpfsim needs Swift 6.1 or later: https://www.swift.org/install" >&2; exit 3; }

.PHONY: build
build: swift packages ## Build the release binary, .build/release/avpfsim
	$(RELEASE)

.PHONY: demo
demo: build ## Run the built-in benchmark suite into results/demo
	.build/release/avpfsim suite -o results/demo --jobs $(JOBS)

.PHONY: test
test: swift packages test-packages ## Build and run all tests
	swift build --build-tests
	swift test --skip-build

.PHONY: lint
lint: swift ## Check the format of all sources
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Benchmarks Benchmarks/Overhead Benchmarks/ExamplePackets Benchmarks/Allocations Benchmarks/SignallingTable Benchmarks/EndpointTable Benchmarks/FeedbackStudy Benchmarks/Probes Fuzz/Package.swift Fuzz/Seeds Fuzz/Support Fuzz/Targets

.PHONY: bench
bench: swift packages ## Event core, RTP, RTCP, links and a whole call, by package-benchmark
	swift package --package-path Benchmarks benchmark --no-progress --target SimulationKernelBenchmarks --target WireFormatsBenchmarks --target NetworkModelsBenchmarks --target CallSimulationBenchmarks

.PHONY: bench-allocations
bench-allocations: swift packages ## Show that RTP and RTCP are written and parsed without allocation
	swift run -c release --package-path Benchmarks allocations

.PHONY: bench-overhead
bench-overhead: swift packages ## CPU time of a simulated call against that of a bare codec loop
	swift run -c release --package-path Benchmarks overhead

.PHONY: bench-probes
bench-probes: build ## Branching probes against replaying them, jobs, and memory
	swift run -c release --package-path Benchmarks probes .build/release/avpfsim

.PHONY: signalling-table
signalling-table: swift packages ## Simulate what was measured of real signalling, into the documentation
	swift run -c release --package-path Benchmarks signalling-table

.PHONY: feedback-study
feedback-study: build ## Simulate acknowledging against complaining, into the documentation
	.build/release/avpfsim suite Benchmarks/FeedbackStudy/plan.yaml -o results/feedback-study --jobs $(JOBS)
	swift run -c release --package-path Benchmarks feedback-study results/feedback-study

.PHONY: traces
traces: build ## Make the traces in traces/ anew, and their table
	traces/generate.sh .build/release/avpfsim

.PHONY: fuzz
fuzz: swift packages ## Attack the parsers, TARGET=sip one of them; RUNS executions each
	RUNS=$(RUNS) Fuzz/run $(TARGET)

.PHONY: fuzz-short
fuzz-short: swift packages ## The same for five seconds each
	CONFIGURATION=debug SECONDS_EACH=5 Fuzz/run $(TARGET)

.PHONY: fuzz-seeds
fuzz-seeds: swift packages ## Write Fuzz/Corpus anew
	swift run --package-path Fuzz --scratch-path Fuzz/.build-seeds seeds Fuzz/Corpus

.PHONY: endpoint-table
endpoint-table: swift packages ## Simulate what was measured of a real Linphone call, into the documentation
	swift run -c release --package-path Benchmarks endpoint-table

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build .build-* Benchmarks/.build Fuzz/.build Fuzz/.build-*
