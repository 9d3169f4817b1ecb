"""What describes the program says what the program says: man page, completion, monitoring, units."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import urllib.request

import pytest
import trees
from program import ENVIRONMENT, PROGRAM, ROOT, Server
from test_package import needs

CONFIG = ROOT / "Config"
UNITS = sorted(CONFIG.rglob("*.service"))


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    done = trees.run(CONFIG / "package/manual", PROGRAM)
    assert done.returncode == 0, done.stdout
    path = tmp_path_factory.mktemp("man") / "offprint.1"
    path.write_text(done.stdout)
    return path


def test_man_page_describes_every_command_and_option(page, helps, options):
    text = page.read_text()
    assert "@" not in re.sub(r"\S+@\S+\.\S+", "", text)
    sections = dict(re.findall(r"^\.Ss (\S+)\n(.*?)(?=^\.S[sh] )", text, re.M | re.S))
    assert list(sections) == list(helps)
    for name, section in sections.items():
        plain = section.replace("\\-", "-")
        # .Fl puts a hyphen before its argument.
        found = set(re.findall(r"--[a-z][a-z0-9-]*", plain))
        found |= {"-" + flag for flag in re.findall(r"^\.Fl (-[a-z0-9-]+)", plain, re.M)}
        assert found == options[name], name


@needs("mandoc")
def test_man_page_by_mandoc(page):
    done = trees.run("mandoc", "-T", "lint", "-W", "warning", page)
    found = [line for line in done.stdout.splitlines() if "outdated mandoc.db" not in line]
    assert found == []


@needs("man")
def test_man_page_by_man(page):
    done = subprocess.run(
        ["man", "--warnings", "-l", page], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"})
    if "No manual entry" in done.stderr or "minimized" in done.stdout:
        pytest.skip("man is not installed whole")
    assert done.returncode == 0 and done.stderr == ""
    for heading in ("SYNOPSIS", "COMMANDS", "FILES", "SIGNALS", "EXIT STATUS"):
        assert f"\n{heading}" in done.stdout


def completed(*words):
    script = f"""
      . {CONFIG}/package/completion.bash
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _offprint
      printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", script, "bash", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=CONFIG)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return set(done.stdout.split())


def test_completion(commands, options, helps):
    program = str(PROGRAM)
    assert completed(program, "") == {*commands, "help", "--help", "--version"}
    assert completed(program, "he") == {"health", "help"}
    assert completed(program, "help", "") == set(commands)
    for name in commands:
        assert completed(program, name, "--") == options[name]
    forms = set(re.findall(r"offprint user ([a-z-]+)", helps["user"]))
    assert completed(program, "user", "") == forms
    assert completed(program, "user", "add", "anna", "--role", "e") == {"editor"}
    assert "offprint.conf" in completed(program, "verify", "--config", "offp")
    assert completed(program, "nothing", "") == set()


# Monitoring


@pytest.fixture(scope="module")
def metrics(tmp_path_factory):
    """What /metrics prints, and the names of its families."""
    folder = tmp_path_factory.mktemp("metrics")
    server = Server(folder / "data")
    try:
        # Times are printed once there are some.
        subprocess.run([PROGRAM, "backup", folder / "backup", "--data", server.folder], check=True,
                       env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with urllib.request.urlopen(server.origin + "/metrics", timeout=20) as answer:
            return answer.read().decode()
    finally:
        server.stop()


# What the first check of all PDFs, at night, begins with, and what only replicas have.
LATER = {"offprint_verify_last_success_timestamp_seconds", "offprint_replica_lag_seconds"}


def named(text):
    return set(re.findall(r"\b(?:offprint|process)_[a-z_]+[a-z]", text))


def printed(metrics):
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", metrics, re.M))
    return {name + end for name, kind in kinds.items()
            for end in (("_bucket", "_sum", "_count") if kind == "histogram" else ("",))}


def expressions(value):
    """The expressions of a dashboard."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "expr" or key == "query" and isinstance(part, str):
                yield part
            else:
                yield from expressions(part)
    elif isinstance(value, list):
        for part in value:
            yield from expressions(part)


def test_monitoring_names_only_metrics_that_there_are(metrics):
    dashboard = json.loads((CONFIG / "monitoring/grafana.json").read_text())
    alerts = (CONFIG / "monitoring/alerts.yml").read_text()
    of_dashboard = named(" ".join(expressions(dashboard)))
    of_alerts = named(" ".join(
        re.findall(r"expr: (?:>-)?(.*?)\n +(?:for|labels):", alerts, re.S)))
    assert len(of_dashboard) > 15 and len(of_alerts) > 8
    assert of_dashboard | of_alerts <= printed(metrics) | LATER
    source = "".join(path.read_text() for path in (ROOT / "Sources/Site").rglob("*.swift"))
    assert all(f'"{name}"' in source for name in LATER)


def test_dashboard_has_no_two_panels_in_one_place():
    dashboard = json.loads((CONFIG / "monitoring/grafana.json").read_text())
    places = [panel["gridPos"] for panel in dashboard["panels"]]
    taken = [(x, y) for place in places for x in range(place["x"], place["x"] + place["w"])
             for y in range(place["y"], place["y"] + place["h"])]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    numbers = [panel["id"] for panel in dashboard["panels"]]
    assert len(numbers) == len(set(numbers))


@needs("promtool")
def test_promtool(metrics):
    done = trees.run("promtool", "check", "config", CONFIG / "monitoring/prometheus.yml")
    assert done.returncode == 0, done.stdout
    done = subprocess.run(
        ["promtool", "check", "metrics"], input=metrics, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0 and done.stdout == "", done.stdout


# Units and the container


@needs("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit_is_confined(unit):
    # In tenths: 11 is an exposure of 1.1.
    done = trees.run("systemd-analyze", "security", "--offline=true", "--threshold=11", "--no-pager",
                     unit)
    assert done.returncode == 0, done.stdout


def hadolint():
    beside = pathlib.Path(shutil.which("python3") or "").parent / "hadolint"
    of_venv = ROOT / ".venv/bin/hadolint"
    return next((str(path) for path in (of_venv, beside) if path.exists()), shutil.which("hadolint"))


@pytest.mark.skipif(hadolint() is None, reason="there is no hadolint")
def test_dockerfile():
    done = trees.run(hadolint(), ROOT / "Dockerfile")
    assert done.returncode == 0, done.stdout
