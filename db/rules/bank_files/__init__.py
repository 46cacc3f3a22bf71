"""Files of the bank: MT940 statements and lists of mass payments."""
