# `make bench` measures; nothing here is part of `make check`.
bench: all
	@echo 'bench: nothing to measure yet'
.PHONY: bench
