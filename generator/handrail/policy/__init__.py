"""Located nodes -> one typed, resolved Policy. One file per concept."""
