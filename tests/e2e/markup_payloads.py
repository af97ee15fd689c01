"""Text that would be markup if anybody forgot to escape it, for test_xss.py."""
import itertools
import random

# Each has the attribute or the element `zz`, which no page of ours has.
ELEMENTS = ("<script zz>alert(1)</script>", "<img zz src=x onerror=alert(1)>", "<svg zz onload=alert(1)>", "<svg zz><animate onbegin=alert(1) attributeName=x>",
            "<iframe zz src=javascript:alert(1)>", "<iframe zz srcdoc='<script>alert(1)</script>'>", "<a zz href=javascript:alert(1)>x</a>",
            "<body zz onload=alert(1)>", "<input zz autofocus onfocus=alert(1)>", "<details zz open ontoggle=alert(1)>", "<math zz><mi xlink:href=data:x>",
            "<object zz data=data:text/html,x>", "<embed zz src=//evil.example>", "<style zz>*{background:url(//evil.example)}</style>",
            "<link zz rel=stylesheet href=//evil.example>", "<meta zz http-equiv=refresh content=0>", "<base zz href=//evil.example>",
            "<form zz action=//evil.example><button>x", "<video zz><source onerror=alert(1)>", "<marquee zz onstart=alert(1)>", "<template zz><script>x",
            "<textarea zz autofocus onfocus=alert(1)>", "<select zz onfocus=alert(1) autofocus>", "<table zz background=javascript:alert(1)>",
            "<audio zz src onerror=alert(1)>", "<button zz formaction=javascript:alert(1)>x", "<zz onclick=alert(1)>x</zz>", "<portal zz src=//evil.example>",
            "<noscript zz><p title=\"</noscript><img zz src=x onerror=alert(1)>\">", "<p zz style=position:fixed;inset:0>", "<h1 zz>Tinwatch</h1>",
            "<del zz><ins>", "<td zz>", "<plaintext zz>", "<frameset zz onload=alert(1)>", "<isindex zz type=image src=1 onerror=alert(1)>")
# What may stand before it: ends of whatever we may be inside of.
OPENINGS = ("", "\">", "'>", "`>", "\"'>", "--><", "-->", "]]>", "</title>", "</script>", "</style>", "</textarea>", "</p></body></html>", "</td></tr></table>",
            "\" zz=\"", "' zz='", "\\\">", "\\u0022>", "&quot;>", "&#34;>", "%22%3E", "javascript:/*", "*/", "{{", "${", "<!--", "<![CDATA[", "<?php ",
            "\u2028", "\ufeff", "\u00ad")


def double(text):
    return text.replace("<", "&lt;").replace(">", "&gt;")


def as_references(text):
    return "".join(f"&#{ord(c)};" if c in "<>\"'/=" else c for c in text)


def as_short_references(text):
    return "".join(f"&#x{ord(c):x}" if c in "<>\"'/=" else c for c in text)


def per_cent(text):
    return "".join(f"%{ord(c):02X}" if c in "<>\"' " else c for c in text)


def slashed(text):
    return text.replace(" ", "/")


def odd_case(text):
    return "".join(c.upper() if n % 2 else c for n, c in enumerate(text)).replace("ZZ", "zz").replace("Zz", "zz").replace("zZ", "zz")


def spaced(text):
    return text.replace(" ", "\n\t ").replace("javascript", "java&#10;script")


def unclosed(text):
    return text.rstrip(">").rstrip()


def nested(text):
    return text.replace("script", "scr<script>ipt").replace("<", "<<")


def wide(text):
    return text.replace("<", "\uff1c").replace(">", "\uff1e")


def escaped(text):
    return text.replace("<", "\\u003c").replace(">", "\\x3e")


WRITINGS = (str, double, as_references, as_short_references, per_cent, slashed, odd_case, spaced, unclosed, nested, wide, escaped)


def payloads(count):
    """`count` different ones, the same in every run; each element, opening and writing occurs."""
    rng = random.Random(20)
    every = [opening + writing(element) for opening, element, writing in itertools.product(OPENINGS, ELEMENTS, WRITINGS)]
    # Each kind once, in a plain company; the rest by lot.
    out = dict.fromkeys([opening + ELEMENTS[n % len(ELEMENTS)] for n, opening in enumerate(OPENINGS)] +
                        [writing(element) for element, writing in itertools.product(ELEMENTS, WRITINGS)])
    for text in rng.sample(every, len(every)):
        if len(out) >= count:
            break
        out[text] = None
    return list(out)[:count]
