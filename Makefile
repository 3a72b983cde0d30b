# Nabla: the two commands are `make lab` and `make test`.
PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/ready
ROOT   := $(if $(filter 0,$(shell id -u)),--allow-root)

# Python compiles each module once, at install or first use: without this every start of a kernel does it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: lab test lint gallery book lock clean

lab: $(READY)            ## open the workbook in JupyterLab
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab $(ROOT) \
		--ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/chapters/00-start-here.ipynb $(ARGS)

test: $(READY)           ## run every test (ARGS='-m "not slow"' for the quick ones)
	$(BIN)/python tests/install.py
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(READY)           ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gallery: $(READY)        ## write docs/problems.html: every problem type at a glance
	$(BIN)/python docs/problems.py

book: $(READY)           ## write docs/book/: every chapter as a page that needs no kernel (ARGS=02 for one)
	$(BIN)/python docs/book.py $(ARGS)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else f"Nabla needs Python 3.11 or newer; this is {v[0]}.{v[1]}. Try: make lab PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.lock > .venv/uv.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python -e .
	touch $(READY)

lock:                    ## choose the newest versions and write requirements.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --all-extras --group dev \
		--python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements.lock

clean:                   ## forget the installed packages
	rm -rf .venv
