"""Init, render and check, from the built wheel, in a clean environment, outside of the checkout."""

import os
import subprocess
import sys
import sysconfig

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

SCHEMA = 'datasource db {\n  provider = "%s"\n}\n'
STACKS: dict[str, dict[str, str]] = {
    "prisma-sqlite": {"app/prisma/schema.prisma": SCHEMA % "sqlite"},
    "prisma-postgresql": {"prisma/schema.prisma": SCHEMA % "postgresql"},
    "plain-sql": {"db/migrations/0001_start.up.sql": "CREATE TABLE a (id int);\n"},
    "nothing": {},
}


@pytest.fixture(scope="module")
def handrail(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command of a virtual environment that holds the wheel, and its dependencies beside it."""
    folder = str(tmp_path_factory.mktemp("wheel"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = [os.path.join(folder, name) for name in os.listdir(folder)]
    home = os.path.join(folder, "venv")
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    python = os.path.join(home, "bin", "python")
    install = [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True)
    return [python, "-c", f"import sys; sys.path.append({sysconfig.get_paths()['purelib']!r}); {_MAIN}"]


_MAIN = "import handrail.__main__ as m; assert 'venv' in m.__file__; m.main()"


def run(handrail: list[str], folder: str, *words: str) -> tuple[int, str]:
    done = subprocess.run([*handrail, *words], cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("stack", STACKS)
def test_init_render_check_in_a_new_repository(handrail: list[str], stack: str, tmp_path: object) -> None:
    folder = str(tmp_path)
    subprocess.run(["git", "init", "-q", folder], check=True)
    for path, text in STACKS[stack].items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(text)
    for words in (["init"], ["validate"], ["render"], ["check"], ["check", "--full"]):
        code, said = run(handrail, folder, *words)
        assert code == 0, said
    code, said = run(handrail, folder, "render")
    assert (code, "written" in said) == (0, False), said
    code, said = run(handrail, folder, "init")
    assert (code, "written" in said) == (0, False), said


def test_init_overwrites_nothing(handrail: list[str], tmp_path: object) -> None:
    folder = str(tmp_path)
    with open(os.path.join(folder, "mkdocs.yml"), "w", encoding="utf-8") as file:
        file.write("site_name: ours\n")
    code, said = run(handrail, folder, "init")
    assert code == 0
    assert "kept       mkdocs.yml" in said
    with open(os.path.join(folder, "mkdocs.yml"), encoding="utf-8") as file:
        assert file.read() == "site_name: ours\n"
    code, said = run(handrail, folder, "render")
    assert code == 1
    assert "mkdocs.yml has no block 'navigation'" in said
