#!/usr/bin/env python3
"""Offprint beside nginx: the same octets from both, in interleaved rounds, as ratios.

It takes a release build of offprint, fills a folder with the demo, fetches one article page, its PDF and
/health/live from it, gives the same octets to nginx as files (one worker, sendfile, open_file_cache, gzip_static,
no access log), pins both servers to core 0 and wrk to core 1, and lets them serve in turn. It prints, for each
kind of request, the median of the ratios of throughput (above 1: offprint is faster) and of processor time per
request (below 1: offprint needs less), with the range over the rounds. Nothing is asserted: figures depend on the
machine, and a difference below a fifth means little. Needs nginx, wrk and taskset; not a part of the tests.

usage: Tests/Benchmarks/benchmark.py [--offprint PATH] [--rounds N] [--seconds S] [--serve COMMAND --base URL
       --page PATH --pdf PATH] [KIND ...]
"""
import argparse, gzip, os, re, shlex, shutil, signal, socket, statistics, subprocess, sys, tempfile, time
import urllib.request

NGINX = """
worker_processes 1; pid %(folder)s/nginx.pid; error_log %(folder)s/error.log; daemon off;
events { worker_connections 20000; use epoll; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; gzip_static on;
  keepalive_requests 1000000000; keepalive_timeout 600;
  open_file_cache max=1000 inactive=600s; open_file_cache_valid 600s;
  client_body_temp_path %(folder)s/t1; proxy_temp_path %(folder)s/t2; fastcgi_temp_path %(folder)s/t3;
  uwsgi_temp_path %(folder)s/t4; scgi_temp_path %(folder)s/t5;
  types { text/html html; application/pdf pdf; }
  server {
    listen 127.0.0.1:%(port)d backlog=4096; root %(folder)s/www;
    location = /live { default_type application/json; return 200 '{"status":"ok"}'; }
  }
}
"""

SCRIPT = 'wrk.method = "GET"\n%s\n'


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            sys.exit("a server ended at once: %s" % process.args)
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("no server on port %d" % port)


def processor_seconds(pid):
    """User and system time of a process and its children that are alive."""
    total = 0
    for p in [pid] + [int(c) for c in open("/proc/%d/task/%d/children" % (pid, pid)).read().split()]:
        fields = open("/proc/%d/stat" % p).read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


class Round:
    def __init__(self, pid, url, fields, connections, seconds, folder):
        script = os.path.join(folder, "wrk.lua")
        with open(script, "w") as f:
            f.write(SCRIPT % "\n".join('wrk.headers["%s"] = %s' % (n, repr(v).replace("'", '"') if '"' not in v else "'%s'" % v)
                                       for n, v in fields.items()))
        before = processor_seconds(pid)
        text = subprocess.run(
            ["taskset", "-c", "1", "wrk", "-t1", "-c%d" % connections, "-d%gs" % seconds, "--latency", "-s", script, url],
            stdout=subprocess.PIPE, text=True, check=True).stdout
        self.cpu = processor_seconds(pid) - before
        self.requests = int(re.search(r"(\d+) requests in", text).group(1))
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))
        self.errors = re.findall(r"(Socket errors.*|Non-2xx.*)", text)
        self.percentiles = {p: milliseconds(v) for p, v in re.findall(r"^\s+(50|99)%\s+(\S+)", text, re.M)}

    @property
    def microseconds(self):
        return 1e6 * self.cpu / max(1, self.requests)


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}[unit]


def fetch(url, **fields):
    with urllib.request.urlopen(urllib.request.Request(url, headers=fields)) as answer:
        return answer.read(), answer.headers


def main():
    ap = argparse.ArgumentParser(usage=__doc__)
    ap.add_argument("kinds", nargs="*")
    ap.add_argument("--offprint", default=".build/release/offprint")
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--seconds", type=float, default=3)
    ap.add_argument("--serve", help="another command that serves on --base")
    ap.add_argument("--base")
    ap.add_argument("--page", default="/publications/asia-pacific-balance")
    ap.add_argument("--pdf", default="/publications/asia-pacific-balance.pdf")
    ap.add_argument("--live", default="/health/live")
    a = ap.parse_args()
    folder = tempfile.mkdtemp(prefix="offprint-benchmark-")
    processes = []
    try:
        run(a, folder, processes)
    finally:
        for p in processes:
            p.send_signal(signal.SIGTERM)
        for p in processes:
            p.wait()
        shutil.rmtree(folder)


