#!/usr/bin/env python3
"""Offprint beside nginx: the same bytes from both, in interleaved rounds, as ratios.

It takes a release build of offprint, imports a catalogue of 5,819 publications, one of them with a page of about
12 KiB and a PDF of 1.2 MiB, fetches page, PDF and /health/live, gives the same bytes to nginx as files (one worker,
sendfile, open_file_cache, gzip_static, no access log), pins both servers to core 0 and wrk to core 1, and lets them
serve in turn.

Request heads vary as those of browsers do: 4,000 heads with different user agents, cookies, referrers and languages,
made beforehand and sent in turn to both servers. A benchmark that repeats one head measures a cache of heads.

It prints, for each kind of request, the median of the ratios of throughput (above 1: offprint is faster) and of
processor time per request (below 1: offprint needs less), with the range over the rounds, the processor time per
request of both, and whether the bar is met. Four kinds are of offprint alone: "miss" is the processor time of a
compressed article page that is not in the cache, "hit" of the same when it is, "start" the time from the start of the
process to the first article and the first home page, "idle" the memory with 10,000 idle connections and how long
/health takes meanwhile. The exit status is 0 when every bar was met; figures depend on the machine, and a difference
below a fifth means little. Needs nginx, wrk and taskset; not a part of the tests.

usage: Tests/Benchmarks/benchmark.py [--offprint PATH] [--rounds N] [--seconds S] [--only KIND[,KIND]]
"""
import argparse, json, os, random, re, resource, shutil, signal, socket, statistics, subprocess, sys, tempfile, time
import urllib.parse, urllib.request

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

# The heads are read before the first request, so that wrk spends as little on each as on a fixed one.
SCRIPT = """
local heads = {}
local file = io.open("%s", "rb")
for head in file:read("*a"):gmatch("([^%%z]+)%%z") do heads[#heads + 1] = head end
file:close()
local next = 0
request = function()
  next = next %% #heads + 1
  return heads[next]
end
"""


