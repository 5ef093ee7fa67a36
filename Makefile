# anreiz. `make help` lists the targets, CONTRIBUTING.md explains them.
#
# VARIANT chooses how it is built, each in its own tree build/<variant>: release, debug, sanitize,
# tsan, coverage (gcc, tsan: clang), clang (release by clang) and double (customers in double
# precision). WERROR=1 makes warnings errors, V=1 shows the commands. MPI=1 also builds
# build/anreiz-mpi, with the compiler wrapper MPICC. CC, CXX, CPPFLAGS, CFLAGS, LDFLAGS, LDLIBS, PREFIX
# and DESTDIR mean what they mean everywhere.

VARIANT ?= release
WERROR ?=
V ?=
MPI ?=
MPICC ?= mpicc
PREFIX ?= /usr/local
DESTDIR ?=
COVERAGE_FLOOR ?= 75

MAKEFLAGS += --no-builtin-rules
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

# ---- variants

OPTIMIZE_release := -O3 -g
OPTIMIZE_clang := -O3 -g
OPTIMIZE_double := -O3 -g
OPTIMIZE_debug := -O1 -g3
OPTIMIZE_coverage := -O1 -g --coverage -fprofile-update=atomic
OPTIMIZE_sanitize := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
OPTIMIZE_tsan := -O1 -g -fsanitize=thread
OPTIMIZE := $(OPTIMIZE_$(VARIANT))
ifeq ($(OPTIMIZE),)
$(error VARIANT=$(VARIANT) is none of release, debug, sanitize, tsan, coverage, clang, double)
endif

# Sanitizers and coverage cannot instrument what chooses between functions at load time.
ifneq ($(filter sanitize tsan coverage,$(VARIANT)),)
DEFINES := -DANREIZ_NO_CLONES
endif

# Constants are written as single precision, which in double they may be taken from.
ifeq ($(VARIANT),double)
DEFINES := -DANREIZ_DOUBLE
WARNINGS_DOUBLE := -Wno-double-promotion -Wno-float-conversion
endif

# gcc's thread sanitizer gives false alarms with OpenMP.
ifneq ($(filter tsan clang,$(VARIANT)),)
COMPILER := clang
COMPILER_CXX := clang++
else
COMPILER := gcc
COMPILER_CXX := g++
endif
ifeq ($(origin CC),default)
CC := $(COMPILER)
endif
ifeq ($(origin CXX),default)
CXX := $(COMPILER_CXX)
endif

# ---- flags

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wvla \
    -Wdouble-promotion -Wformat=2 -Wundef -Wcast-qual $(WARNINGS_DOUBLE) $(if $(WERROR),-Werror)
WARNINGS_C := $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes
# No -ffast-math, no contraction: the same bits from every compiler and processor.
ARITHMETIC := -ffp-contract=off -fno-math-errno -fno-trapping-math
COMMON := $(OPTIMIZE) $(ARITHMETIC) -D_GNU_SOURCE $(DEFINES) -Isim -Ibuild/$(VARIANT)/generated

# Asked at the first use, not when this file is read: on a bare machine pkg-config comes later.
once = $(eval $(1) := $$(shell $(2)))$($(1))
LIBRARY_FLAGS = $(call once,LIBRARY_FLAGS,pkg-config --cflags libconfig sqlite3 nlopt 2>/dev/null)
LIBRARIES = $(call once,LIBRARIES,pkg-config --libs libconfig sqlite3 nlopt 2>/dev/null || \
    echo -lconfig -lsqlite3 -lnlopt; \
    echo -lcsv -lm)
TEST_LIBRARY_FLAGS = $(call once,TEST_LIBRARY_FLAGS,\
    pkg-config --cflags cunit gsl 2>/dev/null | sed 's/-I/-isystem /g')
TEST_LIBRARIES = $(call once,TEST_LIBRARIES,\
    pkg-config --libs cunit gsl 2>/dev/null || echo -lcunit -lgsl -lgslcblas)

COMPILE = -std=c17 $(COMMON) $(WARNINGS_C) $(LIBRARY_FLAGS)
COMPILE_TEST = -Itests -I. $(TEST_LIBRARY_FLAGS)
COMPILE_CXX = -std=c++17 $(COMMON) $(WARNINGS) $(COMPILE_TEST)

# ---- files

