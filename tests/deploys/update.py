"""make golden: write what the gate says of each deploy of tests/cases/deploy.

Look at the difference, and judge it, before you commit it.
"""

from tests.deploys.cases import CASES, said
from tests.pull_requests.update import update

if __name__ == "__main__":
    update(CASES, said)
