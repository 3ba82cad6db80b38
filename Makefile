# The only door to the project. `make` alone lists what it can do.
#
# Everything below .venv and build is made here and can be deleted at any time.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
HEADLESS_PICTURES := build/demo

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard resources/i18n/*/LC_MESSAGES/*.po))
SOURCES    := $(shell find src tests resources docs -type f ! -name '*.mo' ! -name '*.pyc' 2>/dev/null) pyproject.toml build_installer.spec

# Else every worker and every child of a test compiles the whole program for itself.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test check native native-check gallery guide crash crash-full window bench bench-data dist format texts lock audit clean system-run system-test system-dist
.DELETE_ON_ERROR:

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
	  || sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' $(MAKEFILE_LIST)

setup: system-test $(VENV)/installed $(CATALOGUES) ## Install all that running and testing need

run: system-run $(VENV)/installed $(CATALOGUES) ## Open the shop's window (without a display: do the main job headless)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  exec $(PY) -m loyalty_pos; \
	else \
	  echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): doing the main job without a window."; \
	  exec $(PY) -m loyalty_pos --headless-demo $(HEADLESS_PICTURES); \
	fi

test: setup ## Run the tests, with the first examples of every property
	HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-short} $(PY) -m pytest -n auto --dist worksteal

# Measuring coverage makes the tests half as fast again, so only the gate does it; again only when a source is newer.
build/tested: $(SOURCES)
	@mkdir -p build
	@rm -f .coverage .coverage.*
	$(PY) -m pytest -n auto --dist worksteal -m 'not crash and not long' --cov --cov-report=
	@touch $@

check: setup ## Run every gate: format, lint, types, rooms, tests, coverage
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy src tests
	$(PY) -c 'from importlinter.cli import lint_imports_command as check; check()'
	@$(MAKE) --no-print-directory build/tested
	@echo "Branch coverage of the rules and the commands, all of it:"
	$(PY) -m coverage report --include='src/loyalty_pos/domain/*,src/loyalty_pos/app/*' --fail-under=100
	@echo "Branch coverage of everything else, at least 85 %:"
	$(PY) -m coverage report --omit='src/loyalty_pos/domain/*,src/loyalty_pos/app/*' --fail-under=85

# Remade when the engine's sources are newer; without a C compiler there is none, and everything goes on in Python.
build/native/sources.sha256: $(foreach room,domain app store,$(wildcard src/loyalty_pos/$(room)/*.py)) $(wildcard tests/native/*.py) | $(VENV)/installed
	$(PY) -m tests.native.build

native: setup build/native/sources.sha256 ## Compile the engine to machine code in build/native (2 minutes; needs a C compiler)

native-check: native ## Prove that the compiled engine answers as the plain one does (5 minutes)
	$(PY) -m tests.native.check

crash: setup ## Kill tills, cut the power, let the disk refuse every call; count what is lost or doubled (3 minutes)
	$(PY) -m pytest -q -n auto -rP -m crash tests/crash

# Each line can be run by itself; `--seconds N` or Ctrl-C ends one with the figures by then.
crash-full: setup ## The same by the ten thousand, as before a release (hours)
	$(PY) -m pytest -q -n auto -m long -o faulthandler_timeout=0
	$(PY) -m tests.crash.kill_loop --kills 10000
	$(PY) -m tests.crash.power_cuts --images 100000
	$(PY) -m tests.crash.fault_sweep
	$(PY) -m tests.crash.upgrade_kills --kills 1000
	$(PY) -m tests.crash.race --rounds 2000
	for seed in 1 2 9; do $(PY) -m tests.crash.damage --files 10000 --seed $$seed || exit 1; done
	$(PY) -m tests.crash.bad_imports --seconds 3600 --keep build/bad-imports
	$(PY) -m tests.crash.journal_loss --losses 200
	$(PY) -m tests.crash.shop_year --operations 100000

gallery: setup ## Write the counter and the pages in every state to build/gallery
	$(PY) -m tests.gallery
	$(PY) -m tests.gallery_pages
	$(PY) -m tests.gallery_owner
	$(PY) -m tests.gallery_sides
	$(PY) -m tests.gallery_customer
	$(PY) -m tests.gallery_proofs
	$(PY) -m tests.gallery_papers

window: $(VENV)/installed $(CATALOGUES) ## Drive the real window with keys and clicks on a screen of its own (Xvfb, xdotool, openbox)
	$(PY) -m tests.window.drive

guide: setup ## Draw the pictures of the user guide anew, over the demo shop, and its table of keys
	$(PY) -m tests.gallery_guide

bench: setup build/native/sources.sha256 ## Time look-ups, sales, quotes and the window beside the same work by hand (a report, not a gate)
	$(PY) -m tests.bench

BIG_SALES ?= 20000000

bench-data: setup ## Make the million members and the 20 million sales that `make bench` reads (an hour, once; 13 GB)
	$(PY) -m tests.bench.crowd
	$(PY) -m tests.bench.big --sales $(BIG_SALES)

dist: system-dist $(VENV)/installed $(CATALOGUES) build/native/sources.sha256 ## Build the program that needs no Python, and let it check itself
	@rm -rf dist/loyalty-pos
	$(PY) -m PyInstaller --noconfirm --log-level ERROR --workpath build/pyinstaller --distpath dist build_installer.spec
	env -u DISPLAY -u WAYLAND_DISPLAY QT_QPA_PLATFORM=offscreen dist/loyalty-pos/loyalty-pos --self-check
	env -u WAYLAND_DISPLAY QT_QPA_PLATFORM=xcb xvfb-run -a dist/loyalty-pos/loyalty-pos --self-check
	@du -sh dist/loyalty-pos

format: $(VENV)/installed ## Put the sources into the common form
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

texts: $(VENV)/installed ## List the program's texts and mark those that lack a Persian translation
	@$(PY) tests/catalogues.py extract

audit: $(VENV)/installed ## Ask the advisory databases about every locked dependency (needs the internet)
	$(PY) -m pip_audit --require-hashes --disable-pip -r requirements.lock

# New releases wait a week before they are let in, so that a poisoned one is found by somebody else first.
lock: build/locker/bin/uv ## Remake requirements.lock after a change in pyproject.toml (UPGRADE=--upgrade takes newer releases)
	build/locker/bin/uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev \
	  --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) \
	  --exclude-newer "$$(date -u -d '7 days ago' +%F)" -o requirements.lock pyproject.toml >/dev/null

clean: ## Delete everything that was made here
	rm -rf $(VENV) build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find resources/i18n -name '*.mo' -delete 2>/dev/null || true
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- what the targets above stand on

system-run system-test system-dist: system-%:
	@sh .ci/system-packages $* $(PYTHON)

$(PY): | system-run
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/installed: requirements.lock .ci/link-project | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@$(PY) .ci/link-project
	@touch $@

build/locker/bin/uv:
	@$(PYTHON) -m venv build/locker
	@build/locker/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: uv

# With the parts that wait beside it, so that no text is English only because its branch is young.
%.mo: %.po $(wildcard resources/i18n/fa.d/*.po) | $(VENV)/installed
	@$(PY) tests/catalogues.py compile
