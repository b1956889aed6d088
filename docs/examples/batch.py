#!/usr/bin/env python3
"""Keeps one `trawl` open and asks it one query after the other.

    batch.py INDEX QUERY...

$TRAWL names the program, when it is not on the path."""
import json
import os
import subprocess
import sys


class Trawl:
    def __init__(self, index, *options):
        words = [os.environ.get("TRAWL", "trawl"), "search", "-i", index, "--batch", "-", *options]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def search(self, query):
        """The object that `trawl search --json` prints; a query that fails has a member "error"."""
        self.process.stdin.write(query.replace("\n", " ").encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"trawl ended with status {self.process.wait()}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait()


def main():
    trawl = Trawl(sys.argv[1], "--limit", "3")
    for query in sys.argv[2:]:
        answer = trawl.search(query)
        if "error" in answer:
            print(f"{query}: error: {answer['error']['message']}")
            continue
        print(f"{query}: {answer['total']}")
        for hit in answer["hits"]:
            print("   ", hit["id"], hit["score"])
    trawl.close()


if __name__ == "__main__":
    main()
