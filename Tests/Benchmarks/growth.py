#!/usr/bin/env python3
"""What grows with the archive: imports a large catalogue, starts a server on it and times pages and lists.

The catalogue is made of another one, such as a hundred thousand records: each round repeats them with other slugs and
titles, and DOIs of their own. Standard library only; not a part of the tests.

usage: Tests/Benchmarks/growth.py --catalogue JSONL[.gz] --records N [--offprint PATH] [--folder DIR] [--keep]
"""
import argparse, gzip, http.client, json, os, random, re, shutil, signal, subprocess, sys, tempfile, time, urllib.parse

PAGES = [
    "/", "/health", "/publications", "/publications?page={deep}", "/publications?sort=title&page={deep}",
    "/publications?topic=Korea", "/browse", "/authors", "/api/publications", "/api/publications?limit=100&page={pages}",
    "/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/feed.atom", "/feed.atom?page=100",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc", "/metrics"]


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")


def make(catalogue, records, path):
    """Writes so many records, and returns words of their titles."""
    words, count, turn = set(), 0, 0
    with open(path, "w", encoding="utf-8") as out:
        while count < records:
            turn += 1
            with opened(catalogue) as lines:
                for line in lines:
                    if turn > 1:
                        record = json.loads(line)
                        record["slug"] = "%s-r%d" % (record["slug"][:90].rstrip("-"), turn)
                        record["title"] += " (%d)" % turn
                        if record.get("doi"):
                            record["doi"] += ".%d" % turn
                        line = json.dumps(record, ensure_ascii=False) + "\n"
                    elif count < 20_000:
                        words.update(w for w in re.findall(r"[a-z]{4,}", line[:400]))
                    out.write(line)
                    count += 1
                    if count == records:
                        break
    return sorted(words)


class Server:
    def __init__(self, program, data, log):
        self.began = time.monotonic()
        self.log = log
        out = open(log, "w")
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", "127.0.0.1:0"], stdout=out, stderr=out)
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", open(log).read())):
            if self.process.poll() is not None:
                raise SystemExit(open(log).read())
            time.sleep(0.005)
        self.port = int(found[1])
        print("listening after %.2f s" % self.age())

    def age(self):
        return time.monotonic() - self.began

    def get(self, path):
        """The status and the milliseconds."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        start = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, 1000 * (time.monotonic() - start)

    def show(self, paths):
        for path in paths:
            status, wait = self.get(path)
            print("  %-52s %d %9.1f ms" % (path, status, wait), flush=True)

    def wait_for_search(self):
        while self.get("/api/search?q=sea")[0] != 200:
            time.sleep(0.1)
        return self.age()

    def wait_for_index(self):
        while "search index built" not in open(self.log).read():
            time.sleep(0.05)
        return self.age()

    def memory(self):
        status = open("/proc/%d/status" % self.process.pid).read()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--catalogue", required=True)
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--offprint", default=".build/release/offprint")
    parser.add_argument("--folder")
    parser.add_argument("--keep", action="store_true")
    a = parser.parse_args()
    folder = a.folder or tempfile.mkdtemp(prefix="offprint-growth-")
    os.makedirs(folder, exist_ok=True)
    data = folder + "/data"
    program = shutil.which(a.offprint) or os.path.abspath(a.offprint)
    words = make(a.catalogue, a.records, folder + "/catalogue.jsonl")
    start = time.monotonic()
    subprocess.run([program, "import", folder + "/catalogue.jsonl", "--data", data], check=False,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - start
    os.remove(folder + "/catalogue.jsonl")
    print("%d records imported in %.1f s, %.0f/s; %.0f MB on disk" % (
        a.records, seconds, a.records / seconds, os.path.getsize(data + "/offprint.sqlite3") / 1e6))
    server = Server(program, os.path.abspath(data), folder + "/log")
    try:
        paths = [p.format(deep=a.records // 20 - 1, pages=a.records // 100 - 1) for p in PAGES]
        print("while the index is built:")
        server.show(paths + ["/search?q=sea+power"])
        print("first search after %.1f s, index complete after %.1f s" % (server.wait_for_search(), server.wait_for_index()))
        server.show(paths)
        choice, waits = random.Random(20100225), []
        for _ in range(500):
            path = "/api/search?" + urllib.parse.urlencode({"q": " ".join(choice.sample(words, 2))})
            status, wait = server.get(path)
            assert status == 200, (path, status)
            waits.append(wait)
        waits.sort()
        print("500 searches: p50 %.1f ms, p99 %.1f ms; memory %.0f MiB" % (waits[250], waits[495], server.memory()))
    finally:
        server.stop()
        if not a.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
