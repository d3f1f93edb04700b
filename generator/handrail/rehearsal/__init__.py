"""What was seen on a real database -> findings, verdicts, evidence. No database here."""
