"""Counts what Tests/run ran: its steps, and the tests in the reports of its suites."""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def outcomes(reports, suite):
    """The name and outcome of each test of a suite; none when it wrote no report."""
    for report in sorted(pathlib.Path(reports).glob(f"{suite}*.xml")):
        for case in ElementTree.parse(report).iter("testcase"):
            kinds = {part.tag for part in case}
            outcome = "failed" if kinds & {"failure", "error"} else "passed"
            yield f"{case.get('classname')} {case.get('name')}", (
                "skipped" if "skipped" in kinds else outcome)


def main(steps, reports):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    failures = []
    ran = 0
    for line in pathlib.Path(steps).read_text().splitlines():
        outcome, kind, name = line.split(" ", 2)
        cases = list(outcomes(reports, name)) if kind == "suite" else []
        failed = [case for case, result in cases if result == "failed"]
        for _, result in cases:
            counts[result] += 1
            ran += result != "skipped"
        failures += failed
        # A suite that ended badly without a failed test broke off; one that ran none proves nothing.
        broke_off = kind == "suite" and (not cases or outcome == "failed" and not failed)
        if kind == "step" or broke_off:
            result = "failed" if broke_off else outcome
            counts[result] += 1
            failures += [name] if result == "failed" else []
    for name in failures:
        print(f"failed: {name}")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not ran else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