BUILD := build/$(VARIANT)
SOURCES := $(sort $(wildcard sim/*/*.c))
# The auditor is part of the tests, and of the program where people look for mistakes.
AUDIT := $(wildcard sim/model/audit*.c)
OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(AUDIT),$(SOURCES)))
AUDITED := $(patsubst sim/model/%.c,$(BUILD)/audited/%.o,$(AUDIT) sim/model/firm.c)
AUDITED_OBJECTS := $(filter-out %/model/firm.o,$(OBJECTS)) $(AUDITED)
ifneq ($(filter debug sanitize tsan coverage,$(VARIANT)),)
PROGRAM_OBJECTS := $(AUDITED_OBJECTS)
else
PROGRAM_OBJECTS := $(OBJECTS)
endif
TEST_SOURCES := $(sort $(wildcard tests/test_*.c))
VERIFY_SOURCES := $(sort $(wildcard tests/verify_*.c))
# What test files share, and the bridges to C++ libraries.
TEST_COMMON := $(sort $(filter-out $(TEST_SOURCES) $(VERIFY_SOURCES) tests/main.c,\
    $(wildcard tests/*.c tests/*.cpp)))
TEST_OBJECTS := $(addprefix $(BUILD)/,$(addsuffix .o,$(basename $(TEST_SOURCES) $(TEST_COMMON))))
VERIFY_OBJECTS := \
    $(addprefix $(BUILD)/,$(addsuffix .o,$(basename $(VERIFY_SOURCES) $(TEST_COMMON))))
BENCH_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bench/*.c))
TEST_LINKER = $(if $(filter %.cpp,$(TEST_COMMON)),$(CXX),$(CC))

# Texts that are compiled in, as lists of C strings.
GENERATED := $(BUILD)/generated
INCLUDED := $(GENERATED)/report/style.inc $(GENERATED)/cli/new_scenario.inc \
    $(GENERATED)/report/page_style.inc $(GENERATED)/report/page_script.inc \
    $(foreach shell,bash zsh fish,$(GENERATED)/cli/completion_$(shell).inc)

PROGRAM := $(BUILD)/anreiz
UNIT_TESTS := $(BUILD)/unit-tests
VERIFY_TESTS := $(BUILD)/verify-tests
BENCH := $(BUILD)/bench
RANDOM_ROWS := $(BUILD)/random-rows
# The release is the program that everybody calls build/anreiz.
PROGRAMS := $(PROGRAM) $(if $(filter release,$(VARIANT)),build/anreiz) \
    $(if $(MPI),build/anreiz-mpi)

C_FILES := $(SOURCES) sim/main.c $(sort $(wildcard sim/*/*.h tests/*.c tests/*.h tests/bench/*.[ch] \
    tests/random/*.c))
FORMAT_FILES := $(C_FILES) $(sort $(wildcard tests/*.cpp))
SHELL_FILES := .ci/run $(filter-out %.awk,$(wildcard scripts/*)) tests/cli/run tests/page/run \
    $(wildcard tests/cli/cases/*.sh tests/mpi/cases/*.sh tests/house/*.sh)

# $(call shown,WORD): what stands before a command, so that a line names it instead.
shown = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$@';)

# ---- targets for people

.PHONY: all
all: $(PROGRAMS) ## build the program, build/anreiz (the default)

.PHONY: demo
demo: ## install what is missing, build, compare three pay plans and draw them
	@scripts/install-packages build pictures
	@+$(PARALLEL) all
	@$(CURDIR)/build/anreiz compare scenarios/short_term_bonus.cfg \
	    scenarios/long_term_kam.cfg scenarios/hybrid.cfg --out results/demo --force

.PHONY: check
check: ## install what is missing, build, run all tests; ends with the counts
	@scripts/install-packages build test pictures
	@+$(PARALLEL) $(PROGRAMS) $(UNIT_TESTS)
	@scripts/check $(UNIT_TESTS) $(PROGRAM)

.PHONY: unit
unit: $(UNIT_TESTS) ## run the unit tests of the variant; NAME=part for some of them
	@$(RUN) ./$(UNIT_TESTS) $(NAME)

.PHONY: cli
cli: $(PROGRAMS) ## run the tests of the command line on the variant; NAME=part for some
	@ANREIZ=$(CURDIR)/$(PROGRAM) SANITIZED=$(if $(filter sanitize tsan coverage,$(VARIANT)),1,0) \
	    $(RUN) tests/cli/run $(NAME)

.PHONY: examples
examples: $(PROGRAM) ## run every command of docs/ with few histories; NAME=part for some documents
	@ANREIZ=$(CURDIR)/$(PROGRAM) scripts/run-readme --few 4 $(wildcard docs/*$(NAME)*.md)

.PHONY: printed
printed: $(PROGRAM) ## compare what documents show behind <!-- prints --> with what comes out
	@ANREIZ=$(CURDIR)/$(PROGRAM) scripts/run-readme --printed $(wildcard docs/*.md)

.PHONY: page
page: $(PROGRAM) ## make reports of every kind and check them in a browser
	@ANREIZ=$(CURDIR)/$(PROGRAM) tests/page/run

.PHONY: mpi
mpi: ## build with every MPI that is installed and test processes of mpirun
	@scripts/check-mpi

.PHONY: bytes
bytes: ## compilers, processors, threads, processes, shards, resumed: the same bytes in every table
	@scripts/check-bytes

.PHONY: double
double: ## customers in double instead of single precision: the difference is far below that of chance
	@scripts/check-double

.PHONY: verify
verify: $(if $(VERIFY_SOURCES),$(VERIFY_TESTS)) ## run the long statistical tests; NAME=part for some of them
	@$(if $(VERIFY_SOURCES),./$(VERIFY_TESTS) $(NAME),echo 'There is no tests/verify_*.c.')
	@+$(if $(NAME),,$(MAKE) --no-print-directory growth random printed)

.PHONY: growth
growth: $(PROGRAM) ## fail if a firm four times as large takes over 4.4 times the instructions
	@scripts/install-packages build verify
	@scripts/check-growth $(PROGRAM)

.PHONY: random
random: ## dieharder on random draws in the orders in which they are used (docs/random.md)
	@scripts/install-packages build verify
	@+$(MAKE) --no-print-directory $(RANDOM_ROWS)
	@scripts/check-random $(RANDOM_ROWS)

.PHONY: bench
bench: ## measure the goals of docs/performance.md; UPDATE=1 writes them there
	@scripts/install-packages build bench
	@+$(PARALLEL) $(PROGRAM) $(BENCH)
	@scripts/bench $(if $(UPDATE),--update) $(BENCH) $(PROGRAM)

.PHONY: instructions
instructions: $(PROGRAM) ## fail if small runs take 5 % more instructions; UPDATE=1 notes them anew
	@scripts/instructions $(if $(UPDATE),--update) $(PROGRAM)

.PHONY: sanitize
sanitize: ## unit and command-line tests under the address and undefined-behaviour sanitizers
	@+$(PARALLEL) VARIANT=sanitize all build/sanitize/unit-tests
	@+$(MAKE) --no-print-directory VARIANT=sanitize unit
	@+$(MAKE) --no-print-directory VARIANT=sanitize cli

.PHONY: tsan
tsan: ## a small run and the unit tests that start threads under clang's thread sanitizer
	@+$(PARALLEL) VARIANT=tsan all build/tsan/unit-tests
	@+$(MAKE) --no-print-directory VARIANT=tsan unit tiny RUN='$(TSAN)' NAME='$(THREADED_SUITES)'

.PHONY: valgrind
valgrind: ## a tiny run under valgrind
	@+$(PARALLEL) VARIANT=debug all
	@+$(MAKE) --no-print-directory VARIANT=debug tiny RUN='$(VALGRIND)'

.PHONY: coverage
coverage: ## lines that the unit and command-line tests execute; fails below COVERAGE_FLOOR percent
	@+$(PARALLEL) VARIANT=coverage all build/coverage/unit-tests
	@find build/coverage -name '*.gcda' -delete
	@+$(MAKE) --no-print-directory VARIANT=coverage unit
	@+$(MAKE) --no-print-directory VARIANT=coverage cli
	@scripts/coverage build/coverage $(COVERAGE_FLOOR)

.PHONY: lint
lint: $(INCLUDED) ## clang-tidy, cppcheck, shellcheck and the layers
	@scripts/check-layers
	@shellcheck -x $(SHELL_FILES)
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
	    --enable=warning,performance,portability -D_GNU_SOURCE -Isim -I$(GENERATED) sim
	@printf '%s\n' $(SOURCES) sim/main.c | \
	    xargs -P $(PROCESSORS) -I{} scripts/clang-tidy {} $(filter-out -W% -O% -g%,$(COMPILE))

.PHONY: format
format: ## format the sources with clang-format 14
	@scripts/clang-format -i $(FORMAT_FILES)

.PHONY: format-check
format-check: ## fail if a source is not formatted
	@scripts/clang-format --dry-run --Werror $(FORMAT_FILES)

.PHONY: docs
docs: $(PROGRAM) ## generate docs/parameters.md and docs/outcomes.md from the declarations
	@for page in parameters outcomes; do \
	    $(PROGRAM) $$page --markdown >docs/$$page.md.tmp; \
	    mv docs/$$page.md.tmp docs/$$page.md; \
	done

.PHONY: docs-check
docs-check: $(PROGRAM) ## fail if the generated pages of docs/ are not what the program says
	@scripts/check-docs $(PROGRAM)

.PHONY: install
install: $(PROGRAM) ## install program, scenarios, docs, manual, completions to DESTDIR/PREFIX (/usr/local)
	@scripts/install-files install $(PROGRAM) '$(DESTDIR)' '$(PREFIX)'

.PHONY: uninstall
uninstall: ## remove what make install left in DESTDIR/PREFIX
	@scripts/install-files uninstall '$(DESTDIR)' '$(PREFIX)'

.PHONY: dist
dist: ## pack the last commit into build/anreiz-<version>.tar.gz, the same bytes wherever it is packed
	@scripts/pack build

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- how targets run things

PROCESSORS := $(shell nproc 2>/dev/null || echo 2)
PARALLEL = $(MAKE) --no-print-directory $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(PROCESSORS))
RUN ?=
VALGRIND := valgrind --quiet --error-exitcode=9 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect,possible --suppressions=tests/valgrind.supp
# The OpenMP library itself is not instrumented.
TSAN := env TSAN_OPTIONS=ignore_noninstrumented_modules=1
# Suites that start threads, each in quotes, by what their files call.
THREADED_SUITES = $(shell grep -lE 'experiment_run|sweep_run' $(TEST_SOURCES) | xargs \
    sed -nE 's/^const struct suite suite_[a-z0-9_]+ = *\{("[^"]*").*/\1/p')
TINY_RUN ?= scenarios/long_term_kam.cfg --replications 3 --threads 2

# A run of a few replications, for the tools that watch a program from inside.
.PHONY: tiny
tiny: $(PROGRAM)
	@$(RUN) ./$(PROGRAM) run $(TINY_RUN) --no-plots --force --out $(BUILD)/tiny >/dev/null
	@echo 'A tiny run of $(PROGRAM) is clean.'

# ---- building

# Says which packages are missing; the targets `demo` and `check` install them.
.PHONY: packages
packages:
	@scripts/install-packages --dry-run build

.PHONY: FORCE
FORCE:

# $(call keep,TEXT): writes TEXT to the target only when it is new, so that what depends on it is
# built again exactly then.
keep = @mkdir -p $(@D); printf '%s\n' '$(1)' >$@.new; \
    if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(BUILD)/flags: FORCE | packages
	$(call keep,$(CC) $(CXX) $(COMPILE) $(CPPFLAGS) $(CFLAGS) $(CXXFLAGS))

$(BUILD)/linked: FORCE | packages
	$(call keep,$(OBJECTS) $(TEST_OBJECTS) $(VERIFY_OBJECTS) $(LIBRARIES) $(LDFLAGS) $(LDLIBS))

$(BUILD)/version: FORCE | packages
	$(call keep,$(shell scripts/version))

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call shown,CC)$(CC) $(COMPILE) $(OPENMP) $(EXTRA) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.cpp $(BUILD)/flags
	@mkdir -p $(@D)
	$(call shown,CXX)$(CXX) $(COMPILE_CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

$(OBJECTS): | $(INCLUDED)
$(GENERATED)/report/style.inc: plots/style.gp scripts/quote-lines
	@mkdir -p $(@D)
	@scripts/quote-lines $< >$@
$(GENERATED)/report/page_style.inc: sim/report/page.css scripts/quote-lines
	@mkdir -p $(@D)
	@scripts/quote-lines $< >$@
$(GENERATED)/report/page_script.inc: sim/report/page.js scripts/quote-lines
	@mkdir -p $(@D)
	@scripts/quote-lines $< >$@
$(GENERATED)/cli/new_scenario.inc: sim/cli/new_scenario.cfg scripts/quote-lines
	@mkdir -p $(@D)
	@scripts/quote-lines $< >$@
$(GENERATED)/cli/completion_%.inc: sim/cli/completion.% scripts/quote-lines
	@mkdir -p $(@D)
	@scripts/quote-lines $< >$@

$(BUILD)/audited/%.o: sim/model/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call shown,CC)$(CC) $(COMPILE) -DANREIZ_AUDIT $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Only the engine knows of threads.
$(BUILD)/sim/engine/%.o: private OPENMP := -fopenmp

# Only one file knows the version.
$(BUILD)/sim/cli/version.o: $(BUILD)/version
$(BUILD)/sim/cli/version.o: private EXTRA = \
    -DANREIZ_VERSION='"$(word 1,$(file <$(BUILD)/version))"' \
    -DANREIZ_COMMIT='"$(word 2,$(file <$(BUILD)/version))"'

link = $(OPTIMIZE) -fopenmp $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^)

