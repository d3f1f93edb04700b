"""Operations and the policy -> the risk level of a migration. No level is written in code."""
