"""Tools that do comparable work, in an environment of their own."""

import os
import shutil
import subprocess
import sys

PACKAGES = (
    "cogapp==3.6.0",
    "compliance-trestle==5.2.0",
    "strictdoc==0.30.4",
    "squawk-cli==2.70.0",
    "sqlfluff==4.5.0",
)
PGFENCE = "@flvmnt/pgfence@0.1.5"


def installed(checkout: str) -> str:
    """Return the folder of the peers' commands, and install them on the first call."""
    home = os.path.join(checkout, "build", "bench")
    tools = os.path.join(home, "bin")
    ready = os.path.join(home, "ready")
    wanted = "\n".join(PACKAGES)
    if not os.path.exists(ready) or open(ready, encoding="utf-8").read() != wanted:
        print("Installing the peers ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip = [os.path.join(tools, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *PACKAGES], check=True)
        with open(ready, "w", encoding="utf-8") as file:
            file.write(wanted)
    return tools


def pgfence(checkout: str) -> list[str]:
    """Return the command of pgfence, which npm installs on the first call; [] without npm."""
    home = os.path.join(checkout, "build", "bench-npm")
    tool = os.path.join(home, "node_modules", ".bin", "pgfence")
    if not os.path.exists(tool) and shutil.which("npm"):
        os.makedirs(home, exist_ok=True)
        npm = ["npm", "install", "--silent", "--no-save", "--prefix", home, PGFENCE]
        subprocess.run(npm, check=False)
    return [tool] if os.path.exists(tool) else []