$(PROGRAM): $(BUILD)/sim/main.o $(PROGRAM_OBJECTS) $(BUILD)/linked
	$(call shown,LINK)$(CC) $(link) $(LIBRARIES) $(LDLIBS)

# The same program but for the one file that knows MPI. The wrappers of Open MPI and MPICH take the
# compiler from the environment; their headers do not pass our warnings.
MPI_COMPILER = OMPI_CC='$(CC)' MPICH_CC='$(CC)' $(MPICC)
$(BUILD)/mpi/compiler: FORCE
	$(call keep,$(MPICC) $(CC))
$(BUILD)/mpi/parallel_mpi.o: sim/engine/parallel_mpi.c sim/engine/parallel_mpi.h \
    $(BUILD)/mpi/compiler $(BUILD)/flags
	@mkdir -p $(@D)
	$(call shown,MPICC)$(MPI_COMPILER) -std=c17 $(COMMON) -DANREIZ_MPI $(CPPFLAGS) $(CFLAGS) \
	    -c -o $@ $<
build/anreiz-mpi: $(BUILD)/sim/main.o $(BUILD)/mpi/parallel_mpi.o \
    $(filter-out %/engine/parallel_mpi.o,$(OBJECTS)) $(BUILD)/linked
	$(call shown,LINK)$(MPI_COMPILER) $(link) $(LIBRARIES) $(LDLIBS)

