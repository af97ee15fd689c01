"""Families of page designs, the second set: written when the rules for the first were, tried once they stood."""
from page import e


def crumbs_or_nothing(p, form, join):
    names = p.crumbs()
    return form.format(join.join(f'<a href="/{i}">{s}</a>' for i, s in enumerate(names))) if names else ""


def themed(p):
    """A theme of a well-known blog system: meta line of spans, captions as <p> in a sized box, replies at length."""
    names = p.author_links()
    pieces = p.blocks(lambda s: f"<p>{s}</p>",
                      lambda at, s: f'<div style="width: 650px" class="wp-caption aligncenter">{p.image(at)}<p class="wp-caption-text">{s}</p></div>',
                      lambda s: f"<h3>{s}</h3>", lambda s: f"<p><em>{s}</em></p>" if p.has("em") else f"<h4>{s}</h4>")
    by = f'<span class="byline"> {p.w["by"].lower().strip()} <span class="author vcard">' + p.w["join"].join(f'<a class="url fn n" href="/member/{i}/">{n}</a>' for i, n in enumerate(names)) + "</span></span>" if names else ""
    cats = crumbs_or_nothing(p, '<nav class="rank-math-breadcrumb"><p><a href="/">Home</a> <span class="separator"> - </span> {}</p></nav>', ' <span class="separator"> - </span> ')
    said = "".join(f'<li class="comment"><article class="comment-body"><footer><b class="fn">{n}</b> {d}</footer><p>{t}</p></article></li>' for n, t, d in p.readers(p.noise.randint(0, 25)))
    share = f'<div class="sharedaddy"><h3 class="sd-title">{p.w["share"]}:</h3><ul><li><a href="#">X</a></li><li><a href="#">Facebook</a></li></ul></div>'
    like = f'<div id="jp-relatedposts"><h3><em>{p.w["related"]}</em></h3>' + "".join(f'<div><h4><a href="{u}">{t}</a></h4><p>{x}</p></div>' for u, t, x, _ in p.others(3)) + "</div>"
    widgets = "".join(f'<section class="widget"><h2 class="widget-title">{h}</h2><ul>{p.list_of_links(5)}</ul></section>' for h in (p.w["most"], p.w["tags"]))
    views = p.views(.3)
    return p.document(f'<div id="page" class="site"><header id="masthead"><p class="site-title"><a href="/">{e(p.a["site"])}</a></p></header><div id="content">{cats}<div id="primary"><article id="post-{p.seed}9" class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">{p.headline()}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{p.iso()}">{p.date()}</time></span>{by}{f"<span>{views}</span>" if views else ""}</div></header><div class="entry-content">{"".join(pieces)}{share}{like}</div><footer class="entry-footer">{p.w["tags"]} <a rel="tag" href="/t">A</a>, <a rel="tag" href="/u">B</a></footer></article><div id="comments"><h2>{p.w["comments"]}</h2><ol>{said}</ol></div></div><aside id="secondary">{widgets}</aside></div></div>', p.pick("data", "none", "og", "ld"))


def portal(p):
    """An Asian portal: text broken by <br>, pictures and their words in <span>s, the writer at the end with an address."""
    who = p.authors()
    mail = f'{who} (desk{p.seed}@example.vn)' if who and len(p.a["author"]) == 1 else who
    pieces = p.blocks(lambda s: f"{s}<br/><br/>", lambda at, s: f'<span class="end_photo_org">{p.image(at)}<em class="img_desc">{s}</em></span><br/><br/>', lambda s: f"<strong>{s}</strong><br/><br/>",
                      lambda s: f'<strong class="media_end_summary">{s}</strong><br/><br/>')
    rank = "".join(f'<li><em>{i + 1}</em><a href="{u}">{t}</a></li>' for i, (u, t, _, _) in enumerate(p.others(7)))
    views = p.views(.4)
    path = crumbs_or_nothing(p, '<div class="lnb_path">{}</div>', " &gt; ")
    return p.document(f'<div id="wrap"><div class="lnb"><ul>{"".join(f"<li><a href=/{i}>{m}</a></li>" for i, m in enumerate(p.w["menu"]))}</ul></div><div id="ct">{path}<div class="hd"><h2 id="title_area"><span>{p.headline()}</span></h2><div class="info"><span class="stamp">{p.date()}</span>{f" <span class=cnt>{views}</span>" if views else ""}</div></div><div id="contents"><div id="dic_area">{"".join(pieces)}{mail}</div><div class="promo_area"><a href="/app">{p.w["news"]}</a></div></div><div class="ranking"><strong>{p.w["most"]}</strong><ol>{rank}</ol></div></div></div>', p.pick("data", "og", "none", "ld"))


