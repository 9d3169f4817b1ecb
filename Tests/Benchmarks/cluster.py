#!/usr/bin/env python3
"""Several servers behind HAProxy, and Varnish before one: what they add, in requests per second.

It takes a release build of offprint, imports 300 publications, starts servers on copies of the folder, and gives each
a share of one core (a control group with cpu.cfs_quota_us or cpu.max, so it needs root). HAProxy and Varnish run with
the files of Config, without TLS and without a limit. wrk reads through them, in turn with one and with three servers.

It prints, for each kind of request, the medians of the requests per second, and the median of their ratios. "rendered"
are articles and the home page with the server's response cache turned off, by one and by three servers; "varnish" are
the same by one server, and by Varnish before it. "cached" and "varnish-cached" are those with the response cache, and
have no bar: a server answers such a page within about 10 microseconds of processor time, as HAProxy and Varnish do, so
they and wrk are the limit. Needs haproxy, varnishd and wrk; not a part of the tests. The load generator and the engines
need a core of their own: on a busy or small machine the ratios are too low.

usage: Tests/Benchmarks/cluster.py [--offprint PATH] [--rounds N] [--seconds S] [--share CORES] [--only KIND[,KIND]]
"""
import argparse, json, os, pathlib, re, shutil, socket, statistics, subprocess, tempfile, time, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPERS = 300
SCRIPT = """
local paths = {%s}
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next], {["Accept-Encoding"] = "gzip"})
end
"""


def port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def answers(address, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            return urllib.request.urlopen(address, timeout=5).read()
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{address} does not answer")


class Share:
    """A control group that gets a part of one core; version 2 or 1, whichever the machine has."""

    def __init__(self, name, cores):
        version2 = pathlib.Path("/sys/fs/cgroup/cgroup.controllers").exists()
        self.path = pathlib.Path("/sys/fs/cgroup" if version2 else "/sys/fs/cgroup/cpu") / f"offprint-{os.getpid()}-{name}"
        self.path.mkdir()
        period = 20_000
        if version2:
            (self.path / "cpu.max").write_text(f"{int(period * cores)} {period}")
        else:
            (self.path / "cpu.cfs_period_us").write_text(str(period))
            (self.path / "cpu.cfs_quota_us").write_text(str(int(period * cores)))

    def take(self, process):
        (self.path / "cgroup.procs").write_text(str(process))

    def remove(self):
        self.path.rmdir()


class Cluster:
    def __init__(self, offprint, folder, share):
        self.offprint, self.folder, self.share = offprint, pathlib.Path(folder), share
        self.running, self.shares = [], []
        self.archive = self.folder / "archive"
        lines = "".join(json.dumps({
            "slug": f"paper-{n}", "title": f"Ferries in winter, part {n}", "published": f"{1990 + n % 30}-03-01",
            "authors": [f"Mira Koval {n % 40}"], "topics": [f"Harbour {n % 12}"], "abstract": "What the pilots saw. " * 60,
        }) + "\n" for n in range(PAPERS))
        (self.folder / "catalogue.jsonl").write_text(lines)
        subprocess.run([offprint, "import", self.folder / "catalogue.jsonl", "--data", self.archive], check=True,
                       stdout=subprocess.DEVNULL)
        paths = ["/"] + [f"/publications/paper-{n}" for n in range(PAPERS)]
        self.script = self.folder / "paths.lua"
        self.script.write_text(SCRIPT % ", ".join(f'"{path}"' for path in paths))

    def start(self, *arguments):
        process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.running.append(process)
        return process

    def node(self, *more):
        data = self.folder / f"node-{len(self.shares)}"
        shutil.copytree(self.archive, data)
        chosen = port()
        process = self.start(self.offprint, "serve", "--data", data, "--listen", f"127.0.0.1:{chosen}", "--loops", "1",
                             "--workers", "2", "--log-level", "warning", *more)
        answers(f"http://127.0.0.1:{chosen}/search?q=ferries")
        share = Share(len(self.shares), self.share)
        share.take(process.pid)
        self.shares.append(share)
        return chosen

    def haproxy(self, ports):
        text = (ROOT / "Config/haproxy.cfg").read_text()
        chosen = port()
        text = text.replace("/run/haproxy", str(self.folder)).replace("    log /dev/log local0\n", "")
        text = text.replace("bind :80\n", f"bind 127.0.0.1:{chosen}\n")
        text = re.sub(r"\n.*(bind :443|redirect scheme).*", "", text)
        text = text.replace("server primary 127.0.0.1:8080", f"server primary 127.0.0.1:{ports[0]}")
        for replica, place in zip(ports[1:], ["#server replica1 192.0.2.11:8080", "#server replica2 192.0.2.12:8080"]):
            text = text.replace(place, f"server replica{replica} 127.0.0.1:{replica}")
        file = self.folder / f"haproxy-{chosen}.cfg"
        file.write_text(text)
        self.start("haproxy", "-db", "-f", file)
        answers(f"http://127.0.0.1:{chosen}/")
        return chosen

    def varnish(self, backend):
        text = (ROOT / "Config/varnish.vcl").read_text().replace('.port = "8080"', f'.port = "{backend}"')
        chosen = port()
        file = self.folder / "varnish.vcl"
        file.write_text(text)
        self.start("varnishd", "-F", "-j", "none", "-n", self.folder / "varnish", "-f", file, "-a", f"127.0.0.1:{chosen}",
                   "-s", "malloc,128m")
        answers(f"http://127.0.0.1:{chosen}/")
        return chosen

    def read(self, target, seconds):
        """Requests per second; every response must be a page."""
        report = subprocess.run(
            ["wrk", "-t1", "-c48", f"-d{seconds}s", "--timeout", "10s", "-s", self.script, f"http://127.0.0.1:{target}"],
            check=True, capture_output=True, text=True).stdout
        if "Non-2xx" in report or "Socket errors" in report:
            raise SystemExit(report)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])

    def stop(self):
        for process in self.running:
            process.kill()
            process.wait()
        for share in self.shares:
            share.remove()
        self.running, self.shares = [], []


