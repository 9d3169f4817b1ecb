# Varnish 7 in front of Offprint, as Debian packages it: no further modules. Put this file into
# /etc/varnish/default.vcl. Varnish has no TLS: HAProxy (haproxy.cfg) stands before it, on the same
# machine, so let varnishd listen there only (-a 127.0.0.1:6081).
#
# Change: the backend, the addresses that may purge, and the languages of the site.
# In offprint.conf of the server that writes, not of replicas:
#   cache-purge-urls = http://127.0.0.1:6081/
#   trusted-proxies = 127.0.0.0/8, ::1
#
# Pages are kept for up to a day and are forgotten as soon as they change: Offprint sends PURGE with
# the keys of what has changed. Usage statistics count what reaches Offprint, so views of pages that
# Varnish answers are not counted; downloads from the address that ends with SLUG.pdf are.
vcl 4.1;

import std;

# Offprint, or with several servers the frontend “from-varnish” of haproxy.cfg.
backend offprint {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 2s;
    .first_byte_timeout = 120s;
    .between_bytes_timeout = 60s;
    .probe = {
        .request =
            "GET /health HTTP/1.1"
            "Host: offprint"
            "Connection: close";
        .interval = 2s;
        .timeout = 2s;
        .window = 3;
        .threshold = 2;
        .initial = 2;
    }
}

# Who may purge: the server that writes. HAProxy refuses PURGE of others.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        if (client.ip !~ purgers) {
            return (synth(403, "Not allowed"));
        }
        if (req.http.Surrogate-Key !~ "^[a-z0-9-]+( [a-z0-9-]+)*$") {
            return (synth(400, "Expected Surrogate-Key"));
        }
        # A ban about the object alone (“obj.”), which Varnish's ban lurker applies in the background.
        if (!std.ban("obj.http.Surrogate-Key ~ (?<![a-z0-9-])(" +
                regsuball(req.http.Surrogate-Key, " ", "|") + ")(?![a-z0-9-])")) {
            return (synth(500, std.ban_error()));
        }
        return (synth(200, "Purged"));
    }

    # What is only for one person, or must be new.
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.url ~ "^/(staff|subscribe|subscription|unsubscribe|messages|health|metrics|counter)(/|\?|$)") {
        return (pass);
    }
    if (req.http.Cookie ~ "(^|; *)(__Host-)?offprint-(session|visit)=") {
        return (pass);
    }
    # The current PDF is checked with Offprint each time, since it may be replaced. Files with their
    # hash in the address never change and are kept.
    if (req.url ~ "^/publications/[^/]+\.pdf(\?|$)") {
        return (pass);
    }

    # Public pages depend on no cookie.
    unset req.http.Cookie;

    # What advertisers add to links is not another page.
    set req.url = regsuball(req.url, "(?<=[?&])(utm_[a-z]+|fbclid|gclid|msclkid|mc_[ce]id)=[^&]*&?", "");
    set req.url = regsub(req.url, "[?&]+$", "");

    # The languages of the site, the first that a browser names; without one, the default.
    if (req.http.Accept-Language ~ "(?i)\b(en|sv)\b") {
        set req.http.Accept-Language =
            std.tolower(regsub(req.http.Accept-Language, "(?i)^.*?\b(en|sv)\b.*$", "\1"));
    } else {
        unset req.http.Accept-Language;
    }

    # While Offprint answers, pages are at most ten minutes late; while it does not, a day.
    if (std.healthy(req.backend_hint)) {
        set req.grace = 10m;
    }
    return (hash);
}

# Offprint has one site, so the header Host makes no other page.
sub vcl_hash {
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_response {
    # A failure does not replace a page that is there.
    if (beresp.status >= 500) {
        if (bereq.is_bgfetch) {
            return (abandon);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 0s;
        return (deliver);
    }
    # Large PDFs would push out thousands of pages; Offprint sends them as fast.
    if (std.integer(beresp.http.Content-Length, 0) > 10485760) {
        set beresp.uncacheable = true;
        set beresp.ttl = 2m;
        return (deliver);
    }
    if (beresp.ttl > 0s) {
        set beresp.grace = 24h;
        # For the entity tag, with which Offprint answers that a page has not changed.
        set beresp.keep = 24h;
    }
}

sub vcl_backend_error {
    if (bereq.is_bgfetch) {
        return (abandon);
    }
}

sub vcl_deliver {
    unset resp.http.Surrogate-Key;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    # The minute for which browsers keep a page begins now.
    unset resp.http.Age;
}
