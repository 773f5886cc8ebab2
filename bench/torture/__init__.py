"""What the record withstands, many times over: kills, flipped bits, forged logs, damaged files, full disks."""
