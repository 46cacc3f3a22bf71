"""Reports for supervisors: one definition a file, read through one door each."""
