"""Ways to write an address that must not be asked, for test_ssrf.py: each is a URL up to its path."""

# Loopback, private, link-local and shared networks, cloud metadata, and what is reserved (RFC 6890, IANA's registries).
PLAIN = ("127.0.0.1", "127.0.0.3", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.1", "192.168.0.1", "169.254.169.254", "169.254.170.2",
         "100.100.100.200", "100.64.0.1", "0.0.0.0", "0.1.2.3", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.5", "198.51.100.7",
         "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255")
# inet_aton's forms, and letters and dots that IDNA maps to digits and dots.
WRITTEN = ("2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "00000177.1", "127.1", "127.0.1", "0x7f.1", "0", "127.0.0.1.",
           "10.1", "167772161", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "0xa9.254.0251.254", "425.510.425.510", "7147006462",
           "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
           "127\u30020\u30020\u30021", "127.0.0.1%00", "127.0.0.1%09")
# IPv4 inside IPv6 (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP), and IPv6 that is not public.
SIX = ("::1", "::", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254", "::ffff:0:7f00:1", "::ffff:0:10.0.0.1",
       "::127.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::169.254.169.254", "64:ff9b:1::7f00:1", "2002:7f00:1::",
       "2002:a00:1::1", "2002:a9fe:a9fe::1", "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2600:1::5efe:7f00:1",
       "2600:1::200:5efe:a00:1", "fe80::1", "fe80::5efe:7f00:1", "fc00::1", "fd00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "100::1",
       "2001:db8::1", "3fff::1", "5f00::1", "fe80::1%25lo", "::1%25lo")
# /etc/hosts and the name server of the test say where they lead; `rebind` leads somewhere else each time.
NAMES = {"intern.example": ["10.0.0.1"], "meta.example": ["169.254.169.254"], "mapped.example": ["::ffff:7f00:1"], "six.example": ["::1"],
         "both.example": ["127.0.0.2", "10.0.0.1"], "rebind.example": ["127.0.0.2", "127.0.0.1"]}
LOCAL = ("localhost", "LOCALHOST", "localhost.", "x.localhost", "a.b.localhost.", "ip6-localhost", "hosts-file-name")
# Ports on which no newspaper answers (Fetch standard, "port blocking"), on the one host that is allowed.
PORTS = (1, 7, 22, 25, 110, 143, 389, 465, 587, 2049, 3306, 5432, 6000, 6379, 6667, 9200, 11211)


def forms(site, port):
    """All of them as URLs without path. `site` is the host that may be asked, on `port` alone."""
    hosts = [*PLAIN, *WRITTEN, *(f"[{six}]" for six in SIX), *NAMES, *LOCAL]
    out = [f"http://{host}:{port}" for host in hosts]
    out += [f"{scheme}://127.0.0.1:{port}" for scheme in ("hTTp", "HTTPS", "file", "gopher", "ftp", "ftps", "dict", "ldap", "tftp", "telnet", "ws",
                                                          "smb", "imap", "pop3", "rtsp", "scp", "unix", "jar:http", "view-source:http")]
    out += [f"http://{site}:{port}@10.0.0.1:{port}", f"http://{site}@127.0.0.1:{port}", f"http://10.0.0.1:{port}\\@{site}:{port}",
            f"http://{site}:{port}\\@10.0.0.1:{port}", f"http://{site}:{port}%2f@10.0.0.1:{port}", f"http://{site}%00@10.0.0.1:{port}",
            f"http://a:b@10.0.0.1:{port}", f"http:/10.0.0.1:{port}", f"http:10.0.0.1:{port}", f"http:///10.0.0.1:{port}", f"//10.0.0.1:{port}",
            f"\\\\10.0.0.1:{port}", f"/\\10.0.0.1:{port}", f"ht\ttp://10.0.0.1:{port}", f" http://10.0.0.1:{port}", f"http://10.0.0.1:{port}#@{site}:{port}",
            f"http://{site}.:{port}#@10.0.0.1", f"http://[::ffff:7f00:1%25{site}]:{port}"]
    out += [f"http://{site}:{number}" for number in PORTS]
    return out