def run(a, folder, processes):
    port = free_port()
    base = a.base or "http://127.0.0.1:%d" % port
    command = shlex.split(a.serve) if a.serve else [
        a.offprint, "serve", "--demo", "--data", folder + "/data", "--listen", "127.0.0.1:%d" % port]
    with open(folder + "/offprint.log", "w") as log:
        ours = subprocess.Popen(["taskset", "-c", "0"] + command, stdout=log, stderr=log)
    processes.append(ours)
    wait_for(int(base.rsplit(":", 1)[1]), ours)

    os.makedirs(folder + "/www")
    page, fields = fetch(base + a.page)
    zipped, _ = fetch(base + a.page, **{"Accept-Encoding": "gzip"})
    pdf, _ = fetch(base + a.pdf)
    tag = fields["ETag"]
    for name, octets in (("page.html", page), ("page.html.gz", zipped), ("doc.pdf", pdf)):
        with open("%s/www/%s" % (folder, name), "wb") as f:
            f.write(octets)
    os.chmod(folder, 0o755)
    other = free_port()
    with open(folder + "/nginx.conf", "w") as f:
        f.write(NGINX % {"folder": folder, "port": other})
    nginx = subprocess.Popen(["taskset", "-c", "0", "nginx", "-c", folder + "/nginx.conf"])
    processes.append(nginx)
    wait_for(other, nginx)
    theirs = "http://127.0.0.1:%d" % other
    their_tag = fetch(theirs + "/page.html")[1]["ETag"]
    print("page %d octets, gzip %d, PDF %d" % (len(page), len(zipped), len(pdf)))

    close = {"Connection": "close"}
    part = {"Range": "bytes=%d-%d" % (len(pdf) * 2 // 5, len(pdf) * 2 // 5 + min(100_000, len(pdf) // 2) - 1)}
    kinds = {
        "page": (a.page, "/page.html", {}, {}, 64),
        "gzip": (a.page, "/page.html", {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip"}, 64),
        "live": (a.live, "/live", {}, {}, 64),
        "304": (a.page, "/page.html", {"If-None-Match": tag}, {"If-None-Match": their_tag}, 64),
        "pdf": (a.pdf, "/doc.pdf", {}, {}, 64),
        "range": (a.pdf, "/doc.pdf", part, part, 64),
        "close": (a.page, "/page.html", close, close, 64),
        "c512": (a.page, "/page.html", {}, {}, 512),
        "c1": (a.page, "/page.html", {}, {}, 1),
    }
    print("%-6s %20s %20s %9s %9s %9s %9s  %s" % (
        "kind", "throughput ratio", "CPU ratio", "µs ours", "µs nginx", "p50 ratio", "p99 ratio", "errors"))
    for name, (path, their_path, fields, their_fields, connections) in kinds.items():
        if a.kinds and name not in a.kinds:
            continue
        pairs = []
        for number in range(a.rounds):
            both = [(ours.pid, base + path, fields), (nginx.pid, theirs + their_path, their_fields)]
            results = {}
            for pid, url, f in both if number % 2 == 0 else reversed(both):
                results[pid] = Round(pid, url, f, connections, a.seconds, folder)
            pairs.append((results[ours.pid], results[nginx.pid]))

        def ratio(value):
            ratios = sorted(value(o) / max(value(n), 1e-9) for o, n in pairs)
            return "%.2f (%.2f-%.2f)" % (statistics.median(ratios), ratios[0], ratios[-1])

        middle = lambda which, value: statistics.median(value(p[which]) for p in pairs)
        print("%-6s %20s %20s %9.1f %9.1f %9.2f %9.2f  %s" % (
            name, ratio(lambda r: r.rate), ratio(lambda r: r.microseconds),
            middle(0, lambda r: r.microseconds), middle(1, lambda r: r.microseconds),
            middle(0, lambda r: r.percentiles["50"]) / middle(1, lambda r: r.percentiles["50"]),
            middle(0, lambda r: r.percentiles["99"]) / middle(1, lambda r: r.percentiles["99"]),
            " ".join(e for o, n in pairs for e in o.errors + n.errors) or "none"), flush=True)


if __name__ == "__main__":
    main()
