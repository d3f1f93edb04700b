"""make golden: write what the gate says of each pull request of tests/cases/review.

Look at the difference, and judge it, before you commit it.
"""

from tests.pull_requests.cases import CASES, said

EXPECTED = ("expected.txt", "expected.json")

if __name__ == "__main__":
    for folder in CASES:
        texts = said(folder)
        for name in EXPECTED:
            path = folder / name
            before = path.read_bytes().decode() if path.exists() else None
            if before == texts.get(name):
                continue
            if name in texts:
                path.write_bytes(texts[name].encode())
            else:
                path.unlink()
            print(f"changed    {folder.name}/{name}")
