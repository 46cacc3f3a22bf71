"""Incoming mail: taking a message apart, and understanding what its writer says."""
