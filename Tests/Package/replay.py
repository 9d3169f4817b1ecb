#!/usr/bin/env python3
"""Does what the Dockerfile says in a tree of Debian, where there is no Docker, and tries the result.

  debootstrap --variant=minbase bookworm TREE
  python3 Tests/Package/replay.py --tree TREE --program .build/release/offprint

Takes root and a network. Each stage begins as a copy of the tree; the stage that compiles only
installs its packages, unless --toolchain names the folder of a Swift toolchain, and what it would
make is the program that is given. Then the image is started as its user with a read-only root, is
asked for its health as the Dockerfile says, and is stopped by its signal.
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent)]
import trees  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def instructions(text):
    """The instructions of a Dockerfile, each with its arguments on one line."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    text = re.sub(r"\\\n\s*", "", "\n".join(lines))
    for line in text.splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            yield name.upper(), rest.strip()


def stages(text):
    found = []
    for name, rest in instructions(text):
        if name == "FROM":
            words = rest.split()
            found.append((words[2] if len(words) > 2 else str(len(found)), words[0], []))
        else:
            found[-1][2].append((name, rest))
    return found


class Image:
    """A stage that is being made."""

    def __init__(self, tree):
        self.tree, self.environment, self.user, self.folder = tree, {}, "0:0", "/"
        self.entrypoint, self.health, self.signal = [], [], "SIGTERM"

    def do(self, name, rest, made, compiles):
        if name == "RUN":
            if "swift build" in rest and not compiles:
                print("   (not compiled)")
                return
            # The name server of this machine.
            shutil.copyfile("/etc/resolv.conf", self.tree.path("/etc/resolv.conf"))
            self.tree.run(
                "sh", "-c", f"cd {self.folder} && {rest}", environment=self.environment, timeout=1800)
        elif name == "COPY":
            words = shlex.split(rest)
            origin = ROOT
            if words[0].startswith("--from="):
                origin = made[words.pop(0).removeprefix("--from=")]
            *sources, target = words
            for source in sources:
                path = pathlib.Path(str(origin) + "/" + source.lstrip("/"))
                place = self.tree.path(os.path.join(self.folder, target))
                place.parent.mkdir(parents=True, exist_ok=True)
                if path.is_dir():
                    shutil.copytree(path, place, dirs_exist_ok=True)
                else:
                    shutil.copy(path, place / path.name if target.endswith("/") else place)
        elif name == "ENV":
            self.environment |= dict(word.split("=", 1) for word in shlex.split(rest))
        elif name == "WORKDIR":
            self.folder = rest
            self.tree.path(rest).mkdir(parents=True, exist_ok=True)
        elif name == "USER":
            self.user = rest
        elif name == "ENTRYPOINT":
            self.entrypoint = json.loads(rest)
        elif name == "HEALTHCHECK":
            self.health = json.loads(rest.split("CMD", 1)[1])
        elif name == "STOPSIGNAL":
            self.signal = rest
        elif name not in ("VOLUME", "EXPOSE", "LABEL"):
            sys.exit(f"replay: {name} is not understood")

    def command(self, *words):
        return [trees.CHROOT, f"--userspec={self.user}", str(self.tree.root), "sh", "-c",
                f'cd {self.folder} && exec "$@"', "sh", *words]


def prove(image):
    """Starts the image and asks for its health."""
    data = image.tree.path("/data")
    volume = image.tree.root.parent / "volume"
    shutil.copytree(data, volume)
    os.chmod(volume, 0o700)
    os.chown(volume, *(int(number) for number in image.user.split(":")))
    # Only for this machine.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin"} | image.environment | {
        "OFFPRINT_LISTEN": address}
    try:
        subprocess.run(["mount", "--bind", volume, data], check=True)
        # The overlay becomes read-only; the volume does not.
        subprocess.run(["mount", "-o", "remount,ro", image.tree.root], check=True)
        server = subprocess.Popen(
            image.command(*image.entrypoint, "--demo"), env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        deadline = time.monotonic() + 30
        while True:
            done = subprocess.run(
                image.command(*image.health), env=environment, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True)
            if done.returncode == 0 or time.monotonic() > deadline:
                break
            time.sleep(0.2)
        server.send_signal(getattr(signal, image.signal))
        status = server.wait(40)
        print(done.stdout)
        if done.returncode or status:
            sys.exit(f"replay: health {done.returncode}, end {status}: {server.stdout.read()}")
    finally:
        subprocess.run(["umount", "--lazy", data])
        subprocess.run(["mount", "-o", "remount,rw", image.tree.root])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tree", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--toolchain")
    arguments = parser.parse_args()
    made = {}
    *before, last = stages((ROOT / "Dockerfile").read_text())
    for name, origin, steps in before:
        with trees.copy_of(arguments.tree) as tree:
            print(f"== {name}, from {origin}")
            image = Image(tree)
            if arguments.toolchain:
                shutil.copytree(arguments.toolchain, tree.path("/usr"), dirs_exist_ok=True,
                                symlinks=True)
            for step in steps:
                print("  ", step[0], step[1][:100])
                image.do(*step, made, arguments.toolchain)
        product = pathlib.Path(arguments.program).resolve().parent / "replayed/out"
        product.mkdir(parents=True, exist_ok=True)
        shutil.copy(arguments.program, product / "offprint")
        subprocess.run(["strip", product / "offprint"], check=True)
        made[name] = product.parent
    with trees.copy_of(arguments.tree) as tree:
        print(f"== {last[0]}, from {last[1]}")
        image = Image(tree)
        for step in last[2]:
            print("  ", step[0], step[1][:100])
            image.do(*step, made, False)
        prove(image)
    shutil.rmtree(pathlib.Path(arguments.program).resolve().parent / "replayed")
    print("the image starts, is healthy and stops")


if __name__ == "__main__":
    main()
