"""Families of page designs, the fourth set: drawn when the rules for the first three stood, after systems that newspapers really use, and tried once."""
from page import e

AGO = {"vi": "{} phút trước", "en": "{} minutes ago", "de": "vor {} Minuten", "fr": "il y a {} minutes", "es": "hace {} minutos", "ja": "{}分前"}
READING = {"vi": "{} người đang đọc", "en": "{} people are reading this", "de": "{} Personen lesen das gerade", "fr": "{} lecteurs en ce moment", "es": "{} personas leyendo ahora", "ja": "{}人が閲覧中"}
GOES_ON = {"vi": "Bài viết tiếp tục sau quảng cáo", "en": "Story continues below advertisement", "de": "Der Artikel geht unter der Anzeige weiter", "fr": "La suite après la publicité", "es": "La noticia continúa tras la publicidad", "ja": "記事は広告の後に続きます"}
CONTENTS = {"vi": "Mục lục", "en": "Table of contents", "de": "Inhaltsverzeichnis", "fr": "Sommaire", "es": "Índice", "ja": "目次"}
ROLE = {"vi": "Phóng viên", "en": "Staff reporter", "de": "Redakteurin", "fr": "Journaliste", "es": "Redactora", "ja": "記者"}
RECOMMENDED = {"vi": "Có thể bạn quan tâm", "en": "Recommended for you", "de": "Das könnte Sie interessieren", "fr": "Vous aimerez aussi", "es": "Te puede interesar", "ja": "おすすめ記事"}


def ago(p):
    return AGO[p.lang].format(p.noise.randint(2, 59))


def reading(p):
    return READING[p.lang].format(p.noise.randint(12, 900))


def has_lead(p):
    return any(kind == "lead" for kind, _ in p.a["blocks"])


def links(p, form="<a href=\"/{1}/\">{0}</a>"):
    return "".join(form.format(name, n) for n, name in enumerate(p.w["menu"]))


def bleed(p):
    """A long read: sections and pictures stand in <body> itself, every writer on a line of its own, a bar that counts readers."""
    names = p.author_links()
    lead = f'<p class="opening">{p.lead()}</p>' if has_lead(p) else ""
    credits = "".join(f"<div>{n}</div>" for n in names)
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f"</section><figure class=\"full\">{p.image(at)}<figcaption>{s}</figcaption></figure><section class=\"run\">" if p.has("figure") else f'</section><div class="full">{p.image(at)}<span>{s}</span></div><section class="run">',
                      lambda s: f'</section><section class="run"><h2>{s}</h2>', skip_lead=True)
    more = "".join(f'<a href="{u}"><img src="/t/{p.ident()}.jpg" alt=""><b>{t}</b><i>{ago(p)}</i></a>' for u, t, _, _ in p.others(4))
    return p.document(f'<div class="bar"><a href="/">{e(p.a["site"])}</a><span>{reading(p)}</span></div><section class="hero"><h1>{p.headline()}</h1>{lead}<div class="who">{credits}</div><div class="when">{p.date()}</div></section><section class="run">{"".join(pieces)}</section><section class="next">{more}</section><footer>© {e(p.a["site"])}</footer>', p.pick("data", "none", "og", "ld"))


