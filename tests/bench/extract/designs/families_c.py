"""Families of page designs, the third set: written when the rules for the first two were, and tried once."""
from page import e


def trail(p, form, join):
    names = p.crumbs()
    return form.format(join.join(f'<a href="/{i}">{s}</a>' for i, s in enumerate(names))) if names else ""


def menu(p, form="<li>{}</li>"):
    return "".join(form.format(f'<a href="/{i}/">{m}</a>') for i, m in enumerate(p.w["menu"]))


def fields(p):
    """A content system that wraps every field in boxes named for it."""
    wrap = lambda name, s: f'<div class="field field--name-{name} field--type-x field--label-hidden"><div class="field__item">{s}</div></div>'
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<div class="media media--type-image">{wrap("field-media-image", p.image(at))}{wrap("field-legend", s)}</div>', lambda s: f"<h2>{s}</h2>", skip_lead=True)
    lead = p.lead()
    who = p.authors("by")
    meta = f'<div class="node__submitted">{wrap("field-writer", who) if who else ""}<span>{p.date()}</span></div>'
    views = p.views(.3)
    rows = "".join(f'<div class="views-row"><div class="views-field"><span class="field-content"><a href="{u}">{t}</a></span></div><div class="views-field">{d}</div></div>' for u, t, _, d in p.others(5))
    return p.document(f'<div class="layout-container"><header role="banner"><ul>{menu(p)}</ul></header>{trail(p, """<nav class="crumbs"><ol><li>{}</li></ol></nav>""", "</li><li>")}<main role="main"><div class="region region-content"><h1 class="page-title"><span>{p.headline()}</span></h1><article class="node node--type-article">{meta}<div class="node__content">{wrap("field-summary", lead) if lead else ""}{wrap("body", "".join(pieces))}{f"<span>{views}</span>" if views else ""}</div></article></div></main><div class="region-after"><h2>{p.w["related"]}</h2>{rows}</div><footer role="contentinfo">{e(p.a["site"])}</footer></div>', p.pick("data", "none", "og", "ld"))


def plain(p):
    """Hardly any class: a headline, one line of by-line and date, pictures in paragraphs and their words in the next one."""
    who = p.authors("by")
    line = f"<p>{who} | {p.date()}</p>" if who else f"<p>{p.date()}</p>"
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f"<p>{p.image(at)}</p><p><i>{s}</i></p>", lambda s: f"<p><b>{s}</b></p>", lambda s: f"<p><b>{s}</b></p>")
    link = next(iter(p.others(1)))
    also = f'<p><b>{p.w["also"]}: <a href="{link[0]}">{link[1]}</a></b></p>'
    said = "".join(f"<p><b>{n}</b> ({d})</p><p>{t}</p>" for n, t, d in p.readers(p.noise.randint(1, 10)))
    return p.document(f'<ul>{menu(p)}</ul>{trail(p, "<p>{}</p>", " » ")}<h1>{p.headline()}</h1>{line}<div>{"".join(p.scatter(pieces, also if p.has("also") else ""))}</div><hr><div><h3>{p.w["comments"]}</h3>{said}</div><div><h3>{p.w["related"]}</h3><ul>{p.list_of_links(6)}</ul></div><p>© {e(p.a["site"])}</p>', p.pick("data", "og", "none"))


def tested(p):
    """No class says anything; attributes for tests do, paragraphs are boxes."""
    h = lambda role: f'class="{p.hashed(role, "c")}" data-testid="{role}"'
    names = p.author_links()
    who = f'<div {h("authors")}><span>{p.w["by"].strip()}</span> {" ".join(f"<a href=/profile/{i}>{n}</a>" for i, n in enumerate(names))}</div>' if names else ""
    n = iter(range(999))
    lead_above = p.has("above")
    has_lead = any(k == "lead" for k, _ in p.a["blocks"])
    pieces = p.blocks(lambda s: f'<div {h("paragraph")} id="b{next(n)}">{s}</div>', lambda at, s: f'<div {h("image")}><div><div>{p.image(at)}</div></div><span {h("text")}>{s}</span></div>', lambda s: f'<h2 {h("sub")}>{s}</h2>', lambda s: f'<div {h("standfirst")}>{s}</div>', skip_lead=lead_above)
    top = f'<p {h("standfirst")}>{p.lead()}</p>' if lead_above and has_lead else ""
    ad = f'<div {h("slot")}><div>{p.w["ad"]}</div><div id="{p.ident()}"></div></div>'
    rel = "".join(f'<div {h("promo")}><a href="{u}"><h3>{t}</h3></a></div>' for u, t, _, _ in p.others(5))
    return p.document(f'<div id="root"><nav>{menu(p, "{}")}</nav><main><div {h("body")}><h1 {h("headline")}>{p.headline()}</h1>{top}{who}<div {h("published")}>{p.date()} · {p.w["minutes"]}</div>{"".join(p.scatter(pieces, ad))}</div><aside><h2>{p.w["most"]}</h2>{rel}</aside></main></div>', p.pick("data", "og", "ld", "none"))