def ledger(p):
    """Facts about the article in a definition list, sections with headings, legends in <small>."""
    names = p.author_links()
    label = {"vi": ("Tác giả", "Ngày đăng"), "en": ("Author", "Published"), "de": ("Autor", "Veröffentlicht"), "fr": ("Auteur", "Publié"), "es": ("Autor", "Publicado"), "ja": ("執筆", "公開")}[p.lang]
    rows = f"<dt>{label[1]}</dt><dd>{p.date()}</dd>"
    rows += f"<dt>{label[0]}</dt>" + "".join(f"<dd>{n}</dd>" for n in names) if names and len(names) == 1 else f"<dt>{label[0]}</dt><dd>{p.w['join'].join(names)}</dd>" if names else ""
    has_lead = any(k == "lead" for k, _ in p.a["blocks"])
    lead = f'<p role="doc-subtitle">{p.lead()}</p>' if has_lead else ""
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<div class="m">{p.image(at)}<p><small>{s}</small></p></div>', lambda s: f"</section><section><h2>{s}</h2>", skip_lead=True)
    box = f'<section class="r"><h2>{p.w["also"]}</h2><ul>{p.list_of_links(4)}</ul></section>'
    path = crumbs_or_nothing(p, '<p class="pth">{}</p>', " › ")
    return p.document(f'<header><a href="/">{e(p.a["site"])}</a><nav>{"".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(p.w["menu"]))}</nav></header><main>{path}<h1>{p.headline()}</h1>{lead}<dl class="facts">{rows}</dl><div class="t"><section>{"".join(pieces)}</section></div>{box}</main><footer><small>© {e(p.a["site"])}</small></footer>', p.pick("data", "none", "ld", "og"))


def reacted(p):
    """Each paragraph in a box with buttons to react, teasers and a newsletter between; generated names."""
    h = lambda role: p.hashed(role, p.pick("pre", "_", "c-", "x"))
    count = lambda: f'<div class="{h("rc")}"><button>♥</button><span>{p.noise.randint(0, 99)}</span></div>'
    who = p.authors(p.pick("label", "by", None))
    pieces = p.blocks(lambda s: f'<div class="{h("b")}"><div class="{h("i")}"><p class="{h("p")}">{s}</p></div>{count()}</div>',
                      lambda at, s: f'<div class="{h("f")}"><div class="{h("g")}">{p.image(at)}</div><p class="{h("c")}">{s}</p></div>',
                      lambda s: f'<div class="{h("b")}"><h2 class="{h("h")}">{s}</h2></div>', lambda s: f'<div class="{h("l")}"><p class="{h("lp")}">{s}</p></div>')
    card = "".join(f'<a class="{h("k")}" href="{u}"><img src="/t/{p.ident()}.jpg" alt=""><span>{p.w["also"]}</span><span>{t}</span></a>' for u, t, _, _ in p.others(1))
    news = f'<div class="{h("n")}"><h3>{p.w["news"]}</h3><p>{p.w["offer"]}</p><input type="email"><button>OK</button></div>'
    views = p.views(.5)
    top = f'<div class="{h("m")}"><div class="{h("d")}">{p.date()}</div><div class="{h("w")}">{who}</div><div class="{h("v")}">{views}</div></div>'
    grid = "".join(f'<div class="{h("gr")}"><a href="{u}"><img src="/t/{p.ident()}.jpg" alt=""><h4>{t}</h4></a><span>{d}</span></div>' for u, t, _, d in p.others(6))
    return p.document(f'<div id="app"><div class="{h("nv")}">{"".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(p.w["menu"]))}</div><div class="{h("pg")}"><h1 class="{h("t")}">{p.headline()}</h1>{top}<div class="{h("bd")}">{"".join(p.scatter(pieces, card, news if p.has("news") else ""))}</div><div class="{h("gd")}"><h3>{p.w["related"]}</h3>{grid}</div></div></div>', p.pick("data", "og", "none", "ld"))


