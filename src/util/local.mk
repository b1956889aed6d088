libtrawl_core_la_SOURCES += \
	src/util/arena.c src/util/arena.h \
	src/util/bitset.c src/util/bitset.h \
	src/util/buffer.c src/util/buffer.h \
	src/util/bytes.h \
	src/util/cpu.c src/util/cpu.h \
	src/util/error.c src/util/error.h \
	src/util/file.c src/util/file.h \
	src/util/file_stamp.c src/util/file_stamp.h \
	src/util/hash.c src/util/hash.h \
	src/util/json_write.c src/util/json_write.h \
	src/util/memory.c src/util/memory.h \
	src/util/printf_like.h \
	src/util/thread.c src/util/thread.h

unit_tests += \
	tests/unit/test_arena \
	tests/unit/test_bitset \
	tests/unit/test_buffer \
	tests/unit/test_bytes \
	tests/unit/test_cpu \
	tests/unit/test_error \
	tests/unit/test_file \
	tests/unit/test_file_stamp \
	tests/unit/test_hash \
	tests/unit/test_json_write \
	tests/unit/test_memory
