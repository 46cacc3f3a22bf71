"""What a shell user types; each group is loaded only when it is called."""