def rows(p):
    """A table for the page, a row for each paragraph, as mail systems and old editors write."""
    who = p.authors("by")
    row = lambda s, more="": f"<tr><td{more}>{s}</td></tr>"
    pieces = p.blocks(lambda s: row(s, ' class="tx"'), lambda at, s: row(p.image(at)) + row(s, f' class="{p.pick("cap", "k1", "chuthich", "note")}" style="font-size:11px"'), lambda s: row(f"<b>{s}</b>", ' class="tx"'), lambda s: row(f"<b>{s}</b>", ' class="tx"'))
    links = "".join(row(f'• <a href="{u}">{t}</a>') for u, t, _, _ in p.others(5))
    views = p.views(.4)
    path = crumbs_or_nothing(p, "<tr><td>{}</td></tr>", " &raquo; ")
    head = f'{path}<tr><td class="tt"><h1>{p.headline()}</h1></td></tr><tr><td class="dt">{p.date()}{f" - {views}" if views else ""}</td></tr>'
    sign = row(f"<strong>{who}</strong>", ' align="right"') if who else ""
    return p.document(f'<table width="100%"><tr><td><table><tr>{"".join(f"<td><a href=/{i}>{m}</a></td>" for i, m in enumerate(p.w["menu"]))}</tr></table></td></tr><tr><td><table>{head}</table><table class="bd">{"".join(pieces)}{sign}</table><table>{row("<b>" + p.w["related"] + "</b>")}{links}</table></td></tr><tr><td>© {e(p.a["site"])}</td></tr></table>', p.pick("data", "none", "og"))


def longform(p):
    """Full-width sections, a large first letter in an element of its own, legends beside pictures, the photographer named."""
    h = lambda s: f"g-{s}"
    first = [True]

    def para(s):
        if first[0] and s[0].isalpha() and p.lang != "ja":
            first[0] = False
            return f'<p class="{h("p")}"><span class="{h("cap1")}">{s[0]}</span>{s[1:]}</p>'
        return f'<p class="{h("p")}">{s}</p>'
    names = p.author_links()
    text, photo = {"vi": ("Bài: ", "Ảnh: "), "en": ("Words: ", "Photos: "), "de": ("Text: ", "Fotos: "), "fr": ("Texte : ", "Photos : "), "es": ("Texto: ", "Fotos: "), "ja": ("文：", "写真：")}[p.lang]
    who = f'<div class="{h("by")}"><div>{text}{p.w["join"].join(names)}</div><div>{photo}Nguyen Mau</div></div>' if names else ""
    lead = p.lead()
    pieces = p.blocks(para, lambda at, s: f'</section><section class="{h("media")}"><div class="{h("bleed")}">{p.image(at)}</div><div class="{h("side")}">{s}</div></section><section class="{h("text")}">', lambda s: f'<h2 class="{h("h")}">{s}</h2>', skip_lead=True)
    top = f'<div class="{h("deck")}">{lead}</div>' if lead else ""
    more = "".join(f'<li><a href="{u}"><b>{t}</b><i>{x}</i></a></li>' for u, t, x, _ in p.others(4))
    return p.document(f'<div class="{h("bar")}"><a href="/">{e(p.a["site"])}</a></div><header class="{h("hero")}"><h1>{p.headline()}</h1>{top}{who}<time datetime="{p.iso()}">{p.date()}</time></header><section class="{h("text")}">{"".join(pieces)}</section><nav class="{h("more")}"><ul>{more}</ul></nav><footer>{e(p.a["site"])}</footer>', p.pick("data", "og", "ld", "none"))