def infobox(p):
    """A list of facts above the text, each with its class, the body declared by microdata, legends as paragraphs of a class."""
    names = p.author_links()
    said = {"vi": "Viết bởi", "en": "Written by", "de": "Geschrieben von", "fr": "Écrit par", "es": "Escrito por", "ja": "執筆："}[p.lang]
    facts = f'<dd class="createdby">{said} <span itemprop="name">{p.w["join"].join(names)}</span></dd>' if names else ""
    views = p.views(.6)
    facts += f'<dd class="published"><time datetime="{p.iso()}" itemprop="datePublished">{p.date()}</time></dd>' + (f'<dd class="hits">{views}</dd>' if views else "")
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<div class="img_holder">{p.image(at)}<p class="img_words">{s}</p></div>', lambda s: f"<h3>{s}</h3>", lambda s: f'<p class="introtext">{s}</p>')
    pager = "".join(f'<li class="{k}"><a href="{u}">{t}</a></li>' for k, (u, t, _, _) in zip(("previous", "next"), p.others(2)))
    return p.document(f'<div class="body"><div class="moduletable"><ul class="nav">{menu(p)}</ul></div>{trail(p, """<ul itemscope itemtype="https://schema.org/BreadcrumbList" class="breadcrumb"><li>{}</li></ul>""", "</li><li>")}<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{p.headline()}</h2></div><dl class="article-info">{facts}</dl><div itemprop="articleBody">{"".join(pieces)}</div><ul class="pager">{pager}</ul></div><div class="moduletable"><h3>{p.w["most"]}</h3><ul>{p.list_of_links(6)}</ul></div></div>', p.pick("data", "none", "og"))


def provincial(p):
    """A local paper: the headline in a <div>, the time and a counter on one line, legends centred, the writer to the right."""
    views = p.views(.6)
    who = p.authors()
    pieces = p.blocks(lambda s: f'<p style="text-align: justify;">{s}</p>', lambda at, s: f'<p style="text-align: center;">{p.image(at)}</p><p style="text-align: center;">{p.pick("em", "<em>%s</em>", "%s") % s}</p>', lambda s: f'<p style="text-align: justify;"><strong>{s}</strong></p>', lambda s: f'<div class="{p.pick("lc", "sapo-detail", "tomtat", "d2")}"><strong>{s}</strong></div>')
    sign = f'<p style="text-align: right;"><strong>{who}</strong></p>' if who else ""
    line = f'<div class="lb-gray"><i class="fa fa-clock"></i> {p.date()}{f" <span>{views}</span>" if views else ""}</div>'
    rows = "".join(f'<div class="row-item"><a href="{u}">{t}</a> <i>({d})</i></div>' for u, t, _, d in p.others(7))
    return p.document(f'<div class="top"><ul>{menu(p)}</ul></div><div class="wrap-main">{trail(p, """<div class="vitri">{}</div>""", " / ")}<div class="title-detail">{p.headline()}</div>{line}<div class="maincontent">{"".join(pieces)}{sign}</div><div class="khac"><div class="tt">{p.w["related"]}</div>{rows}</div></div><div class="bottom">{e(p.a["site"])}</div>', p.pick("data", "og", "none", "og"))


def newsletter(p):
    """A publishing platform: cards for everything, an excerpt, members' offers and cards of other posts in the text."""
    names = p.author_links()
    has_lead = any(k == "lead" for k, _ in p.a["blocks"])
    excerpt = f'<p class="gh-excerpt is-body">{p.lead()}</p>' if has_lead else ""
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<figure class="kg-card kg-image-card kg-card-hascaption">{p.image(at, " class=kg-image")}<figcaption><span style="white-space: pre-wrap;">{s}</span></figcaption></figure>', lambda s: f'<h2 id="h-{p.seed}">{s}</h2>', skip_lead=True)
    u, t, x, _ = next(iter(p.others(1)))
    card = f'<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="{u}"><div class="kg-bookmark-title">{t}</div><div class="kg-bookmark-description">{x}</div></a></figure>'
    offer = f'<div class="kg-card kg-cta-card"><p>{p.w["offer"]}</p><a class="kg-btn" href="#/portal">{p.w["news"]}</a></div>'
    who = "".join(f'<h4 class="gh-name"><a href="/author/{i}/">{n}</a></h4>' for i, n in enumerate(names))
    meta = f'<div class="gh-meta">{who}<time datetime="{p.iso()[:10]}">{p.date()}</time><span>{p.w["minutes"]}</span></div>'
    feed = "".join(f'<article class="gh-card post"><a href="{u}"><h3 class="gh-card-title">{t}</h3><p class="gh-card-excerpt">{x}</p></a></article>' for u, t, x, _ in p.others(4))
    return p.document(f'<div class="gh-site"><header class="gh-head"><a href="/">{e(p.a["site"])}</a></header><main class="gh-main"><article class="gh-article post"><header class="gh-article-header"><h1 class="gh-title">{p.headline()}</h1>{excerpt}{meta}</header><section class="gh-content gh-canvas">{"".join(p.scatter(pieces, card if p.has("card") else "", offer))}</section></article></main><aside class="gh-more"><h4>{p.w["also"]}</h4>{feed}</aside><footer class="gh-foot">{e(p.a["site"])}</footer></div>', p.pick("data", "ld", "og", "none"))


FAMILIES = {f.__name__: f for f in (fields, plain, tested, infobox, provincial, newsletter)}
