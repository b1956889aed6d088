libtrawl_core_la_SOURCES += \
	src/source/charset.c src/source/charset.h \
	src/source/clean_path.c src/source/clean_path.h \
	src/source/elements.c src/source/elements.h \
	src/source/entities.c src/source/entities.h \
	src/source/fault.c src/source/fault.h \
	src/source/flow.c src/source/flow.h \
	src/source/format.c src/source/format.h \
	src/source/front_matter.c src/source/front_matter.h \
	src/source/html_read.c src/source/html_read.h \
	src/source/ignore.c src/source/ignore.h \
	src/source/ignore_stack.c src/source/ignore_stack.h \
	src/source/json_read.c src/source/json_read.h \
	src/source/parse_html.c \
	src/source/parse_jsonl.c \
	src/source/parse_markdown.c \
	src/source/parse_text.c \
	src/source/parse_trec.c \
	src/source/parse_tsv.c \
	src/source/parsers.c src/source/parsers.h \
	src/source/records.c src/source/records.h \
	src/source/source.c src/source/source.h \
	src/source/stream.c src/source/stream.h \
	src/source/walk.c src/source/walk.h

unit_tests += \
	tests/fuzz/fuzz_html \
	tests/fuzz/fuzz_jsonl \
	tests/fuzz/fuzz_markdown \
	tests/fuzz/fuzz_records \
	tests/fuzz/fuzz_trec \
	tests/unit/test_charset \
	tests/unit/test_clean_path \
	tests/unit/test_elements \
	tests/unit/test_entities \
	tests/unit/test_flow \
	tests/unit/test_format \
	tests/unit/test_front_matter \
	tests/unit/test_html_read \
	tests/unit/test_ignore \
	tests/unit/test_json_read \
	tests/unit/test_parsers \
	tests/unit/test_records \
	tests/unit/test_source \
	tests/unit/test_source_golden \
	tests/unit/test_stream \
	tests/unit/test_walk
tests_fuzz_fuzz_html_SOURCES = tests/fuzz/fuzz_html.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_jsonl_SOURCES = tests/fuzz/fuzz_jsonl.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_markdown_SOURCES = tests/fuzz/fuzz_markdown.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_records_SOURCES = tests/fuzz/fuzz_records.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_fuzz_trec_SOURCES = tests/fuzz/fuzz_trec.c tests/fuzz/replay.c tests/fuzz/fuzz.h

EXTRA_DIST += \
	tests/fuzz/corpus/html \
	tests/fuzz/corpus/jsonl \
	tests/fuzz/corpus/markdown \
	tests/fuzz/corpus/records \
	tests/fuzz/corpus/trec \
	tests/fuzz/document_laws.h \
	tests/golden/source_damaged.in tests/golden/source_damaged.txt \
	tests/golden/source_fragment.in tests/golden/source_fragment.txt \
	tests/golden/source_heading.in tests/golden/source_heading.txt \
	tests/golden/source_html.in tests/golden/source_html.txt \
	tests/golden/source_jsonl.in tests/golden/source_jsonl.txt \
	tests/golden/source_latin1.in tests/golden/source_latin1.txt \
	tests/golden/source_markdown.in tests/golden/source_markdown.txt \
	tests/golden/source_ruler.in tests/golden/source_ruler.txt \
	tests/golden/source_text.in tests/golden/source_text.txt \
	tests/golden/source_trec.in tests/golden/source_trec.txt \
	tests/golden/source_tsv.in tests/golden/source_tsv.txt \
	tests/unit/source_dump.h \
	tests/unit/source_files.h

dist_doc_DATA += docs/SOURCES.md
