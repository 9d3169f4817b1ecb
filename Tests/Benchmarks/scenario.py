#!/usr/bin/env python3
"""A bad day: what readers notice of a crawl, of downloads and uploads, and of slow clients.

crawl: wrk asks for every page of a catalogue on 64 connections as fast as it can, 16 readers draw a PDF at 1 MB/s
each, and staff upload four PDFs of 50 MB, while one more reader opens a page now and then, from an address of his
own, and one from the crawler's. It prints what these two wait and the memory that the server takes.
searches: 24 clients search without a pause, from addresses of their own or each time from another one, while a reader
searches every tenth of a second from his. It prints what he waits alone and beside them.
flood: 20,000 addresses ask for random searches and deep lists, each once a minute, and then as fast as 64 connections
can, while a reader opens a page with its style sheet and then searches. It prints what the reader waits, whether he is
ever refused, and what becomes of the others.
slow: slowhttptest holds the server up in each way it knows (headers, content, ranges, reading). Afterwards /health
has to answer at once and memory to be back where it was.

The server is pinned to core 0 and everyone else to core 1. Needs wrk, slowhttptest and taskset; not a part of the
tests. The status is 1 when a bound is missed.

usage: Tests/Benchmarks/scenario.py [--offprint PATH] [--seconds S] [--catalogue JSONL[.gz]] [crawl] [searches] [flood] [slow]
"""
import argparse, html, http.client, http.cookiejar, json, os, random, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time
import urllib.error, urllib.parse, urllib.request

LUA = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next])
end
"""


def pdf(octets, seed=1):
    """A PDF with a page and so many octets, most of them padding that depends on the seed."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>",
               b"<</Length %d>>\nstream\n%s\nendstream" % (octets, bytes(random.Random(seed).randbytes(1 << 20)) * (octets >> 20))]
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


class Server:
    def __init__(self, program, folder):
        self.log = open(folder + "/log", "w+")
        self.process = subprocess.Popen(
            ["taskset", "-c", "0", program, "serve", "--data", folder + "/data", "--listen", "127.0.0.1:0",
             "--trusted-proxies", "127.0.0.1"],
            stdout=self.log, stderr=self.log)
        for _ in range(600):
            found = re.search(r"http://127\.0\.0\.1:(\d+)", open(folder + "/log").read())
            if found:
                break
            time.sleep(0.1)
        self.port = int(found[1])

    def memory(self, kind="VmRSS"):
        """In MiB."""
        status = open("/proc/%d/status" % self.process.pid).read()
        return int(re.search(kind + r":\s+(\d+)", status)[1]) / 1024

    def fetch(self, path, data=None, **fields):
        url = "http://127.0.0.1:%d%s" % (self.port, path)
        return urllib.request.urlopen(urllib.request.Request(url, data, fields), timeout=60)

    def health(self):
        """Milliseconds until /health has answered."""
        start = time.monotonic()
        self.fetch("/health").read()
        return 1000 * (time.monotonic() - start)

    def wait_for_index(self):
        """Until the search index is built, some seconds after a start."""
        for _ in range(600):
            if "search index" in open(self.log.name).read():
                return
            time.sleep(0.1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Link:
    """A connection that is kept."""

    def __init__(self, port, host="127.0.0.1"):
        self.socket = socket.create_connection(("127.0.0.1", port), 60, (host, 0))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path, pause=None):
        self.socket.sendall(b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % path.encode())
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.more()
        head, _, content = received.partition(b"\r\n\r\n")
        length, count = int(re.search(rb"content-length: (\d+)", head)[1]), len(content)
        while count < length:
            count += len(self.more())
            if pause:
                pause(count)
        return int(head.split()[1])

    def more(self):
        part = self.socket.recv(1 << 16)
        if not part:
            raise OSError("closed")
        return part