def compare(cluster, name, bar, one, many, rounds, seconds):
    for target in one, many:
        cluster.read(target, 1)
    pairs = [(cluster.read(one, seconds), cluster.read(many, seconds)) for _ in range(rounds)]
    first, second = (statistics.median(column) for column in zip(*pairs))
    ratios = [b / a for a, b in pairs]
    ratio = statistics.median(ratios)
    print(f"{name:<14} {first:8.0f} /s -> {second:8.0f} /s   x {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})   "
          f"{'' if bar is None else f'met: {bar}' if ratio >= bar else f'not met: {bar}'}", flush=True)
    return bar is None or ratio >= bar


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--offprint", default=ROOT / ".build/release/offprint")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.2)
    parser.add_argument("--only", default="rendered,varnish,cached,varnish-cached")
    given = parser.parse_args()
    met = True
    with tempfile.TemporaryDirectory(prefix="offprint-cluster-") as folder:
        cluster = Cluster(given.offprint, folder, given.share)
        for name in given.only.split(","):
            try:
                more = [] if name.endswith("cached") else ["--response-cache", "0"]
                if name.startswith("varnish"):
                    node = cluster.node(*more)
                    targets, bar = (node, cluster.varnish(node)), 8
                else:
                    nodes = [cluster.node(*more) for _ in range(3)]
                    targets, bar = (cluster.haproxy(nodes[:1]), cluster.haproxy(nodes)), 2.7
                if more == []:
                    bar = None
                met &= compare(cluster, name, bar, *targets, given.rounds, given.seconds)
            finally:
                cluster.stop()
                shutil.rmtree(cluster.folder / "varnish", ignore_errors=True)
                for node in cluster.folder.glob("node-*"):
                    shutil.rmtree(node)
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
