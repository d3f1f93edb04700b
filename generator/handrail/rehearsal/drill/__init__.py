"""A runbook that is followed: its commands, faults, promises, and the judgement. Nothing runs here."""