build/anreiz: build/release/anreiz
	@ln -f $< $@ 2>/dev/null || cp -f $< $@

# The runner is compiled once for each list of suites that it runs.
$(UNIT_TESTS): $(BUILD)/tests/unit/main.o $(TEST_OBJECTS) $(AUDITED_OBJECTS) $(BUILD)/linked
	$(call shown,LINK)$(TEST_LINKER) $(link) $(TEST_LIBRARIES) $(LIBRARIES) $(LDLIBS)

$(VERIFY_TESTS): $(BUILD)/tests/verify/main.o $(VERIFY_OBJECTS) $(AUDITED_OBJECTS) $(BUILD)/linked
	$(call shown,LINK)$(TEST_LINKER) $(link) $(TEST_LIBRARIES) $(LIBRARIES) $(LDLIBS)

$(BENCH): $(BENCH_OBJECTS) $(OBJECTS) $(BUILD)/linked
	$(call shown,LINK)$(CC) $(link) $(TEST_LIBRARIES) $(LIBRARIES) $(LDLIBS)

$(RANDOM_ROWS): $(BUILD)/tests/random/rows.o $(BUILD)/sim/base/random.o
	$(call shown,LINK)$(CC) $(link) $(LDLIBS)

$(BUILD)/tests/%/main.o: tests/main.c $(BUILD)/tests/%/suites.list $(BUILD)/flags
	$(call shown,CC)$(CC) $(COMPILE) $(COMPILE_TEST) -I$(@D) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c \
	    -o $@ $<

$(BUILD)/tests/unit/suites.list: $(TEST_SOURCES) $(BUILD)/linked
	$(call list_suites,$(TEST_SOURCES))
$(BUILD)/tests/verify/suites.list: $(VERIFY_SOURCES) $(BUILD)/linked
	$(call list_suites,$(VERIFY_SOURCES))
list_suites = @mkdir -p $(@D); \
    sed -nE 's/^const struct suite (suite_[a-z0-9_]+) =.*/SUITE(\1)/p' $(1) /dev/null >$@

$(TEST_OBJECTS) $(VERIFY_OBJECTS) $(BENCH_OBJECTS): private EXTRA = $(COMPILE_TEST)
# Files of tests may include suites.h, and with it the list.
$(TEST_OBJECTS): private EXTRA += -I$(BUILD)/tests/unit
$(TEST_OBJECTS): | $(BUILD)/tests/unit/suites.list
$(VERIFY_OBJECTS): private EXTRA += -I$(BUILD)/tests/unit
$(VERIFY_OBJECTS): | $(BUILD)/tests/unit/suites.list

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