def metered(p):
    """A paper that sells subscriptions: offers in the middle of the text, names that say paywall, rules of discussion behind it."""
    who = p.authors("by")
    crumbs = crumbs_or_nothing(p, '<div class="article-kicker">{}</div>', " / ")
    pieces = p.blocks(lambda s: f'<p class="paywall article__p">{s}</p>', lambda at, s: f'<div class="image-wrap"><div class="image-ratio">{p.image(at)}</div><div class="image-legend"><span>{s}</span></div></div>', lambda s: f'<h2 class="article__crosshead">{s}</h2>', lambda s: f'<p class="article__intro">{s}</p>')
    offer = f'<div class="offer"><h3>{p.w["offer"]}</h3><p>{p.w["news"]}</p><ul><li>1 €</li><li>12 €</li></ul><a href="/abo">OK</a></div>'
    said = "".join(f'<div class="post"><span>{n}</span><p>{t}</p></div>' for n, t, _ in p.readers(p.noise.randint(0, 14)))
    meta = f'<div class="article__meta"><div>{who}</div><div>{p.date()}</div></div>'
    under = "".join(f'<article class="teaser"><h3><a href="{u}">{t}</a></h3><p>{x}</p></article>' for u, t, x, _ in p.others(5))
    return p.document(f'<div class="page-wrap has-ads"><header>{e(p.a["site"])}</header><main class="article"><div class="article__head">{crumbs}<h1 class="article__title">{p.headline()}</h1>{meta}</div><div class="article__content">{"".join(p.scatter(pieces, offer))}</div><section class="discussion"><h2>{p.w["comments"]}</h2>{said}</section></main><div class="teasers"><h2>{p.w["most"]}</h2>{under}</div></div>', p.pick("data", "og", "ld", "none"))


def margin(p):
    """The facts stand in a column beside the text: portrait, name, role, the time of the last change; a player above the text."""
    names = p.author_links()
    updated = f'<div class="s2"><span>{p.w["updated"]}:</span> <span>{p.noise.randint(1, 12)}h</span></div>' if p.has("upd") else ""
    left = f'<div class="s1">{"".join(f"<div><img width=48 height=48 src=/a.jpg><b>{n}</b></div>" for n in names)}<div>{p.date()}</div>{updated}</div>'
    pieces = p.blocks(lambda s: f'<p class="svelte-1k9x2">{s}</p>', lambda at, s: f'<figure class="svelte-1k9x2">{p.image(at)}<figcaption>{s}</figcaption></figure>', lambda s: f'<h2 class="svelte-1k9x2">{s}</h2>', lambda s: f'<p class="svelte-1k9x2"><strong>{s}</strong></p>')
    player = f'<div class="svelte-7"><button>▶</button><span>0:00</span> / <span>{p.noise.randint(2, 9)}:{p.noise.randint(10, 59)}</span> <span>1x</span></div>'
    quote = f'<div class="svelte-8"><a href="#c">{p.noise.randint(0, 300)} {p.w["comments"]}</a></div>'
    path = crumbs_or_nothing(p, '<ul class="svelte-9">{}</ul>', "").replace("<a ", "<li><a ").replace("</a>", "</a></li>")
    grid = "".join(f'<li><a href="{u}">{t}</a></li>' for u, t, _, _ in p.others(6))
    return p.document(f'<div id="svelte"><nav>{"".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(p.w["menu"]))}</nav><main><div class="top">{path}<h1>{p.headline()}</h1></div><div class="grid">{left}<div class="mid">{player}{"".join(pieces)}{quote}</div></div><section><h2>{p.w["related"]}</h2><ul>{grid}</ul></section></main></div>', p.pick("data", "og", "ld", "none"))


FAMILIES = {f.__name__: f for f in (themed, portal, ledger, reacted, rows, longform, metered, margin)}