def form_of(text, name):
    """The hidden fields and the options that are chosen of the form with a field of that name."""
    form = next(f for f in re.findall(r"<form.*?</form>", text, re.S) if 'name="%s"' % name in f)
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attribute = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if attribute.get("type") == "hidden":
            fields[attribute["name"]] = html.unescape(attribute.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"(.*?)</select>', form, re.S):
        values = re.findall(r'<option[^>]*value="([^"]*)"', options)
        fields[name] = values[0] if values else ""
    return fields


def sign_in(server):
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = "http://127.0.0.1:%d/staff/sign-in" % server.port
    fields = form_of(opener.open(page).read().decode(), "password")
    fields.update(name="crawler", password="a long and quiet password 7")
    opener.open(page, urllib.parse.urlencode(fields).encode())
    return "; ".join("%s=%s" % (cookie.name, cookie.value) for cookie in jar)


def upload(server, cookie, octets, number, results):
    fields = form_of(server.fetch("/staff/upload/form", Cookie=cookie).read().decode(), "title")
    fields.update(title="A Heavy Paper %d" % number, published="2024-01-0%d" % number, authors="Ana Heavy")
    head = b"".join(b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), v.encode())
                    for n, v in fields.items())
    head += b'--b\r\nContent-Disposition: form-data; name="file"; filename="p.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    content = head + octets + b"\r\n--b--\r\n"
    link = socket.create_connection(("127.0.0.1", server.port), 60, ("127.0.0.5", 0))
    start = time.monotonic()
    link.sendall(b"POST /staff/upload/form HTTP/1.1\r\nHost: a\r\nCookie: %s\r\nConnection: close\r\n"
                 b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n" % (cookie.encode(), len(content)))
    link.sendall(content)
    results.append((int(link.recv(1 << 16).split()[1]), time.monotonic() - start))


def draw(server, path, end, counts, number):
    """Reads at 1 MB/s."""
    try:
        while time.monotonic() < end:
            start = time.monotonic()

            def pause(count):
                counts[number] = count
                time.sleep(max(0, count / 1e6 - (time.monotonic() - start)))
            Link(server.port, "127.0.0.4").get(path, pause)
    except OSError as error:
        print("a reader of a PDF: %s" % error)


def read_pages(port, host, paths, end, file, pause=0.02):
    """A reader whom it is all about; a process of its own, which is not kept waiting by the others."""
    pid = os.fork()
    if pid:
        return pid
    waits = []
    try:
        os.nice(-15)
    except OSError:
        pass
    link = Link(port, host)
    while time.monotonic() < end:
        path = random.choice(paths)
        start = time.monotonic()
        link.get(path)
        waits.append(1000 * (time.monotonic() - start))
        time.sleep(pause)
    with open(file, "w") as f:
        json.dump(waits, f)
    os._exit(0)


def crawl(server, folder, paths, seconds, cookie):
    with open(folder + "/paths", "w") as f:
        f.write("\n".join(paths) + "\n")
    with open(folder + "/crawl.lua", "w") as f:
        f.write(LUA % (folder + "/paths"))
    # The same PDF a second time would be asked about.
    heavy, end = [pdf(50 << 20, seed) for seed in range(4)], time.monotonic() + seconds
    counts, uploads, threads = [0] * 16, [], []
    readers = {"a reader": "127.0.0.3", "one at the crawler's address": "127.0.0.1"}
    pids = [read_pages(server.port, host, paths, end, folder + "/" + host) for host in readers.values()]
    for number in range(16):
        threads.append(threading.Thread(target=draw, args=(server, "/publications/a-long-paper.pdf", end, counts, number)))
    for number in range(1, 5):
        threads.append(threading.Thread(target=upload, args=(server, cookie, heavy[number - 1], number, uploads)))
    for thread in threads:
        thread.start()
    load = subprocess.run(["wrk", "-t1", "-c64", "-d%ds" % seconds, "-s", folder + "/crawl.lua",
                           "http://127.0.0.1:%d" % server.port], stdout=subprocess.PIPE, text=True).stdout
    for thread in threads:
        thread.join()
    for pid in pids:
        os.waitpid(pid, 0)
    rate = re.search(r"Requests/sec:\s+(\S+)", load)[1]
    errors = " ".join(re.findall(r"(Socket errors.*|Non-2xx.*)", load)) or "no errors"
    print("crawl: %s pages a second over %d pages, %s" % (rate, len(paths), errors))
    print("uploads of 50 MB: %s" % ", ".join("%d in %.1f s" % u for u in uploads))
    worst = {}
    for name, host in readers.items():
        waits = sorted(json.load(open(folder + "/" + host)))
        p = lambda part: waits[min(len(waits) - 1, int(part * len(waits)))]
        worst[name] = p(0.99)
        print("%s: %d pages, p50 %.2f ms, p99 %.2f ms, most %.2f ms" % (name, len(waits), p(0.5), p(0.99), waits[-1]))
    peak = server.memory("VmHWM")
    print("memory: %.0f MiB resident, %.0f MiB at most" % (server.memory(), peak))
    return worst["a reader"] <= 20 and peak <= 150 and [u[0] for u in uploads] == [303] * 4 and errors == "no errors"


def search_all_the_time(port, number, queries, end, addresses):
    """One of those who crawl: a process of its own, which changes its address with each search when there are many."""
    pid = os.fork()
    if pid:
        return pid
    choice = random.Random(number)
    links = {}
    while time.monotonic() < end:
        host = "127.%d.%d.7" % (10 + number, choice.randrange(addresses))
        path = "/search?" + urllib.parse.urlencode({"q": " ".join(choice.sample(queries, 3))})
        try:
            if host not in links:
                links[host] = Link(port, host)
            links[host].get(path)
        except OSError:
            links.pop(host, None)
    os._exit(0)


def searches(server, folder, words, seconds):
    def read(file, end):
        paths = ["/search?" + urllib.parse.urlencode({"q": " ".join(random.sample(words, 3))}) for _ in range(500)]
        os.waitpid(read_pages(server.port, "127.0.0.3", paths, end, file, 0.1), 0)
        waits = sorted(json.load(open(file)))
        return waits[len(waits) // 2], waits[min(len(waits) - 1, len(waits) * 99 // 100)], len(waits)

    isGood = True
    alone = read(folder + "/alone", time.monotonic() + seconds)
    print("searches alone: %d, p50 %.1f ms, p99 %.1f ms" % (alone[2], alone[0], alone[1]))
    for addresses in [1, 200]:
        end = time.monotonic() + seconds
        pids = [search_all_the_time(server.port, number, words, end, addresses) for number in range(24)]
        beside = read(folder + "/beside", end)
        for pid in pids:
            os.waitpid(pid, 0)
        print("searches beside 24 clients with %d addresses each: %d, p50 %.1f ms, p99 %.1f ms" % (
            addresses, beside[2], beside[0], beside[1]))
        isGood = isGood and beside[0] <= 2 * alone[0] and beside[1] <= 50
    return isGood


FLOOD = """
local targets = {}
for line in io.lines("%s") do targets[#targets + 1] = line end
math.randomseed(%d)
request = function()
  local n = math.random(0, %d - 1)
  -- Nearly each in a network of its own.
  local address = (11 + n %% 200) .. "." .. math.floor(n / 200) %% 256 .. "." .. n %% 251 .. ".7"
  return wrk.format("GET", targets[math.random(#targets)], {["X-Forwarded-For"] = address})
end
"""


def flood(server, folder, words, seconds):
    choice = random.Random(20100225)
    targets = ["/search?" + urllib.parse.urlencode({"q": " ".join(choice.sample(words, 3))}) for _ in range(3000)]
    targets += ["/search?" + urllib.parse.urlencode({"q": choice.choice(words), "page": choice.randrange(2, 40)}) for _ in range(500)]
    targets += ["/publications?page=%d" % choice.randrange(2, 250) for _ in range(1000)]
    targets += ["/publications?" + urllib.parse.urlencode(
        {"year": choice.randrange(1990, 2026), "language": "en", "page": choice.randrange(1, 9)}) for _ in range(1000)]
    targets += ["/api/publications?limit=100&page=%d" % choice.randrange(1, 50) for _ in range(500)]
    with open(folder + "/targets", "w") as f:
        f.write("\n".join(targets) + "\n")
    addresses = 20_000
    isGood = True
    for name in ["alone", "one request a minute from each", "64 connections"]:
        before = costly(server)
        end = time.monotonic() + seconds
        file = folder + "/reader"
        reader = read_like_a_person(server.port, "127.0.0.3", words, end, file)
        if name == "64 connections":
            with open(folder + "/flood.lua", "w") as f:
                f.write(FLOOD % (folder + "/targets", 7, addresses))
            load = subprocess.run(["wrk", "-t1", "-c64", "-d%ds" % seconds, "-s", folder + "/flood.lua",
                                   "http://127.0.0.1:%d" % server.port], stdout=subprocess.PIPE, text=True).stdout
            print("64 connections: %s requests a second" % re.search(r"Requests/sec:\s+(\S+)", load)[1])
        elif name != "alone":
            ask_in_turn(server.port, targets, addresses, addresses / 60, end)
        os.waitpid(reader, 0)
        waits, refused, others = json.load(open(file))
        p50, p99 = waits[len(waits) // 2], waits[min(len(waits) - 1, len(waits) * 99 // 100)]
        print("a reader beside %d addresses, %s: %d searches, p50 %.1f ms, p99 %.1f ms, most %.1f ms, %d refused, %d other" % (
            addresses, name, len(waits), p50, p99, waits[-1], refused, others))
        after = costly(server)
        print("  " + ", ".join("%s %d" % (key, after[key] - before.get(key, 0)) for key in sorted(after)
                               if after[key] != before.get(key, 0)))
        isGood = isGood and p99 <= 50 and refused == 0 and others == 0
    return isGood


def costly(server):
    """What /metrics says about costly requests."""
    text = server.fetch("/metrics").read().decode()
    return {" ".join(re.findall(r'"(\w+)"', labels)) or "seconds": float(value) for labels, value in
            re.findall(r"^offprint_costly_(?:requests_total|refused_total|seconds_total)(\S*) (\S+)$", text, re.M)}


def read_like_a_person(port, host, words, end, file):
    """A page, its style sheet, and then a search every tenth of a second, in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.nice(-15)
    except OSError:
        pass
    page = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(host, 0))
    page.request("GET", "/")
    style = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.getresponse().read().decode())[1]
    page.request("GET", style)
    page.getresponse().read()
    link, waits, refused, others = Link(port, host), [], 0, 0
    while time.monotonic() < end:
        path = "/search?" + urllib.parse.urlencode({"q": " ".join(random.sample(words, 3))})
        start = time.monotonic()
        status = link.get(path)
        waits.append(1000 * (time.monotonic() - start))
        refused += status in (429, 503)
        others += status not in (200, 429, 503)
        time.sleep(0.1)
    with open(file, "w") as f:
        json.dump([sorted(waits), refused, others], f)
    os._exit(0)


def ask_in_turn(port, targets, addresses, rate, end):
    """Requests at a rate, each from the next address, as a trusted proxy passes them on."""
    start, lock, number = time.monotonic(), threading.Lock(), [0]

    def run():
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                n = number[0]
                number[0] += 1
            due = start + n / rate
            if due > end:
                return
            time.sleep(max(0, due - time.monotonic()))
            n %= addresses
            client = "%d.%d.%d.7" % (11 + n % 200, n // 200 % 256, n % 251)
            try:
                link.request("GET", random.choice(targets), headers={"X-Forwarded-For": client})
                link.getresponse().read()
            except (OSError, http.client.HTTPException):
                link.close()

    threads = [threading.Thread(target=run) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def words_of(server, paths):
    """Words that readers may search for: those of the addresses of publications."""
    words = {w for path in paths[:1000] for w in path.rsplit("/", 1)[1].split("-") if len(w) > 3}
    return sorted(words)[:2000] + ["paper", "sea", "policy"]


def slow(server, seconds):
    isGood = True
    base = "http://127.0.0.1:%d" % server.port
    for path in ["/", "/search?q=sea", "/publications/a-long-paper.pdf", "/health"] * 100:
        server.fetch(path, Range="bytes=0-99999").read()
    for name, options in [
        ("headers", ["-H", "-i", "2", "-r", "500"]),
        ("content", ["-B", "-i", "2", "-r", "500", "-s", "60000", "-t", "POST", "-x", "10"]),
        ("ranges", ["-R", "-r", "500", "-a", "10", "-b", "3000", "-t", "GET"]),
        ("reading", ["-X", "-r", "500", "-w", "10", "-y", "20", "-n", "5", "-z", "32", "-k", "3"])]:
        before = server.memory()
        url = base + ("/subscribe" if name == "content" else "/publications/a-long-paper.pdf" if name in ("ranges", "reading") else "/")
        subprocess.run(["slowhttptest", "-c", "1000", "-l", "%d" % seconds, "-u", url, "-p", "3"] + options,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait = server.health()
        time.sleep(3)
        after = server.memory()
        print("slow %s: /health in %.1f ms, memory %.1f MiB before, %.1f after" % (name, wait, before, after))
        isGood = isGood and wait < 50 and after <= 1.1 * before
    return isGood


def main():
    ap = argparse.ArgumentParser(usage=__doc__)
    ap.add_argument("scenarios", nargs="*")
    ap.add_argument("--offprint", default=".build/release/offprint")
    ap.add_argument("--seconds", type=int, default=20)
    ap.add_argument("--catalogue")
    a = ap.parse_args()
    folder = tempfile.mkdtemp(prefix="offprint-scenario-")
    os.makedirs(folder + "/files")
    with open(folder + "/files/long.pdf", "wb") as f:
        f.write(pdf(30 << 20))
    with open(folder + "/own.jsonl", "w") as f:
        records = [dict(slug="a-long-paper", title="A Long Paper", authors=["Ana"], published="2020-01-01", pdf="long.pdf",
                        abstract="Long.")]
        records += [dict(slug="paper-%d" % n, title="Paper %d" % n, authors=["Ana"], published="2019-01-01",
                         abstract="Of the sea. " * 200) for n in range(0 if a.catalogue else 5819)]
        f.writelines(json.dumps(r) + "\n" for r in records)
    data = ["--data", folder + "/data"]
    quiet = dict(stdout=subprocess.DEVNULL, check=True)
    own = [folder + "/own.jsonl", "--files", folder + "/files"]
    for catalogue in [own] + ([[a.catalogue]] if a.catalogue else []):
        subprocess.run([a.offprint, "import"] + catalogue + data, stderr=subprocess.DEVNULL, **quiet)
    subprocess.run([a.offprint, "user", "add", "crawler", "--role", "administrator"] + data,
                   input=b"a long and quiet password 7\n", **quiet)
    server = Server(a.offprint, folder)
    os.sched_setaffinity(0, {1})
    try:
        server.wait_for_index()
        print("memory at the start: %.1f MiB" % server.memory())
        map_of_site = server.fetch("/sitemap.xml").read().decode()
        paths = [urllib.parse.urlsplit(u).path for u in re.findall(r"<loc>([^<]*/publications/[^<]*)</loc>", map_of_site)]
        isGood = True
        if not a.scenarios or "slow" in a.scenarios:
            isGood = slow(server, a.seconds) and isGood
        if not a.scenarios or "searches" in a.scenarios:
            isGood = searches(server, folder, words_of(server, paths), a.seconds) and isGood
        if not a.scenarios or "flood" in a.scenarios:
            isGood = flood(server, folder, words_of(server, paths), a.seconds) and isGood
        if not a.scenarios or "crawl" in a.scenarios:
            isGood = crawl(server, folder, paths, a.seconds, sign_in(server)) and isGood
        print("/health in %.1f ms" % server.health())
    finally:
        server.stop()
        shutil.rmtree(folder)
    return 0 if isGood else 1


if __name__ == "__main__":
    sys.exit(main())
