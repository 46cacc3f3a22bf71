"""The sample town: deterministic, clearly fictitious, valid checksums."""
