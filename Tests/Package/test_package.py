"""The Debian package: what is in it, and what it does to a system."""
import json
import os
import pathlib
import re
import shutil
import urllib.request

import pytest
import trees
from program import ROOT

# A tree made by debootstrap; else the package is installed into a copy of this machine.
BARE = os.environ.get("OFFPRINT_TREE")
NEEDS = pytest.mark.skipif(not trees.can_mount(), reason="it takes root on Debian, and overlays")


def needs(tool):
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"there is no {tool}")


def fields(package):
    text = trees.run("dpkg-deb", "--field", package).stdout
    return dict(re.findall(r"^([A-Z][\w-]*): (.*)$", text, re.M))


def test_fields(package, program):
    control = fields(package)
    version = program("--version").split()[1]
    assert control["Version"] == version
    assert package.name == f"offprint_{version}_{control['Architecture']}.deb"
    for name in ("libc6", "libsqlite3-0", "zlib1g", "libcrypt1", "tzdata", "adduser"):
        assert re.search(rf"\b{name}\b", control["Depends"]), control["Depends"]


def test_files(unpacked):
    found = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    examples = {str(path.relative_to(ROOT / "Config")) for path in (ROOT / "Config").rglob("*")
                if path.is_file() and "__pycache__" not in path.parts}
    # Everything in Config is installed: in its place, or as an example.
    for name in examples:
        if name.startswith("package/") or name == "start":
            continue
        places = {
            "offprint.conf": "etc/offprint/offprint.conf",
            "offprint.service": "usr/lib/systemd/system/offprint.service",
            "offprint.socket": "usr/lib/systemd/system/offprint.socket"}
        default = f"usr/share/offprint/Config/{name}" if name.startswith("demo/") \
            else f"usr/share/doc/offprint/examples/{name}"
        assert places.get(name, default) in found
    for path in (ROOT / "Public").rglob("*"):
        if path.is_file():
            assert f"usr/share/offprint/{path.relative_to(ROOT)}" in found
    assert {"usr/bin/offprint", "usr/share/man/man1/offprint.1.gz",
            "usr/share/bash-completion/completions/offprint"} <= found


def test_units_name_what_is_there(unpacked):
    for unit in (unpacked / "usr/lib/systemd").rglob("*.*"):
        text = unit.read_text()
        assert "/usr/local" not in text, unit.name
        for path in re.findall(r"^Exec\w+=[-+!@:]*(/\S+)", text, re.M):
            assert (unpacked / path[1:]).exists() or pathlib.Path(path).exists(), (unit.name, path)
    service = (unpacked / "usr/lib/systemd/system/offprint.service").read_text()
    assert "User=offprint\nGroup=offprint\n" in service and "DynamicUser" not in service


def test_example_units_have_the_program_and_user_of_the_package(unpacked):
    for unit in (unpacked / "usr/share/doc/offprint/examples").glob("*.service"):
        text = unit.read_text()
        assert "/usr/local/bin/offprint serve" not in text, unit.name
        # systemd would move the folder of a user who is there to that of one who is not.
        assert not re.search(r"^User=offprint$", text, re.M) or "DynamicUser" not in text, unit.name


def test_settings_are_the_example_with_the_folder_of_the_package(unpacked):
    settings = (unpacked / "etc/offprint/offprint.conf").read_text()
    example = (ROOT / "Config/offprint.conf").read_text()
    assert settings == example.replace("#data = data\n", "data = /var/lib/offprint\n")
    assert settings != example


@needs("lintian")
def test_lintian(package):
    done = trees.run("lintian", "--allow-root", "--suppress-tags",
                     "uses-no-compression-for-control-tarball,uses-no-compression-for-data-tarball",
                     package)
    assert done.returncode == 0, done.stdout
    assert not re.search(r"^[EW]: ", done.stdout, re.M), done.stdout


