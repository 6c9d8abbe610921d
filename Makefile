# Thin names for the scripts, which hold the logic. `make help` lists them.
#
# make itself ends with 2 whenever a recipe fails and prints the script's own exit code ("Error 4"); where that
# code matters, call scripts/run or scripts/test directly.

SECONDS ?= 60
TARGET ?=
export SECONDS_EACH = $(SECONDS)

.DEFAULT_GOAL := help
.PHONY: help run test lint build fuzz fleet bench record clean

help: ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: ## Install what is missing, build, compile Policies/, check a TPM simulator
	@scripts/run

test: ## Install what is missing, run all tests and the policies' own
	@scripts/test

lint: ## Formatting, warnings, shell scripts
	@scripts/lint

build: ## Build policyc in release mode
	@scripts/build

fuzz: ## Fuzz each input reader: SECONDS=60 each, TARGET=name for one of them
	@scripts/fuzz $(TARGET)

fleet: ## Prove that reports over 100,000 generated devices add up
	@scripts/fleet

bench: ## Measure policyc beside its peers
	@scripts/bench

record: ## Record the expectations of golden cases anew; fails, so that it is never mistaken for a test
	@POLICYC_RECORD=1 scripts/test

clean: ## Remove everything that was built
	rm -rf .build build
