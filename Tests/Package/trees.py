"""A Debian system to try things in: a tree that is left as it was, with what is written elsewhere."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

# Programs of root are not in every path.
CHROOT = shutil.which("chroot", path="/usr/sbin:/sbin:/usr/bin:/bin") or "chroot"


def run(*command, **more):
    return subprocess.run(
        [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=more.pop("timeout", 120), **more)


class Tree:
    """A root folder in which commands run."""

    def __init__(self, root):
        self.root = root

    def path(self, name):
        return self.root / name.lstrip("/")

    def run(self, *command, status=0, **more):
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive"} | more.pop("environment", {})
        done = run(CHROOT, self.root, *command, env=environment, **more)
        assert status is None or done.returncode == status, f"{command}: {done.stdout}"
        return done.stdout

    def start(self, user, *command, environment=()):
        """Starts a command as a user of the tree."""
        return subprocess.Popen(
            [CHROOT, f"--userspec={user}", str(self.root), *command], stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={"PATH": "/usr/bin:/bin"} | dict(environment))


def can_mount():
    """Whether this is root on Debian, with file systems that lie over others."""
    if os.geteuid() != 0 or not pathlib.Path("/etc/debian_version").exists():
        return False
    with tempfile.TemporaryDirectory() as folder:
        return run("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", folder).returncode == 0 \
            and "overlay" in pathlib.Path("/proc/filesystems").read_text()


@contextlib.contextmanager
def copy_of(lower):
    """A tree that begins as `lower`, which stays as it is."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="offprint-tree-"))
    mounts = []

    def mount(*arguments):
        done = run("mount", *arguments)
        assert done.returncode == 0, done.stdout
        mounts.append(arguments[-1])

    try:
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", folder)
        for name in ("upper", "work", "root"):
            (folder / name).mkdir()
        root = folder / "root"
        options = f"lowerdir={lower},upperdir={folder}/upper,workdir={folder}/work"
        mount("-t", "overlay", "-o", options, "overlay", root)
        # No service manager of the machine, and nothing of its temporary files.
        for name in ("run", "tmp"):
            mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", root / name)
        mount("-t", "proc", "proc", root / "proc")
        mount("--bind", "/dev", root / "dev")
        yield Tree(root)
    finally:
        for point in reversed(mounts):
            run("umount", "--lazy", point)
        shutil.rmtree(folder, ignore_errors=True)