def test_no_library_beyond_what_the_package_depends_on(unpacked):
    needed = set(re.findall(
        r"NEEDED.*\[(.+)\]", trees.run("readelf", "-d", unpacked / "usr/bin/offprint").stdout))
    allowed = {"libsqlite3.so.0", "libz.so.1", "libcrypt.so.1", "libm.so.6", "libstdc++.so.6",
               "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
    assert needed <= allowed


# What is linked


def test_bill_of_materials(unpacked, package):
    document = json.loads((unpacked / "usr/share/doc/offprint/offprint.cdx.json").read_text())
    assert document["bomFormat"] == "CycloneDX" and document["specVersion"] == "1.5"
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                        document["serialNumber"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["metadata"]["timestamp"])
    assert document["metadata"]["component"]["version"] == fields(package)["Version"]
    parts = {part["name"]: part for part in document["components"]}
    for part in parts.values():
        assert part["type"] == "library" and part["version"] and part["licenses"], part
    # Each package that is depended on for a library, with the version that is here.
    for name in ("libc6", "libsqlite3-0", "zlib1g", "libcrypt1", "libstdc++6"):
        installed = trees.run("dpkg-query", "-W", "-f=${Version}", name).stdout
        assert parts[name]["version"] == installed
        assert parts[name]["purl"].startswith("pkg:deb/debian/")
    for name in ("swift-stdlib", "swift-foundation", "swift-corelibs-libdispatch"):
        assert re.match(r"\d+\.\d+", parts[name]["version"])
    references = [part["bom-ref"] for part in document["components"]]
    assert len(set(references)) == len(references)
    assert document["dependencies"][0]["dependsOn"] == references


# Installing and removing


def status(tree):
    return tree.run("dpkg-query", "-W", "-f=${db:Status-Status}", "offprint", status=None).strip()


def served(tree):
    """Starts the server as its user, and returns a page and its headers."""
    server = tree.start("offprint:offprint", "/usr/bin/offprint", "serve", "--demo",
                        "--listen", "127.0.0.1:0")
    try:
        said = ""
        for line in server.stdout:
            said += line
            if found := re.search(r"(http://127\.0\.0\.1:\d+)", line):
                break
        else:
            raise AssertionError(said)
        with urllib.request.urlopen(found.group(1) + "/", timeout=20) as answer:
            page = answer.read().decode()
        style = re.search(r'href="(/[^"]+\.css[^"]*)"', page).group(1)
        with urllib.request.urlopen(found.group(1) + style, timeout=20) as answer:
            assert answer.status == 200
        return page
    finally:
        server.terminate()
        server.wait(30)


@NEEDS
@pytest.mark.skipif(shutil.which("adduser") is None and not BARE, reason="there is no adduser")
def test_installed_upgraded_removed_and_purged(package):
    with trees.copy_of(BARE or "/") as tree:
        shutil.copy(package, tree.path("/tmp/offprint.deb"))
        # The index of all man pages of this machine takes long and is no matter of the test.
        tree.path("/var/lib/man-db/auto-update").unlink(missing_ok=True)
        install = ("dpkg", "--install", "--force-confdef", "--force-confold", "/tmp/offprint.deb")
        tree.run(*install)
        assert status(tree) == "installed"
        user = tree.run("id", "-u", "offprint").strip()
        data, settings = tree.path("/var/lib/offprint"), tree.path("/etc/offprint/offprint.conf")
        assert str(data.stat().st_uid) == user and data.stat().st_mode & 0o777 == 0o700
        wanted = tree.path("/etc/systemd/system/multi-user.target.wants/offprint.service")
        if tree.path("/usr/bin/deb-systemd-helper").exists():
            assert wanted.is_symlink()
        assert "/etc/offprint/offprint.conf" in next(
            line for line in tree.run("offprint", "config").splitlines()
            if line.startswith("data "))
        assert "Total Index: 12 publications." in served(tree)
        # What root would write, the server could not read.
        said = tree.run("offprint", "subscriber", "add", "anna@example.org", status=1)
        assert "sudo -u offprint offprint" in said

        # An upgrade keeps the archive and changed settings.
        settings.write_text(settings.read_text() + "\nsite-name = The Institute\n")
        tree.run(*install)
        assert "<title>The Institute" in served(tree)
        tree.run("chroot", "--userspec=offprint:offprint", "/", "/usr/bin/offprint", "verify")

        # Removing keeps both, and purging keeps the archive unless told otherwise.
        tree.run("dpkg", "--remove", "offprint")
        assert not tree.path("/usr/bin/offprint").exists() and settings.exists()
        assert (data / "offprint.sqlite3").exists()
        assert "kept" in tree.run("dpkg", "--purge", "offprint")
        assert not settings.exists() and not wanted.is_symlink()
        assert (data / "offprint.sqlite3").exists()
        assert tree.run("id", "-u", "offprint").strip() == user

        # A later installation goes on with it.
        tree.run(*install)
        assert "Total Index: 12 publications." in served(tree)
        answer = "offprint offprint/delete-data boolean true\n"
        tree.path("/tmp/answer").write_text(answer)
        tree.run("debconf-set-selections", "/tmp/answer")
        tree.run("dpkg", "--purge", "offprint")
        assert not data.exists()
        tree.run("id", "offprint", status=1)
        left = [path for name in ("usr/share/offprint", "usr/share/doc/offprint", "etc/offprint")
                if (path := tree.path(name)).exists()]
        assert left == []
