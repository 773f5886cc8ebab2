"""Pure functions on strings: names and romanization, numbers and money, dates to EDTF. No files, no state."""
