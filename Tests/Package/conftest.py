"""The package, made once of the program as it is built for release."""
import os
import pathlib
import re
import subprocess
import sys

import pytest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parents[1])]
import trees  # noqa: E402
from program import ENVIRONMENT, PROGRAM, ROOT  # noqa: E402

RELEASED = os.environ.get("OFFPRINT_RELEASE")


def build(output, *options):
    done = subprocess.run(
        ["bash", ROOT / "Config/package/build", "--program", RELEASED, "--output", output, *options],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=ENVIRONMENT, timeout=300)
    assert done.returncode == 0, done.stderr
    return pathlib.Path(done.stdout.strip())


@pytest.fixture(scope="session")
def package(tmp_path_factory):
    if RELEASED is None:
        pytest.skip("OFFPRINT_RELEASE names no program that was built for release")
    if "libswiftCore.so" in trees.run("readelf", "-d", RELEASED).stdout:
        pytest.skip("the program needs the Swift libraries: build it with --static-swift-stdlib")
    # Compressing takes half a minute and is no matter of the tests.
    return build(tmp_path_factory.mktemp("package"), "--uncompressed")


@pytest.fixture(scope="session")
def unpacked(package, tmp_path_factory):
    """The files of the package."""
    folder = tmp_path_factory.mktemp("unpacked")
    assert trees.run("dpkg-deb", "--extract", package, folder).returncode == 0
    return folder


@pytest.fixture(scope="session")
def program():
    """Runs the program that the tests were built with."""

    def run(*words, status=0):
        done = subprocess.run(
            [PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=ENVIRONMENT, timeout=60)
        assert done.returncode == status, done.stdout
        return done.stdout

    return run


@pytest.fixture(scope="session")
def commands(program):
    listed = program("help").split("COMMAND …\n", 1)[1].split("\n\n", 1)[0]
    return [line.split()[0] for line in listed.splitlines()]


@pytest.fixture(scope="session")
def helps(program, commands):
    return {name: program("help", name) for name in commands}


@pytest.fixture(scope="session")
def options(helps):
    """The options that the help of each command names."""
    return {name: set(re.findall(r"--[a-z][a-z0-9-]*", text)) for name, text in helps.items()}
