"""Tools that do comparable work, in an environment of their own."""

import os
import subprocess
import sys

PACKAGES = ("cogapp==3.6.0", "compliance-trestle==5.2.0", "strictdoc==0.30.4")


def installed(checkout: str) -> str:
    """Return the folder of the peers' commands, and install them on the first call."""
    home = os.path.join(checkout, "build", "bench")
    tools = os.path.join(home, "bin")
    if not os.path.exists(os.path.join(home, "ready")):
        print("Installing the peers ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip = [os.path.join(tools, "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", *PACKAGES], check=True)
        with open(os.path.join(home, "ready"), "w", encoding="utf-8"):
            pass
    return tools
