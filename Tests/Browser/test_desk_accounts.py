"""Accounts on the desk: invitations, two-step sign-in, sessions and the audit log."""
import base64
import hashlib
import hmac
import re
import shutil
import struct
import subprocess
import time
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import PASSWORD, Way, serving


@pytest.fixture
def strict():
    """A server on which administrators need two-step sign-in."""
    yield from serving("--require-second-factor", "administrator")


def one_time_code(secret, at):
    """The code of an authenticator app (RFC 6238)."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def scanned(page, folder):
    """What a barcode reader reads from the picture of the QR code."""
    assert shutil.which("zbarimg"), "zbar-tools is not installed"
    picture = folder / "code.png"
    page.locator("svg.qr-code").screenshot(path=picture)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture],
        capture_output=True, text=True, check=True)
    return read.stdout.strip()


def is_accessible(page):
    """Of pages that are shown once; test_quality.py looks at the others."""
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()
    return True


def set_up(server, page):
    page.goto(server.invitation)
    page.locator("[name=name]").fill("hana")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/staff/settings?notice=welcome*")


def sign_in(page, server, name, password=PASSWORD):
    page.goto(server.origin + "/staff/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def turn_on(page, folder):
    """Sets up two-step sign-in by the QR code; returns the secret, its step and the codes."""
    address = urllib.parse.urlsplit(scanned(page, folder))
    query = urllib.parse.parse_qs(address.query)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert query["algorithm"] == ["SHA1"] and query["digits"] == ["6"] and query["period"] == ["30"]
    secret = query["secret"][0]
    assert page.locator("#key").inner_text().replace(" ", "") == secret
    now = time.time()
    page.get_by_label(re.compile("6 digits")).fill(one_time_code(secret, now))
    page.get_by_role("button", name="Turn on").click()
    page.wait_for_load_state()
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10, page.inner_text("main")
    return secret, int(now) // 30, codes


def test_somebody_is_invited_and_turns_on_two_step_sign_in(empty, visit, way, tmp_path):
    window = visit(way)
    page = window.page
    set_up(empty, page)
    page.goto(empty.origin + "/staff/accounts")
    assert not window.is_sideways()
    page.get_by_label("Suggested name (optional)").fill("mira")
    page.get_by_label("Role").select_option("editor")
    page.get_by_role("button", name="Create invitation link").click()
    link = page.locator("#link").inner_text()
    assert not window.is_sideways()
    if way.script:
        assert is_accessible(page)
    mail = page.get_by_role("link", name="Send with your email program").get_attribute("href")
    assert link in urllib.parse.unquote(mail)

    # In a browser of her own.
    hers = visit(way)
    hers.page.goto(link)
    assert hers.page.get_by_label("Name").input_value() == "mira"
    hers.page.get_by_label("Password").fill(PASSWORD)
    hers.page.get_by_role("button", name="Create account").click()
    hers.page.wait_for_url("**/staff?notice=welcome*")
    assert hers.page.goto(empty.origin + "/staff/accounts").status == 403
    hers.page.goto(empty.origin + "/staff/account")
    assert not hers.is_sideways()
    assert "Chrome on" in hers.page.inner_text("main")
    hers.page.get_by_role("link", name="Set up two-step sign-in").click()
    assert not hers.is_sideways()
    hers.page.get_by_label(re.compile("6 digits")).fill("000000")
    hers.page.get_by_role("button", name="Turn on").click()
    assert "does not match" in hers.page.get_by_role("alert").inner_text()
    secret, step, codes = turn_on(hers.page, tmp_path)
    assert not hers.is_sideways()
    if way.script:
        assert is_accessible(hers.page)
    hers.page.get_by_role("link", name="I have saved the codes").click()

    # Signing in: the code that turned it on is used up, the next one is accepted.
    hers.page.get_by_role("button", name="Sign out").click()
    sign_in(hers.page, empty, "mira")
    assert hers.page.get_by_role("heading", level=1).inner_text() == "Enter your code"
    assert not hers.is_sideways()
    if way.script:
        assert is_accessible(hers.page)
    assert hers.context.request.get(empty.origin + "/staff", max_redirects=0).status == 303
    hers.page.get_by_label("Code").fill(one_time_code(secret, step * 30))
    hers.page.get_by_role("button", name="Sign in").click()
    assert "was used before" in hers.page.get_by_role("alert").inner_text()
    hers.page.get_by_label("Code").fill(one_time_code(secret, (step + 1) * 30))
    hers.page.get_by_role("button", name="Sign in").click()
    hers.page.wait_for_url("**/staff")

    # With a recovery code.
    hers.page.get_by_role("button", name="Sign out").click()
    sign_in(hers.page, empty, "mira")
    hers.page.get_by_label("Code").fill(codes[0].lower())
    hers.page.get_by_role("button", name="Sign in").click()
    hers.page.wait_for_url("**/staff")
    hers.page.goto(empty.origin + "/staff/account")
    assert "9 recovery codes left" in hers.page.inner_text("main")

    # The administrator sees it, ends her sessions, and turns it off for a lost phone.
    page.goto(empty.origin + "/staff/accounts")
    page.get_by_role("link", name="mira").click()
    assert not window.is_sideways()
    assert "used a recovery code" in page.inner_text("main")
    page.get_by_role("button", name="Turn off two-step sign-in").click()
    page.get_by_role("button", name="Sign out everywhere").click()
    assert "/staff/sign-in" in hers.page.goto(empty.origin + "/staff/account").url
    sign_in(hers.page, empty, "mira")
    hers.page.wait_for_url("**/staff")
    page.get_by_role("button", name="Disable account").click()
    assert "The account is disabled." in page.inner_text("main")
    sign_in(hers.page, empty, "mira")
    assert "The name or password is wrong" in hers.page.inner_text("main")

    page.goto(empty.origin + "/staff/audit?what=mira")
    assert not window.is_sideways()
    page.locator("#action").select_option("turned on second factor")
    page.get_by_role("button", name="Show").click()
    assert "1 entry" in page.inner_text("main")
    with page.expect_download() as file:
        page.get_by_role("link", name="Download as CSV").click()
    rows = open(file.value.path(), encoding="utf-8").read().splitlines()
    assert len(rows) == 2 and ",mira,turned on second factor,mira," in rows[1]


def test_a_role_that_needs_it_is_led_to_it(strict, visit, tmp_path):
    page = visit(Way(390, "dark", False)).page
    page.goto(strict.invitation)
    page.locator("[name=name]").fill("hana")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/staff/account/second-factor*")
    assert "Your role requires two-step sign-in" in page.inner_text("main")
    page.goto(strict.origin + "/staff/upload")
    assert page.url.endswith("/staff/account/second-factor")
    turn_on(page, tmp_path)
    page.get_by_role("link", name="I have saved the codes").click()
    page.wait_for_url("**/staff/settings")
    page.goto(strict.origin + "/staff/account/second-factor")
    assert page.get_by_role("button", name="Turn off").count() == 0
