dist_doc_DATA += LICENSE CHANGELOG.md docs/TESTING.md
EXTRA_DIST += CONTRIBUTING.md

# Manual pages: dist_man_MANS += docs/man/trawl.1
