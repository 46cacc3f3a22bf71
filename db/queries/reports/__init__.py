"""The figures of reports: each door reads all of one report in one transaction, at one moment."""
