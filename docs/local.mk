dist_doc_DATA += \
	CHANGELOG.md \
	LICENSE \
	README.md \
	docs/ARCHITECTURE.md \
	docs/CLI.md \
	docs/DEPENDENCIES.md \
	docs/PERFORMANCE.md \
	docs/growth.svg \
	docs/RANKING.md \
	docs/QUERY.md \
	docs/TESTING.md
EXTRA_DIST += CONTRIBUTING.md index/FORMAT.md

examplesdir = $(docdir)/examples
dist_examples_DATA = \
	docs/examples/batch.py \
	docs/examples/ctypes_search.py \
	docs/examples/search.c \
	docs/examples/search.sh

# The program prints its own manual pages and shell completions, from its table
# of commands. Compiling for another machine, name one that runs on this:
# make TRAWL_FOR_BUILD=/usr/bin/trawl
TRAWL_FOR_BUILD = ./trawl$(EXEEXT)
manual_pages = \
	docs/man/trawl.1 \
	docs/man/trawl-analyze.1 \
	docs/man/trawl-bench.1 \
	docs/man/trawl-count.1 \
	docs/man/trawl-delete.1 \
	docs/man/trawl-explain.1 \
	docs/man/trawl-get.1 \
	docs/man/trawl-help.1 \
	docs/man/trawl-index.1 \
	docs/man/trawl-merge.1 \
	docs/man/trawl-search.1 \
	docs/man/trawl-stats.1 \
	docs/man/trawl-terms.1 \
	docs/man/trawl-verify.1
man_MANS = $(manual_pages)
bashcompletiondir = $(datadir)/bash-completion/completions
nodist_bashcompletion_DATA = docs/completions/trawl
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_zshcompletion_DATA = docs/completions/_trawl
fishcompletiondir = $(datadir)/fish/vendor_completions.d
nodist_fishcompletion_DATA = docs/completions/trawl.fish
completions = docs/completions/trawl docs/completions/_trawl docs/completions/trawl.fish
CLEANFILES += $(manual_pages) $(completions)

$(manual_pages): trawl$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) docs/man && \
	command=`expr '$@' : '.*/trawl-*\(.*\)\.1'` || :; \
	$(TRAWL_FOR_BUILD) help --man $$command > $@.tmp && mv $@.tmp $@

$(completions): trawl$(EXEEXT)
	$(AM_V_GEN)$(MKDIR_P) docs/completions && \
	case $@ in */_trawl) shell=zsh ;; *.fish) shell=fish ;; *) shell=bash ;; esac && \
	$(TRAWL_FOR_BUILD) help --completion $$shell > $@.tmp && mv $@.tmp $@