def streamed(p):
    """Streamed by the server in parts: what came late stands in hidden boxes at the end and is moved by a script."""
    h = lambda role: p.hashed(role, "module_")
    who = p.authors("by")
    pieces = p.blocks(lambda s: f'<p class="{h("p")}">{s}</p>', lambda at, s: f'<figure class="{h("f")}">{p.image(at)}<figcaption class="{h("c")}">{s}</figcaption></figure>', lambda s: f'<h2 class="{h("h")}">{s}</h2>', lambda s: f'<p class="{h("l")}">{s}</p>')
    cut = 0 if p.has("all late", .6) else max(2, len(pieces) // 2)
    wait = lambda n: f'<!--$?--><template id="B:{n}"></template><div class="{h("sk")}"><div></div><div></div></div><!--/$-->'
    late = lambda n, s: f'<div hidden id="S:{n}">{s}</div><script>$RC("B:{n}","S:{n}")</script>'
    feed = "".join(f'<li><a href="{u}">{t}</a><span>{ago(p)}</span></li>' for u, t, _, _ in p.others(5))
    related = p.w["related"]
    views = p.views(.4)
    meta = f'<div class="{h("m")}"><span>{who}</span><span>{p.date()}</span>{f"<span>{views}</span>" if views else ""}</div>'
    body = f'<div class="{h("b")}">{"".join(pieces[:cut])}{wait(0)}</div>'
    return p.document(f'<div id="root"><nav>{links(p)}</nav><main><h1 class="{h("t")}">{p.headline()}</h1>{meta}{body}{wait(1)}</main></div>{late(0, "".join(pieces[cut:]))}{late(1, f"<section><h2>{related}</h2><ul>{feed}</ul></section>")}', p.pick("data", "og", "none", "ld"))


def block_editor(p):
    """A blog system's block editor: a table of contents, sections as questions that open, a portrait of the writer, posts among the blocks."""
    names = p.author_links()
    opened = p.has("opens")
    state = {"open": False}

    def sub(s):
        if not opened:
            return f'<h2 class="wp-block-heading" id="h-{p.seed}"><strong>{s}</strong></h2>'
        out = ("</details>" if state["open"] else "") + f'<details class="wp-block-details"><summary>{s}</summary>'
        state["open"] = True
        return out
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<figure class="wp-block-image size-large">{p.image(at)}<figcaption class="wp-element-caption">{s}</figcaption></figure>', sub, lambda s: f'<p class="has-medium-font-size"><strong>{s}</strong></p>')
    if state["open"]:
        pieces.append("</details>")
    subs = [e(t) for kind, t in p.a["blocks"] if kind == "subheading"]
    toc = f'<div class="wp-block-rank-math-toc-block"><p>{CONTENTS[p.lang]}</p><nav><ul>{"".join(f"<li><a href=#h-{n}>{s}</a></li>" for n, s in enumerate(subs))}</ul></nav></div>' if subs else ""
    post = "".join(f'<div class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper"><blockquote class="wp-embedded-content"><a href="{u}">{t}</a></blockquote></div></div>' for u, t, _, _ in p.others(1))
    who = "".join(f'<div class="wp-block-post-author"><div class="wp-block-post-author__avatar"><img src="/a{n}.jpg" width="48" height="48" alt=""></div><div class="wp-block-post-author__content"><p class="wp-block-post-author__name">{name}</p></div></div>' for n, name in enumerate(names))
    query = "".join(f'<li class="wp-block-post"><h3 class="wp-block-post-title"><a href="{u}">{t}</a></h3><div class="wp-block-post-excerpt"><p>{x}</p></div><div class="wp-block-post-date">{ago(p)}</div></li>' for u, t, x, _ in p.others(4))
    head = f'<h1 class="wp-block-post-title">{p.headline()}</h1>{who}<div class="wp-block-post-date"><time datetime="{p.iso()}">{p.date()}</time></div>'
    return p.document(f'<div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">{e(p.a["site"])}</a></p><nav>{links(p)}</nav></header><main class="wp-block-group">{head}<div class="entry-content wp-block-post-content is-layout-constrained">{pieces[0]}{toc}{"".join(p.scatter(pieces[1:], "" if opened else post))}</div><div class="wp-block-query"><h2>{RECOMMENDED[p.lang]}</h2><ul>{query}</ul></div></main><footer class="wp-block-template-part"><p>© {e(p.a["site"])}</p></footer></div>', p.pick("data", "none", "og", "ld"))


def chain(p):
    """A chain of local papers: cards of writers with role and address, notices round advertisements, films and other stories in the text."""
    names = p.author_links()
    card = "".join(f'<div class="c-author"><div><a href="/staff/{n}/">{name}</a></div><div class="c-role">{ROLE[p.lang]}</div><div><a href="mailto:desk{n}@example.com">desk{n}@example.com</a></div></div>' for n, name in enumerate(names))
    pieces = p.blocks(lambda s: f'<p class="c-paragraph" data-el="text">{s}</p>', lambda at, s: f'<div class="c-media-item" data-el="image"><div>{p.image(at)}</div><div class="c-media-item__meta"><span class="c-media-item__text">{s}</span></div></div>', lambda s: f'<h3 class="c-heading" data-el="header">{s}</h3>', lambda s: f'<p class="c-paragraph c-first" data-el="text"><b>{s}</b></p>' if p.has("bold") else f'<p class="c-subhead">{s}</p>')
    ad = f'<div data-el="slot"><p>{GOES_ON[p.lang]}</p><div id="ad-{p.ident()}"></div></div>'
    u, t, x, _ = next(iter(p.others(1)))
    film = f'<div class="c-player" data-el="video"><div>{p.noise.randint(0, 9)}:{p.noise.randint(10, 59)}</div><a href="{u}">{t}</a><p>{x}</p></div>'
    also = f'<p class="c-paragraph" data-el="interstitial_link"><a href="{u}">{p.w["also"]}: {t}</a></p>'
    feed = "".join(f'<div class="c-recirc"><a href="{u}">{t}</a><span>{ago(p)}</span><p>{x}</p></div>' for u, t, x, _ in p.others(5))
    stamp = f'<div class="c-stamp"><span>{p.date()}</span> <span>{p.w["minutes"]}</span></div>'
    return p.document(f'<div id="fusion-app"><header><nav>{links(p)}</nav></header><section role="main" class="c-grid"><div class="c-col"><h1 class="c-headline">{p.headline()}</h1>{card}{stamp}<div class="c-share"><button>{p.w["share"]}</button></div><div class="c-body">{"".join(p.scatter(pieces, ad, film if p.has("film") else "", also if p.has("also") else ""))}</div></div><div class="c-rail"><h4>{RECOMMENDED[p.lang]}</h4>{feed}</div></section><footer><p>© {e(p.a["site"])}</p></footer></div>', p.pick("data", "og", "ld", "none"))


def sortable(p):
    """A system of many Vietnamese papers: boxes that an editor sorts, the summary as <h2>, the writer in a box under the text, a trail of links."""
    names = p.author_links()
    views = p.views(.4)
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<figure class="VCSortableInPreviewMode" type="Photo"><div>{p.image(at)}</div><figcaption class="PhotoCMS_Caption"><p data-placeholder="nhập chú thích">{s}</p></figcaption></figure>' if p.has("figure") else f'<div class="VCSortableInPreviewMode" type="Photo"><div>{p.image(at)}</div><div class="PhotoCMS_Caption"><p>{s}</p></div></div>', lambda s: f"<p><b>{s}</b></p>", skip_lead=True)
    lead = f'<h2 class="singular-sapo" data-role="sapo">{p.lead()}</h2>' if has_lead(p) else ""
    one = "".join(f'<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="{u}"><img src="/t/{p.ident()}.jpg" alt=""></a><div><a href="{u}">{t}</a><p>{x}</p></div></div>' for u, t, x, _ in p.others(1))
    list_ = f'<div class="VCSortableInPreviewMode" type="RelatedNewsBox"><ul>{p.list_of_links(2)}</ul></div>'
    who = f'<div class="singular-author">{"".join(f"<b>{n}</b>" if len(names) == 1 else f"<div><b>{n}</b></div>" for n in names)}</div>' if names else ""
    path = p.crumbs()
    path = f'<ul class="dt-breadcrumb">{"".join(f"<li><a href=/{n}.htm>{s}</a></li>" for n, s in enumerate(path))}</ul>' if path else ""
    new = "".join(f'<div class="box-category-item"><a href="{u}">{t}</a><p>{x}</p><span class="time-ago">{ago(p)}</span></div>' for u, t, x, _ in p.others(5))
    react = f'<div class="react"><span>{p.noise.randint(0, 200)}</span><span>{p.noise.randint(0, 30)}</span></div>'
    return p.document(f'<div class="header">{links(p)}</div><div class="detail__main">{path}<h1 class="singular-title" data-role="title">{p.headline()}</h1><div class="dt-info"><div data-role="publishdate">{p.date()}</div>{f"<span>{views}</span>" if views else ""}</div>{lead}<div class="singular-content afcbc-body" data-role="content">{"".join(p.scatter(pieces, one if p.has("one") else "", list_ if p.has("list") else "", f"<zone id={p.ident()}></zone>"))}</div>{who}{react}<div class="box-category"><div class="box-category-top">{p.w["related"]}</div>{new}</div></div><div class="footer">{e(p.a["site"])}</div>', p.pick("data", "og", "og", "none", "ld"))


def shadowed(p):
    """Declared shadow trees: the frame stands in templates, the text in their hosts, a part in a template itself."""
    names = p.author_links()
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<cp-figure><template shadowrootmode="open"><slot name="media"></slot><slot name="words"></slot></template><div slot="media">{p.image(at)}</div><div slot="words">{s}</div></cp-figure>', lambda s: f"<h2>{s}</h2>", lambda s: f'<p slot="dek"><strong>{s}</strong></p>')
    inner = f'<div class="text">{"".join(pieces)}</div>'
    inside = p.has("inside", .4)
    body = f'<cp-article-reader><template shadowrootmode="open"><style>p{{margin:0}}</style>{inner}</template></cp-article-reader>' if inside else f'<cp-article-reader><template shadowrootmode="open"><slot></slot></template>{inner}</cp-article-reader>'
    who = "".join(f"<div><span>{n}</span></div>" for n in names)
    feed = "".join(f'<cp-card><a href="{u}">{t}</a><div>{ago(p)} · {p.noise.randint(1, 400)}</div></cp-card>' for u, t, _, _ in p.others(5))
    social = f'<cp-social><span>{p.noise.randint(1, 99)}</span><span>{p.noise.randint(1, 999)}</span></cp-social>'
    return p.document(f'<cp-header>{links(p)}</cp-header><div class="consumption-page"><cp-heading><h1>{p.headline()}</h1><div class="attribution">{who}<div>{p.date()} • {p.w["minutes"]}</div></div></cp-heading>{social}{body}<cp-river><h3>{RECOMMENDED[p.lang]}</h3>{feed}</cp-river></div>', p.pick("data", "og", "ld", "none"))


def restless(p):
    """Nothing keeps still: generated names, cards and counters among the paragraphs, ages, polls, ids drawn anew."""
    h = lambda role: p.hashed(role, "_")
    fresh = lambda: f' id="n{p.ident()}"'
    who = p.authors(p.pick("label", "by", None))
    pieces = p.blocks(lambda s: f'<div class="{h("k")}"{fresh()}><p>{s}</p></div>', lambda at, s: f'<div class="{h("m")}"{fresh()}>{p.image(at)}<div class="{h("mc")}">{s}</div></div>', lambda s: f'<div class="{h("k")}"{fresh()}><h3>{s}</h3></div>', lambda s: f'<div class="{h("ld")}"{fresh()}><p>{s}</p></div>')
    card = "".join(f'<div class="{h("cd")}"{fresh()}><a href="{u}"><div><img src="/t/{p.ident()}.jpg" alt=""></div><div><h4>{t}</h4><p>{x}</p><span>{ago(p)}</span></div></a></div>' for u, t, x, _ in p.others(p.noise.randint(1, 2)))
    two = "".join(f'<div class="{h("rw")}"><div class="{h("rt")}"><a href="{u}">{t}</a></div><div class="{h("ra")}">{ago(p)}</div></div>' for u, t, _, _ in p.others(3))
    box = f'<div class="{h("bx")}"{fresh()}><div>{RECOMMENDED[p.lang]}</div>{two}</div>'
    ad = f'<div class="{h("ad")}"{fresh()}><div>{p.w["ad"]}</div></div>'
    now = f'<div class="{h("nw")}">{reading(p)}</div>'
    views = p.views(.5)
    some = [x for x in (card if p.has("card") else "", box if p.has("box") else "", ad if p.noise.random() < .7 else "", now if p.has("now") else "") if x]
    tail = "".join(f'<div class="{h("tl")}"><a href="{u}"><h4>{t}</h4></a><div>{x}</div><div>{ago(p)}</div></div>' for u, t, x, _ in p.others(p.noise.randint(3, 6)))
    return p.document(f'<div id="a{p.seed}"><div class="{h("nv")}">{links(p)}</div><div class="{h("pg")}"><div class="{h("hd")}"><h1>{p.headline()}</h1><div class="{h("mt")}"><div>{who}</div><div>{p.date()}</div>{f"<div>{views}</div>" if views else ""}</div></div><div class="{h("bd")}">{"".join(p.scatter(pieces, *some))}</div><div class="{h("tw")}">{tail}</div></div></div>', p.pick("data", "og", "none", "ld"))


def column(p):
    """Opinion: portrait, name and role of each writer in a list above the text and again with a few words below, a line quoted large."""
    names = p.author_links()
    about = {"vi": "là cây bút của báo, chuyên viết về đời sống ở các vùng quê.", "en": "writes about how people live away from the big cities.", "de": "schreibt über das Leben abseits der großen Städte.", "fr": "raconte la vie loin des grandes villes.", "es": "escribe sobre la vida lejos de las grandes ciudades.", "ja": "は地方の暮らしについて書いている。"}[p.lang]
    top = f'<ul class="contributors">{"".join(f"<li><img src=/p{n}.jpg width=60 height=60 alt=><a rel=author href=/by/{n}>{name}</a><span>{ROLE[p.lang]}</span></li>" for n, name in enumerate(names))}</ul>' if names else ""
    paragraphs = [t for kind, t in p.a["blocks"] if kind == "paragraph"]
    pull = f'<aside class="pull"><p>{e(paragraphs[0][:80])}</p></aside>' if p.has("pull", .4) else ""
    lead = f'<p class="standfirst">{p.lead()}</p>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<figure>{p.image(at)}<figcaption><span>{s}</span></figcaption></figure>', lambda s: f"<h2>{s}</h2>", skip_lead=True)
    pieces.insert(2, pull)
    bio = "".join(f'<div class="bio"><img src="/p{n}.jpg" width="80" height="80" alt=""><p><b>{name}</b> {about}</p></div>' for n, name in enumerate(names))
    said = "".join(f'<li><h5>{n}</h5><time>{ago(p)}</time><p>{t}</p></li>' for n, t, _ in p.readers(p.noise.randint(0, 8)))
    feed = "".join(f'<li><a href="{u}">{t}</a> <small>{p.noise.randint(2, 80)}</small></li>' for u, t, _, _ in p.others(5))
    return p.document(f'<header><a href="/">{e(p.a["site"])}</a><nav>{links(p)}</nav></header><main><article><header><h1>{p.headline()}</h1>{lead}{top}<p class="when"><time datetime="{p.iso()}">{p.date()}</time></p></header><div class="text">{"".join(pieces)}</div><footer>{bio}</footer></article><section class="replies"><h3>{p.w["comments"]}</h3><ol>{said}</ol></section></main><aside><h3>{p.w["most"]}</h3><ol>{feed}</ol></aside>', p.pick("data", "none", "og", "ld"))


FAMILIES = {f.__name__: f for f in (bleed, streamed, block_editor, chain, sortable, shadowed, restless, column)}