def heads(path, fields, count=4000):
    """So many request heads as browsers send them, no two alike, each with an end of its own."""
    dice = random.Random(7)
    tags = "en en-US en-GB sv sv-SE de de-DE fr fr-FR es pt-BR it nl da nb fi pl cs ru uk tr ar he zh-CN zh-TW ja ko".split()
    systems = ["Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64", "X11; Ubuntu; Linux x86_64",
               "iPhone; CPU iPhone OS 17_4 like Mac OS X", "Linux; Android 14; Pixel 8", "Linux; Android 13; SM-G991B"]
    sites = ["https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/", "https://scholar.google.com/",
             "https://en.wikipedia.org/wiki/Strait_of_%d", "https://example.org/reading-list/%d", "http://127.0.0.1/search?q=word%d"]
    made = []
    for n in range(count):
        system, version = dice.choice(systems), "%d.0.%d.%d" % (dice.randint(90, 140), dice.randint(1000, 7000), dice.randint(0, 250))
        agent = dice.choice([
            "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s Safari/537.36",
            "Mozilla/5.0 (%s) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/%s Safari/605.1.15",
            "Mozilla/5.0 (%s; rv:124.0) Gecko/20100101 Firefox/%s"]) % (system, version)
        languages = dice.sample(tags, dice.randint(1, 4))
        lines = ["GET %s HTTP/1.1" % path, "Host: 127.0.0.1", "User-Agent: " + agent,
                 "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                 "Accept-Language: " + ",".join([languages[0]] + ["%s;q=0.%d" % (t, 9 - k) for k, t in enumerate(languages[1:])]),
                 "Sec-Fetch-Dest: document", "Sec-Fetch-Mode: navigate", "Upgrade-Insecure-Requests: 1"]
        if dice.random() < 0.6:
            site = dice.choice(sites)
            lines.append("Referer: " + (site % dice.randint(1, 99999) if "%" in site else site))
        if dice.random() < 0.5:
            lines.append("Cookie: _ga=GA1.1.%d.%d; theme=%s" % (
                dice.randint(1, 1 << 31), 1700000000 + dice.randint(0, 10**7), dice.choice(["dark", "light"])))
        lines += ["%s: %s" % field for field in fields.items()]
        made.append("\r\n".join(lines) + "\r\n\r\n")
    return made


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
            f.write(SCRIPT % (folder + "/heads"))
        with open(folder + "/heads", "wb") as f:
            f.write(b"".join(head.encode() + b"\0" for head in heads(urllib.parse.urlsplit(url).path, fields)))
        before = processor_seconds(pid)
        text = subprocess.run(
            ["taskset", "-c", "1", "wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "--latency", "-s", script, url],
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


def settled(url, seconds=4):
    """A page that has not changed for a while: the PDF is read, and related publications found, beside the server."""
    last, since = fetch(url), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.5)
        now = fetch(url)
        if now[0] != last[0]:
            last, since = now, time.monotonic()
    return last


# Kind: what is bounded, whether from below, and where; in the order in which they are printed.
BARS = {
    "page": [("rate", ">=", 0.95), ("cpu", "<=", 1.0)],
    "gzip": [("rate", ">=", 0.95), ("cpu", "<=", 0.95)],
    "live": [("cpu", "<=", 1.1)],
    "304": [("page", ">=", 1.0)],
    "pdf": [("rate", ">=", 0.9)],
    "range": [("rate", ">=", 0.9)],
    "close": [("rate", ">=", 0.9)],
    "c512": [("p99", "<=", 1.5)],
    "c1": [("p50", "<=", 1.2)],
}


def catalogue(folder, others):
    """A publication with a large PDF, whose page has about 12 KiB, and others without."""
    words = ("ferry strait harbour toll ledger winter crossing captain timetable customs island pilot tonnage berth "
             "cargo passenger current lighthouse company treaty minister reform deficit archive province").split()
    dice = random.Random(1)

    def text(count):
        return " ".join(dice.choice(words) + ("." if n % 12 == 11 else "") for n in range(count))

    pdf = b"%PDF-1.7\n" + b"".join(b"%% %07d padding of a file that is only carried\n" % n for n in range(25_700))
    pdf += b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    pdf += b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
    with open(folder + "/large.pdf", "wb") as f:
        f.write(pdf)
    with open(folder + "/catalogue.jsonl", "w") as f:
        for n in range(others + 1):
            entry = {"slug": "other-%d" % n if n else "ferries", "title": "Ferries of the Strait, part %d" % n,
                     "abstract": text(75 if n == 0 else 120), "authors": ["Anna Berg"], "published": "2010-02-25"}
            if n == 0:
                entry["pdf"] = "large.pdf"
            f.write(json.dumps(entry) + "\n")


def main():
    ap = argparse.ArgumentParser(usage=__doc__)
    ap.add_argument("--offprint", default=".build/release/offprint")
    ap.add_argument("--rounds", type=int, default=5)
    ap.add_argument("--seconds", type=int, default=2)
    ap.add_argument("--only", default=",".join(list(BARS) + ["miss", "start", "idle"]), help="kinds, separated by commas")
    a = ap.parse_args()
    folder = tempfile.mkdtemp(prefix="offprint-benchmark-")
    processes = []
    try:
        met = run(a, folder, processes)
    finally:
        for p in processes:
            p.send_signal(signal.SIGTERM)
        for p in processes:
            p.wait()
        shutil.rmtree(folder)
    sys.exit(0 if met else 1)


def run(a, folder, processes):
    port, other = free_port(), free_port()
    base, theirs = "http://127.0.0.1:%d" % port, "http://127.0.0.1:%d" % other
    os.chmod(folder, 0o755)
    catalogue(folder, 5818)
    data = ["--data", folder + "/data"]
    subprocess.run([a.offprint, "import", folder + "/catalogue.jsonl", "--files", folder] + data, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def serve():
        with open(folder + "/offprint.log", "a") as log:
            server = subprocess.Popen(
                ["taskset", "-c", "0", a.offprint, "serve", "--listen", "127.0.0.1:%d" % port] + data,
                stdout=log, stderr=log)
        processes.append(server)
        wait_for(port, server)
        return server

    ours = serve()
    page_path, pdf_path = "/publications/ferries", "/publications/ferries.pdf"
    page, fields = settled(base + page_path)
    zipped, _ = fetch(base + page_path, **{"Accept-Encoding": "gzip"})
    pdf, _ = fetch(base + pdf_path)
    os.makedirs(folder + "/www")
    for name, octets in (("page.html", page), ("page.html.gz", zipped), ("doc.pdf", pdf)):
        with open("%s/www/%s" % (folder, name), "wb") as f:
            f.write(octets)
    with open(folder + "/nginx.conf", "w") as f:
        f.write(NGINX % {"folder": folder, "port": other})
    nginx = subprocess.Popen(["taskset", "-c", "0", "nginx", "-c", folder + "/nginx.conf"])
    processes.append(nginx)
    wait_for(other, nginx)
    tag, their_tag = fields["ETag"], fetch(theirs + "/page.html")[1]["ETag"]
    print("page %d octets, gzip %d, PDF %d" % (len(page), len(zipped), len(pdf)))

    close, part, coded = {"Connection": "close"}, {"Range": "bytes=500000-599999"}, {"Accept-Encoding": "gzip"}
    kinds = {
        "page": (page_path, "/page.html", {}, {}, 64),
        "gzip": (page_path, "/page.html", coded, coded, 64),
        "live": ("/health/live", "/live", {}, {}, 64),
        "304": (page_path, "/page.html", {"If-None-Match": tag}, {"If-None-Match": their_tag}, 64),
        "pdf": (pdf_path, "/doc.pdf", {}, {}, 64),
        "range": (pdf_path, "/doc.pdf", part, part, 64),
        "close": (page_path, "/page.html", close, close, 64),
        "c512": (page_path, "/page.html", {}, {}, 512),
        "c1": (page_path, "/page.html", {}, {}, 1),
    }
    wanted = a.only.split(",")
    rounds = {name: [] for name in kinds if name in wanted}
    misses, start, idle = [], None, None
    for number in range(a.rounds):
        # Kind after kind in each round, so that what slows the machine for a while slows them all.
        for name in rounds:
            path, their_path, ours_fields, their_fields, connections = kinds[name]
            both = [(ours.pid, base + path, ours_fields), (nginx.pid, theirs + their_path, their_fields)]
            results = {}
            for pid, url, f in both if number % 2 == 0 else reversed(both):
                results[pid] = Round(pid, url, f, connections, a.seconds, folder)
            rounds[name].append((results[ours.pid], results[nginx.pid]))
        if "miss" in wanted:
            misses.append(miss(ours.pid, port, number))
    if "start" in wanted or "idle" in wanted:
        # A new one, with an empty cache.
        ours.terminate()
        ours.wait()
        processes.remove(ours)
    if "start" in wanted:
        start = first_pages(a.offprint, data, processes)
    if "idle" in wanted:
        idle = idle_connections(serve().pid, port)
    return report(rounds, misses, start, idle)


def first_pages(program, data, processes):
    """Milliseconds from the start of the process to the first article and to the first home page, medians of five."""
    times = {"/publications/other-77": [], "/": []}
    for path in list(times) * 5:
        port = free_port()
        began = time.monotonic()
        server = subprocess.Popen(["taskset", "-c", "0", program, "serve", "--listen", "127.0.0.1:%d" % port] + data,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        processes.append(server)
        while True:
            try:
                fetch("http://127.0.0.1:%d%s" % (port, path))
                break
            except OSError:
                time.sleep(0.001)
        times[path].append(1000 * (time.monotonic() - began))
        server.terminate()
        server.wait()
        processes.remove(server)
    return {path: statistics.median(values) for path, values in times.items()}


def miss(pid, port, number):
    """Microseconds of processor time of a compressed page that is not in the cache, and of one that is."""
    paths = ["/publications/other-%d" % (1 + number * 500 + n) for n in range(500)]
    connection = socket.create_connection(("127.0.0.1", port))
    spent = []
    for _ in range(2):
        before = processor_seconds(pid)
        for path in paths:
            connection.sendall(("GET %s HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n" % path).encode())
            received = b""
            while b"\r\n\r\n" not in received:
                received += connection.recv(1 << 16)
            head, content = received.split(b"\r\n\r\n", 1)
            rest = int(re.search(rb"content-length: (\d+)", head).group(1)) - len(content)
            while rest > 0:
                rest -= len(connection.recv(1 << 16))
        spent.append(1e6 * (processor_seconds(pid) - before) / len(paths))
    return spent


def idle_connections(pid, port, count=10_000):
    """Mebibytes in memory with so many idle connections, and the longest of 20 answers of /health in milliseconds."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 500), hard))
    connections = []
    for n in range(count):
        s = socket.socket()
        # From many addresses of the loopback network, as an address has only so many ports.
        s.bind(("127.0.0.%d" % (2 + n % 200), 0))
        s.connect(("127.0.0.1", port))
        connections.append(s)
    slowest = 0
    for _ in range(20):
        began = time.monotonic()
        fetch("http://127.0.0.1:%d/health" % port)
        slowest = max(slowest, 1000 * (time.monotonic() - began))
    resident = int(re.search(r"VmRSS:\s+(\d+)", open("/proc/%d/status" % pid).read()).group(1)) / 1024
    for s in connections:
        s.close()
    return resident, slowest


def report(rounds, misses, start, idle):
    middle = lambda values: statistics.median(list(values))
    prepared = middle(o.rate for o, _ in rounds["page"]) if "page" in rounds else None
    met = True

    def judge(name, figures, bars):
        nonlocal met
        texts = []
        for what, sign, bar in bars:
            value = figures.get(what)
            if value is None:
                continue
            holds = value >= bar if sign == ">=" else value <= bar
            met = met and holds
            texts.append("%s %.2f %s %g: %s" % (what, value, sign, bar, "met" if holds else "MISSED"))
        return "; ".join(texts)

    if rounds:
        print("%-6s %19s %19s %8s %8s %9s %9s  %s" % (
            "kind", "throughput ratio", "CPU ratio", "µs ours", "µs nginx", "p50 ratio", "p99 ratio", "bar"))
    for name, pairs in rounds.items():
        def spread(value):
            ratios = sorted(value(o) / max(value(n), 1e-9) for o, n in pairs)
            return statistics.median(ratios), "%.2f (%.2f-%.2f)" % (statistics.median(ratios), ratios[0], ratios[-1])

        rate, rate_text = spread(lambda r: r.rate)
        cpu, cpu_text = spread(lambda r: r.microseconds)
        figures = {"rate": rate, "cpu": cpu}
        for p in ("50", "99"):
            figures["p" + p] = spread(lambda r: r.percentiles[p])[0]
        if prepared:
            figures["page"] = middle(o.rate for o, _ in pairs) / prepared
        errors = [e for o, n in pairs for e in o.errors + n.errors]
        met = met and not errors
        print("%-6s %19s %19s %8.1f %8.1f %9.2f %9.2f  %s %s" % (
            name, rate_text, cpu_text, middle(o.microseconds for o, _ in pairs),
            middle(n.microseconds for _, n in pairs), figures["p50"], figures["p99"],
            judge(name, figures, BARS[name]), " ".join(errors)))
    if misses:
        made, kept = middle(m for m, _ in misses), middle(k for _, k in misses)
        print("miss   %.0f µs of a page that is not in the cache, one after another; hit %.0f µs  %s" % (
            made, kept, judge("miss", {"µs": made}, [("µs", "<=", 350)])))
    if start:
        print("start  first article after %.0f ms, first home page after %.0f ms  %s" % (
            start["/publications/other-77"], start["/"], judge("start", {"ms": max(start.values())}, [("ms", "<=", 100)])))
    if idle:
        print("idle   %.1f MiB resident, /health %.1f ms  %s" % (
            idle[0], idle[1], judge("idle", {"ms": idle[1]}, [("ms", "<=", 10)])))
    return met


if __name__ == "__main__":
    main()
