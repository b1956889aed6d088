#!/usr/bin/env python3
"""Searches an index through the library, with nothing but Python's ctypes.

    ctypes_search.py INDEX QUERY

$LIBTRAWL names the library, when the system does not find it."""
import ctypes
import json
import os
import sys


class Error(ctypes.Structure):
    _fields_ = [("code", ctypes.c_int), ("offset", ctypes.c_uint64),
                ("file", ctypes.c_char * 512), ("message", ctypes.c_char * 512)]


class SearchOptions(ctypes.Structure):
    """The front of struct trawl_search_options: the library gives all later members their defaults."""
    _fields_ = [("size", ctypes.c_size_t), ("limit", ctypes.c_size_t), ("offset", ctypes.c_size_t)]


library = ctypes.CDLL(os.environ.get("LIBTRAWL", "libtrawl.so.0"))
pointer, size = ctypes.c_void_p, ctypes.c_size_t
out, error = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(Error)
library.trawl_snapshot_open.argtypes = [out, ctypes.c_char_p, error]
library.trawl_snapshot_release.argtypes = [pointer]
library.trawl_searcher_new.argtypes = [out, pointer, error]
library.trawl_searcher_free.argtypes = [pointer]
library.trawl_search.argtypes = [out, pointer, ctypes.c_char_p, size, ctypes.POINTER(SearchOptions), error]
library.trawl_results_json.argtypes = [out, ctypes.POINTER(size), pointer, pointer, size, error]
library.trawl_results_free.argtypes = [pointer]
library.trawl_text_free.argtypes = [pointer]
for name in ("snapshot_release", "searcher_free", "results_free", "text_free"):
    getattr(library, "trawl_" + name).restype = None


def check(status, why):
    if status:
        raise RuntimeError(f"{why.file.decode()}: {why.message.decode()}")


class Searcher:
    def __init__(self, index):
        why, snapshot, self.handle = Error(), pointer(), pointer()
        check(library.trawl_snapshot_open(snapshot, os.fsencode(index), why), why)
        status = library.trawl_searcher_new(self.handle, snapshot, why)
        library.trawl_snapshot_release(snapshot)  # the searcher keeps it
        check(status, why)

    def search(self, query, limit=10):
        """The object that `trawl search --json` prints."""
        text, length, results, why = query.encode(), size(), pointer(), Error()
        options = SearchOptions(ctypes.sizeof(SearchOptions), limit, 0)
        try:
            check(library.trawl_search(results, self.handle, text, len(text), options, why), why)
            answer = pointer()
            check(library.trawl_results_json(answer, length, results, None, 0, why), why)
            line = ctypes.string_at(answer.value, length.value)
            library.trawl_text_free(answer)
            return json.loads(line)
        finally:
            library.trawl_results_free(results)

    def close(self):
        library.trawl_searcher_free(self.handle)
        self.handle = pointer()


def main():
    searcher = Searcher(sys.argv[1])
    answer = searcher.search(sys.argv[2], limit=5)
    for hit in answer["hits"]:
        print(hit["id"], hit["score"], hit["title"])
    searcher.close()
    sys.exit(0 if answer["hits"] else 1)


if __name__ == "__main__":
    main()
