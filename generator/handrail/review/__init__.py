"""What a pull request declares, against what the policy asks of its risk level."""
