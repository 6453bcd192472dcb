# The two commands of the README are `make run` and `make test`. Each target does the set-up it needs.
PYTHON ?= python3
SET_UP := $(PYTHON) -m runtime.bootstrap
# Dozens of processes start in a test: each would compile the same files where bytecode is not kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run console test check bench chaos fuzz lives lock clean environment server peers

run: server
	@.venv/bin/python -m runtime.console_build || true
	@exec .venv/bin/zhishou run

console: environment
	@.venv/bin/python -m runtime.console_build

test: peers
	@.venv/bin/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

check: environment
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/python -m runtime.console_build run lint types
	@.venv/bin/python -m tools.console --check
	@.venv/bin/python -m runtime.console_build

bench: server
	@$(PYTHON) -m bench.peers
	@.venv/bin/python -m bench

chaos: server
	@.venv/bin/python -m chaos --seed $(or $(CHAOS_SEED),1)
	@.venv/bin/python -m chaos.letters --seed $(or $(CHAOS_SEED),1)

fuzz: server
	@ZHISHOU_FUZZ=$(or $(TIMES),50) .venv/bin/pytest tests/security/test_fuzzing.py --numprocesses 3 --dist worksteal

# Of a thousand random lives the read model is made anew, and compared. Ctrl-C: the same command goes on.
lives: server
	@.venv/bin/python -m tests.separation.many_lives --lives $(or $(LIVES),1000)

environment:
	@$(SET_UP)

server:
	@$(SET_UP) server

# Programs that only the tests speak with.
peers:
	@$(SET_UP) server peers

lock:
	@$(SET_UP) lock

clean:
	@rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
