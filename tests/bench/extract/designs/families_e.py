"""Families of page designs, the fifth set: written when the rules for the first four stood, after systems and habits that none of them has."""
from page import e

AGO = {"vi": "{} giờ trước", "en": "{}h ago", "de": "vor {} Std.", "fr": "il y a {} h", "es": "hace {} h", "ja": "{}時間前"}
RECOMMENDED = {"vi": "Tin cùng chuyên mục", "en": "More from this section", "de": "Mehr aus dem Ressort", "fr": "Dans la même rubrique", "es": "Más de esta sección", "ja": "同じカテゴリの記事"}
ABOUT = {"vi": "là phóng viên của báo từ năm 2015, chuyên viết về đời sống.", "en": "has been with the paper since 2015 and covers everyday life.", "de": "schreibt seit 2015 für die Zeitung über den Alltag.", "fr": "travaille au journal depuis 2015 et suit la vie quotidienne.",
         "es": "trabaja en el diario desde 2015 y escribe sobre la vida diaria.", "ja": "は2015年入社、暮らしを担当している。"}
FOLLOW = {"vi": "Theo dõi", "en": "Follow", "de": "Folgen", "fr": "Suivre", "es": "Seguir", "ja": "フォロー"}
PRINT = {"vi": "In trang", "en": "Print", "de": "Drucken", "fr": "Imprimer", "es": "Imprimir", "ja": "印刷"}
SIZE = {"vi": "Cỡ chữ", "en": "Font size", "de": "Schriftgröße", "fr": "Taille du texte", "es": "Tamaño de letra", "ja": "文字サイズ"}
RATE = {"vi": "Đánh giá bài viết", "en": "Rate this item", "de": "Artikel bewerten", "fr": "Notez cet article", "es": "Valora este artículo", "ja": "この記事を評価"}
UPDATES = {"vi": "{} cập nhật mới", "en": "{} new updates", "de": "{} neue Beiträge", "fr": "{} nouvelles mises à jour", "es": "{} novedades", "ja": "新着{}件"}
NEXT = {"vi": "Bài tiếp theo", "en": "Up next", "de": "Nächster Artikel", "fr": "Article suivant", "es": "Siguiente noticia", "ja": "次の記事"}
AUTHORS = {"vi": "Về tác giả", "en": "About the author", "de": "Über den Autor", "fr": "À propos de l'auteur", "es": "Sobre el autor", "ja": "筆者紹介"}


def ago(p):
    return AGO[p.lang].format(p.noise.randint(2, 23))


def has_lead(p):
    return any(kind == "lead" for kind, _ in p.a["blocks"])


def links(p, form="<a href=\"/{1}/\">{0}</a>"):
    return "".join(form.format(name, n) for n, name in enumerate(p.w["menu"]))


# mosaic: every part drawn by itself from many forms
def names_of(p):
    """A function of a role that gives its attributes, in one of the ways in which systems name things."""
    way = p.pick("names", "none", "hashed", "module", "tailwind", "aspnet", "french", "german", "russian", "short", "english", "data")
    words = {"french": dict(head="titre", date="dateparution", lead="chapeau", body="contenu", figure="visuel", caption="legende", author="auteur", views="lectures", crumbs="fil-ariane", sub="intertitre", box="encart", more="alire", page="fiche", meta="infos"),
             "german": dict(head="ueberschrift", date="datum", lead="vorspann", body="inhalt", figure="bild", caption="bildunterschrift", author="autor", views="aufrufe", crumbs="brotkrumen", sub="zwischentitel", box="kasten", more="mehr", page="beitrag", meta="kopfdaten"),
             "russian": dict(head="zagolovok", date="data", lead="anons", body="tekst", figure="foto", caption="podpis", author="avtor", views="prosmotry", crumbs="kroshki", sub="podzagolovok", box="blok", more="eshche", page="stranica", meta="svedeniya"),
             "english": dict(head="entry-title", date="posted-on", lead="excerpt", body="entry-content", figure="media", caption="media-caption", author="writer", views="hits", crumbs="trail", sub="subhead", box="module", more="recommended", page="single", meta="entry-meta"),
             "short": dict(head="t1", date="d1", lead="s1", body="c1", figure="f1", caption="f2", author="a1", views="v1", crumbs="b1", sub="t2", box="m1", more="m2", page="p1", meta="i1")}

    def attributes(role):
        if way == "none":
            return ""
        if way == "hashed":
            return f' class="{p.hashed(role, "sc-")} {p.hashed(role + "2", "")[:6]}"'
        if way == "module":
            return f' class="Story_{p.hashed(role, "_")}__{p.hashed(role + "3", "")[:5]}"'
        if way == "tailwind":
            return f' class="{" ".join(p.random_for("tw" + role).sample(["mt-4", "px-2", "flex", "text-sm", "font-bold", "text-gray-700", "leading-6", "md:w-1/2", "block", "mb-6", "items-center", "max-w-prose"], 4))}"'
        if way == "aspnet":
            return f' id="ctl00_Main_ctl{p.random_for("id" + role).randint(10, 99)}_lbl{p.random_for("id2" + role).randint(1, 9)}"'
        if way == "data":
            return f' data-qa="{role}"'
        return f' class="{words[way].get(role, role)}"'
    return attributes


def mosaic(p):
    """No system at all: headline, date, by-line, lead, captions, trail, counters each in a form and a place drawn by itself."""
    a = names_of(p)
    pick = p.pick
    tag = lambda name, role, inner: f"<{name}{a(role)}>{inner}</{name}>"
    table = p.has("table", .15)
    head = pick("head", lambda s: tag("h1", "head", s), lambda s: tag("h2", "head", s), lambda s: f"<h1><span{a('head')}>{s}</span></h1>", lambda s: tag("div", "head", s), lambda s: f"<div{a('head')}><h1>{s}</h1></div>")(p.headline())
    by_place = pick("by place", "date", "head", "end", "right", "box", "date", "end")
    author = p.authors(pick("by word", "by", "plain", None)) if by_place != "box" else ""
    box = p.author_links() if by_place == "box" else []
    para = pick("para", lambda s: f"<p>{s}</p>", lambda s: f"<div>{s}</div>", lambda s: f'<p{a("para")}><span style="font-size:14pt">{s}</span></p>', lambda s: f"<p{a('para')}>{s}</p>", lambda s: f'<p style="text-align:justify"><font face="Arial">{s}</font></p>', lambda s: f"<div{a('para')}><p>{s}</p></div>",
                lambda s: f"{s}<br><br>", lambda s: f"<div{a('para')}>{s}</div>")
    if table:
        para = lambda s: f"<tr><td>{s}</td></tr>"
    caption = pick("caption", lambda i, s: f"<figure{a('figure')}>{i}<figcaption{a('caption')}>{s}</figcaption></figure>", lambda i, s: f"<div{a('figure')}>{i}<p{a('caption')}>{s}</p></div>", lambda i, s: f"<div{a('figure')}>{i}</div><p{a('caption')}><i>{s}</i></p>",
                   lambda i, s: f'<p align="center">{i}<br><i>{s}</i></p>', lambda i, s: f'<table align="center"><tr><td>{i}</td></tr><tr><td><p{a("caption")}>{s}</p></td></tr></table>', lambda i, s: f"<figure{a('figure')}>{i}</figure><small{a('caption')}>{s}</small>",
                   lambda i, s: f"<dl{a('figure')}><dt>{i}</dt><dd{a('caption')}>{s}</dd></dl>", lambda i, s: f'<div{a("figure")}><a href="#"><span>{i}</span></a><div><span{a("caption")}>{s}</span></div></div>', lambda i, s: f'<center>{i}</center><center><font size="2">{s}</font></center>',
                   lambda i, s: f'<table><caption style="caption-side:bottom">{s}</caption><tr><td>{i}</td></tr></table>')
    if table:
        inner_caption = caption
        caption = lambda i, s: f"<tr><td>{inner_caption(i, s)}</td></tr>"
    sub = pick("sub", lambda s: f"<h2>{s}</h2>", lambda s: f"<h3{a('sub')}>{s}</h3>", lambda s: f"<p><strong>{s}</strong></p>", lambda s: f"<div{a('sub')}><b>{s}</b></div>")
    lead_form = pick("lead", lambda s: f"<p{a('lead')}><strong>{s}</strong></p>", lambda s: f"<h2{a('lead')}>{s}</h2>", lambda s: f"<div{a('lead')}><b>{s}</b></div>", lambda s: f"<p{a('lead')}><em>{s}</em></p>", lambda s: f"<h3{a('lead')}><strong>{s}</strong></h3>")
    if table:
        sub, lead_form = (lambda s: f"<tr><td><b>{s}</b></td></tr>"), (lambda s: f"<tr><td><b>{s}</b></td></tr>")
    above = p.has("lead above") and has_lead(p) and not table
    date_form = pick("date form", lambda s: tag("span", "date", s), lambda s: tag("div", "date", s), lambda s: tag("p", "date", s), lambda s: f"<em{a('date')}>{s}</em>", lambda s: f'<time{a("date")} datetime="{p.iso()}">{s}</time>', lambda s: f"<small>{s}</small>", lambda s: f"<i></i><span{a('date')}>{s}</span>")
    date = date_form(p.date())
    counted = p.views(.5)
    if counted:
        number = p.truth["viewCount"]
        counted = pick("views form", tag("span", "views", counted), tag("div", "views", counted), f"<span{a('views')}><b>{number}</b> {p.w['views']}</span>", f"<span>{p.w['views'].capitalize()}: {number}</span>" if p.lang in ("vi", "fr") else tag("span", "views", counted))
    trail = p.crumbs()
    if trail:
        join = pick("trail join", " › ", " > ", " / ", " » ", " - ")
        linked = [f'<a href="/c{n}">{s}</a>' for n, s in enumerate(trail)]
        trail = pick("trail", f"<div{a('crumbs')}>{join.join(linked)}</div>", f"<ul{a('crumbs')}>{''.join(f'<li>{x}</li>' for x in linked)}</ul>", f"<p{a('crumbs')}>{e(join).join(linked)}</p>", f"<nav>{''.join(f'<span>{x}</span>' for x in linked)}</nav>", f"<div{a('crumbs')}>{''.join(f'<span>{x}</span><i></i>' for x in linked)}</div>")
    else:
        trail = ""
    lead_out = lead_form(p.lead()) if above else ""
    pieces = p.blocks(para, lambda at, s: caption(p.image(at), s), sub, lead_form if p.has("marked", .75) else None, skip_lead=above)
    ad = f"<div{a('box')}><span>{p.w['ad']}</span></div>"
    also = "".join(f"<div{a('more')}><a href=\"{u}\"><img src=\"/t/{p.ident()}.jpg\" alt=\"\"></a><h4><a href=\"{u}\">{t}</a></h4></div>" for u, t, _, _ in p.others(1))
    news = f"<div{a('box')}><p>{p.w['news']}</p><input type=\"email\"><button>OK</button></div>"
    if not table:
        pieces = p.scatter(pieces, ad if p.has("ad") else "", also if p.has("also") else "", news if p.has("news", .3) else "")
    beside = {"date": tag(pick("by tag", "span", "div", "p", "a"), "author", author) if by_place == "date" and author else ""}
    under = tag("div", "author", author) if by_place == "head" and author else ""
    sign = ""
    if author and by_place == "end":
        sign = pick("sign", f"<p><strong>{author}</strong></p>", f"<div{a('author')}><b>{author}</b></div>", f"<p{a('author')}><b><i>{author}</i></b></p>")
    if author and by_place == "right":
        sign = f'<p style="text-align:right"><b>{author}</b></p>'
    if table and sign:
        sign = f'<tr><td align="right"><b>{author}</b></td></tr>'
    body = "".join(pieces) + sign
    body = f"<table{a('body')}><tbody>{body}</tbody></table>" if table else f"<div{a('body')}>{body}</div>"
    meta = pick("meta", f"<div{a('meta')}>{beside['date']}{date}{counted}</div>", f"<div{a('meta')}>{date}{beside['date']}{counted}</div>", f"<div{a('meta')}>{date}{counted}{beside['date']}</div>", f"{date}{beside['date']}{counted}")
    order = pick("order", (trail, head, under, meta, lead_out), (trail, meta, head, under, lead_out), (head, under, lead_out, meta, trail), (meta, trail, head, under, lead_out), (head, trail, under, meta, lead_out))
    cards = "".join(f'<div{a("card")}><img src="/p{n}.jpg" width="64" height="64" alt=""><div><b>{name}</b><p>{ABOUT[p.lang]}</p></div></div>' for n, name in enumerate(box))
    after = f"<div{a('box')}><h3>{AUTHORS[p.lang]}</h3>{cards}</div>" if cards else ""
    rows = pick("rows", lambda: f"<ul>{p.list_of_links(6)}</ul>", lambda: "".join(f'<div{a("more")}><a href="{u}">{t}</a><p>{x}</p><span>{w}</span></div>' for u, t, x, w in p.others(5)), lambda: "".join(f'<p><a href="{u}">{t}</a> ({w})</p>' for u, t, _, w in p.others(6)))()
    side = f"<div{a('side')}><h4>{p.w['most']}</h4><ol>{p.list_of_links(5)}</ol></div>"
    core = f"<div{a('page')}>{''.join(order)}{body}{after}<div{a('box')}><h3>{RECOMMENDED[p.lang]}</h3>{rows}</div></div>"
    core = pick("skeleton", core + side, side + core, f"<article>{core}</article>{side}", f"<main><section>{core}</section></main>{side}", f"<table><tr><td>{core}</td><td>{side}</td></tr></table>")
    return p.document(f'<div{a("top")}><ul>{links(p, "<li><a href=/{1}/>{0}</a></li>")}</ul></div>{core}<div{a("foot")}>© {e(p.a["site"])}</div>', pick("data", "og", "none", "ld", "none"))


def endless(p):
    """A bundled application: names of modules, and under the article the next one at full length, drawn anew at each fetch."""
    m = lambda role: f"{role[0].upper()}{p.hashed(role, '')[:3]}_{role}__{p.hashed(role, '')[:5]}"
    who = p.author_links()
    lead = f'<p class="{m("dek")}">{p.lead()}</p>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f'<p class="{m("text")}">{s}</p>', lambda at, s: f'<div class="{m("media")}"><div class="{m("ratio")}">{p.image(at)}</div><div class="{m("under")}"><span>{s}</span></div></div>', lambda s: f'<h2 class="{m("sub")}">{s}</h2>', skip_lead=True)
    views = p.views(.4)
    by = f'<div class="{m("names")}">{"".join(f"<a href=/u/{n}>{x}</a>" for n, x in enumerate(who))}</div>' if who else ""
    (u, t, x, _), = p.others(1)
    said = " ".join(text for _, text, _ in p.readers(1))
    long = "".join(f'<p class="{m("text")}">{x} {said}</p>' for _ in range(p.noise.randint(2, 9)))
    seen = f'<div class="{m("seen")}">{views}</div>' if views else ""
    second = f'<div class="{m("wrap")}"><div class="{m("flag")}">{NEXT[p.lang]}</div><h2 class="{m("title")}"><a href="{u}">{t}</a></h2><p class="{m("dek")}">{x}</p><div class="{m("copy")}">{long}</div></div>'
    ad = f'<div class="{m("slot")}" id="slot-{p.ident()}"><span>{p.w["ad"]}</span></div>'
    return p.document(f'<div id="__next"><div class="{m("bar")}">{links(p)}</div><div class="{m("wrap")}"><h1 class="{m("title")}">{p.headline()}</h1>{lead}{by}<div class="{m("when")}">{p.date()}</div>{seen}<div class="{m("copy")}">{"".join(p.scatter(pieces, ad))}</div></div>{second}<div class="{m("end")}">© {e(p.a["site"])}</div></div>', p.pick("data", "ld", "og", "og"))


def liveblog(p):
    """A day told as it goes: every entry in a box with its hour and a button to share, a counter of new ones, a summary above."""
    n = 0

    def entry(inner):
        nonlocal n
        n += 1
        return f'<div class="entry" id="post-{n}"><div class="entry__top"><time datetime="{p.iso()[:11]}{8 + n // 6:02}:{n % 6}5:00">{8 + n // 6:02}:{n % 6}5</time><button>{p.w["share"]}</button></div><div class="entry__text">{inner}</div></div>'
    who = p.authors("by")
    lead = f'<p class="live-intro"><b>{p.lead()}</b></p>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: entry(f"<p>{s}</p>"), lambda at, s: entry(f'<figure>{p.image(at)}<figcaption>{s}</figcaption></figure>'), lambda s: f"<h3>{s}</h3>", skip_lead=True)
    fresh = f'<button class="fresh">{UPDATES[p.lang].format(p.noise.randint(1, 30))}</button>'
    return p.document(f'<header>{links(p)}</header><main><h1>{p.headline()}</h1><div class="meta"><span>{who}</span><time datetime="{p.iso()}">{p.date()}</time></div>{lead}<section class="live">{fresh}{"".join(pieces)}</section><section><h3>{RECOMMENDED[p.lang]}</h3><ul>{p.list_of_links(6)}</ul></section></main><footer>{e(p.a["site"])}</footer>', p.pick("data", "ld", "og", "none"))


def bitrix(p):
    """A Russian system: one <div> with text broken by <br>, the first picture floating with its words in italics, date in a span, counter at the end."""
    names = p.authors(p.pick("label", "plain", "by", None))
    lead = f'<div class="preview-text"><b>{p.lead()}</b></div>' if has_lead(p) and p.has("preview", .7) else ""
    br = p.pick("br", "<br><br>", "<br /> <br />", "<br>\n<br>\n")
    pieces = p.blocks(lambda s: s + br, lambda at, s: f'<div style="float:left;width:300px">{p.image(at, " class=detail_picture")}<br><i>{s}</i></div>' if p.has("float") else f'<div align="center">{p.image(at)}<br><span style="font-size:11px">{s}</span></div>', lambda s: f"<b>{s}</b>{br}", (lambda s: f"<b>{s}</b>{br}"), skip_lead=bool(lead))
    views = p.views(.6)
    sign = f'<div style="text-align:right"><i>{names}</i></div>' if names else ""
    return p.document(f'<div id="panel"></div><table id="header"><tr>{links(p, "<td><a href=/{1}/>{0}</a></td>")}</tr></table><div id="content"><div class="news-detail"><span class="news-date-time">{p.date()}</span><h3>{p.headline()}</h3>{lead}{"".join(pieces)}<div style="clear:both"></div>{sign}{f"<br>{views}" if views else ""}</div><div class="news-list"><b>{RECOMMENDED[p.lang]}</b>{"".join(f"<p class=news-item><span class=news-date-time>{w}</span> <a href={u}><b>{t}</b></a><br>{x}</p>" for u, t, x, w in p.others(5))}</div></div>', p.pick("data", "none", "og", "none"))


def frames(p):
    """A German system: every element of the page in a frame with a number, pictures in galleries of rows and columns, one line of facts with bars."""
    number = p.random_for("frame").randint(1000, 90000)
    names = p.authors(p.pick("label", "by", None))
    state = {"n": number}

    def frame(kind, inner):
        state["n"] += 1
        return f'<div id="c{state["n"]}" class="frame frame-default frame-type-{kind} frame-layout-0">{inner}</div>'
    pieces = p.blocks(lambda s: frame("text", f"<p>{s}</p>"), lambda at, s: frame("textpic", f'<div class="ce-textpic ce-center ce-above"><div class="ce-gallery" data-ce-columns="1" data-ce-images="1"><div class="ce-row"><div class="ce-column"><figure class="image"><a href="/fileadmin/{p.pictures}.jpg">{p.image(at)}</a><figcaption class="image-caption">{s}</figcaption></figure></div></div></div></div>'),
                      lambda s: frame("header", f"<header><h2>{s}</h2></header>"), lambda s: frame("text", f'<p class="bodytext teaser-text"><strong>{s}</strong></p>'))
    facts = " | ".join(x for x in (p.date(), names, p.w["minutes"]) if x)
    trail = p.crumbs()
    trail = f'<div class="rootline">{" / ".join(f"<a href=/{n}/>{s}</a>" for n, s in enumerate(trail))} / {p.headline()}</div>' if trail else ""
    ask = frame("form", f'<h3>{p.w["news"]}</h3><form><label>E-Mail</label><input type="email"><button>OK</button></form>')
    return p.document(f'<div class="navbar">{links(p)}</div>{trail}<div class="news news-single"><div class="article"><div class="header"><h1>{p.headline()}</h1></div><div class="footer"><p>{facts}</p></div><div class="news-text-wrap">{"".join(p.scatter(pieces, ask if p.has("ask") else ""))}</div></div></div><div class="news-related-wrap"><h4>{RECOMMENDED[p.lang]}</h4>{"".join(f"<div class=articletype-0><h5><a href={u}>{t}</a></h5><p>{x}</p></div>" for u, t, x, _ in p.others(4))}</div>', p.pick("data", "none", "og", "ld"))


def portlet(p):
    """A province's portal: portlets, tools beside the date, hours in brackets, legends centred in italics, the writer to the right, stars below."""
    names = p.authors(p.pick("label", None, "plain", "by"))
    views = p.views(.6)
    tools = f'<span>{SIZE[p.lang]}</span> <a href="#">A-</a> <a href="#">A+</a> <a href="#">{PRINT[p.lang]}</a>'
    pieces = p.blocks(lambda s: f'<p style="text-align: justify; text-indent: 1cm;"><span>{s}</span></p>', lambda at, s: f'<p style="text-align:center">{p.image(at)}</p>\n<p style="text-align:center"><span style="font-size:13px"><em>{s}</em></span></p>', lambda s: f'<p style="text-align: justify;"><strong><span>{s}</span></strong></p>', lambda s: f'<p style="text-align: justify;"><strong><em>{s}</em></strong></p>' if p.has("italic") else f'<p style="text-align: justify;"><strong>{s}</strong></p>')
    sign = f'<p style="text-align: right;"><strong>{names}</strong></p>' if names else ""
    trail = p.crumbs()
    trail = f'<div class="breadcrumb-portlet"><ul>{"".join(f"<li><a href=/web/{n}>{s}</a></li>" for n, s in enumerate(trail))}</ul></div>' if trail else ""
    stars = f'<div class="ratings"><div>{RATE[p.lang]}</div><span>{p.noise.randint(1, 5)}/5</span> <span>({p.noise.randint(1, 90)})</span></div>'
    old = "".join(f'<li><a href="{u}">{t}</a> <span>({w})</span></li>' for u, t, _, w in p.others(8))
    return p.document(f'<div id="banner">{links(p)}</div><div class="portlet-column"><div class="portlet-boundary portlet-static"><div class="portlet-borderless-container">{trail}<div class="portlet-body"><div class="asset-full-content"><div class="detail-title">{p.headline()}</div><div class="detail-date">({p.date()}) {f" - {views}" if views else ""}<div class="tools">{tools}</div></div><div class="journal-content-article">{"".join(pieces)}{sign}</div>{stars}</div></div></div></div><div class="portlet-boundary"><div class="portlet-topper">{RECOMMENDED[p.lang]}</div><ul>{old}</ul></div></div><div id="footer">{e(p.a["site"])}</div>', p.pick("data", "none", "none", "og"))


def itemview(p):
    """An add-on of a well-known system: toolbars and counters round the text, introduction and text in two boxes, the writer's box with his latest."""
    names = p.author_links()
    views = p.views(.6)
    lead = f'<div class="itemIntroText"><p>{p.lead()}</p></div>' if has_lead(p) else ""
    first = {}

    def caption(at, s):
        if not first:
            first["box"] = f'<div class="itemImageBlock"><span class="itemImage"><a class="modal" href="/media/{p.seed}_XL.jpg">{p.image(at)}</a></span><span class="itemImageMainCaption">{s}</span><div class="clr"></div></div>'
            return ""
        return f'<table class="img" align="center"><tr><td>{p.image(at)}</td></tr><tr><td style="text-align:center">{s}</td></tr></table>'
    pieces = p.blocks(lambda s: f"<p>{s}</p>", caption, lambda s: f"<h4>{s}</h4>", skip_lead=True)
    by = f'<span class="itemAuthor">{p.w["by"]}{", ".join(f"<a rel=author href=/u{n}>{x}</a>" for n, x in enumerate(names))}</span>' if names else ""
    bar = f'<div class="itemToolbar"><ul><li><span>{SIZE[p.lang]}</span> <a href="#">-</a> <a href="#">+</a></li><li><a href="#">{PRINT[p.lang]}</a></li><li><a href="#c">{p.w["comments"]} ({p.noise.randint(0, 50)})</a></li></ul></div>'
    rate = f'<div class="itemRatingBlock"><span>{RATE[p.lang]}</span><div><ul><li><a href="#">1</a></li><li><a href="#">2</a></li><li><a href="#">3</a></li></ul><div>({p.noise.randint(0, 30)})</div></div></div>'
    block = f'<div class="itemAuthorBlock"><img width="100" height="100" src="/u.jpg" alt=""><div><h3><a rel="author" href="/u0">{names[0]}</a></h3><p>{names[0]} {ABOUT[p.lang]}</p></div></div><div class="itemAuthorLatest"><h3>{RECOMMENDED[p.lang]}</h3><ul>{p.list_of_links(4)}</ul></div>' if names else ""
    return p.document(f'<div id="menu">{links(p)}</div><div id="k2" class="itemView"><div class="itemHeader"><span class="itemDateCreated">{p.date()}</span><h2 class="itemTitle">{p.headline()}</h2>{by}</div>{bar}{rate}<div class="itemBody">{first.get("box", "")}{lead}<div class="itemFullText">{"".join(x for x in pieces if x)}</div><div class="itemContentFooter">{f"<span class=itemHits>{views}</span>" if views else ""}<span class="itemDateModified">{p.w["updated"]} 03/03/2026</span></div></div>{block}<div class="itemNavigation"><a href="/x">{next(iter(p.others(1)))[1]}</a></div></div>', p.pick("data", "none", "og", "ld"))


def fonts(p):
    """A page of the nineties: tables, <font>, the picture in a table that floats, the date in brackets behind the text, no name at all."""
    names = p.authors(p.pick("label", "by", None, None))
    pieces = p.blocks(lambda s: f'<p><font face="Arial" size="2">{s}</font>' + p.pick("close", "</p>", ""), lambda at, s: f'<table align="right" border="0" cellpadding="4" width="200"><tr><td>{p.image(at)}</td></tr><tr><td align="center"><font face="Arial" size="1" color="#666666">{s}</font></td></tr></table>',
                      lambda s: f'<p><font face="Arial" size="2"><b>{s}</b></font></p>', lambda s: f'<p><font face="Arial" size="3"><b>{s}</b></font></p>')
    sign = f'<p align="right"><font face="Arial" size="2"><b>{names}</b></font></p>' if names else ""
    old = "".join(f'<tr><td><font size="1">&bull; <a href="{u}">{t}</a> ({w})</font></td></tr>' for u, t, _, w in p.others(6))
    where = p.pick("date at", "top", "bottom")
    date = f'<p><font face="Arial" size="1" color="#999999">({p.date()})</font></p>'
    title = f'<p><font face="Times" size="5" color="#003366"><b>{p.headline()}</b></font></p>' if p.has("p") else f'<h2><font color="#003366">{p.headline()}</font></h2>'
    left = "".join(f'<tr><td><a href="/{n}"><font size="2">{s}</font></a></td></tr>' for n, s in enumerate(p.w["menu"]))
    return p.document(f'<center><table width="780"><tr><td width="140" valign="top"><table>{left}</table></td><td valign="top">{date if where == "top" else ""}{title}{"".join(pieces)}{sign}{date if where == "bottom" else ""}<hr><table><tr><td><b>{RECOMMENDED[p.lang]}</b></td></tr>{old}</table></td></tr><tr><td colspan="2" align="center"><font size="1">&copy; {e(p.a["site"])}</font></td></tr></table></center>', p.pick("data", "none", "none", "og"))


def builder(p):
    """A page builder: widgets in widgets, facts as a list of icons, the sign-up between two halves of the text."""
    names = p.authors(None)
    k = lambda: f"{p.random_for('el' + str(len(done))).getrandbits(28):07x}"
    done = []

    def widget(kind, inner):
        done.append(kind)
        return f'<div class="elementor-element elementor-element-{k()} elementor-widget elementor-widget-{kind}" data-id="{k()}" data-element_type="widget"><div class="elementor-widget-container">{inner}</div></div>'
    views = p.views(.4)
    facts = [names, p.date(), views, f'{p.noise.randint(0, 40)} {p.w["comments"]}']
    icons = widget("post-info", f'<ul class="elementor-inline-items elementor-icon-list-items">{"".join(f"<li class=elementor-icon-list-item><span class=elementor-icon-list-icon><i class=far></i></span><span class=elementor-icon-list-text>{x}</span></li>" for x in facts if x)}</ul>')
    lead = widget("theme-post-excerpt", p.lead()) if has_lead(p) and p.has("excerpt", .6) else ""
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<div class="wp-caption aligncenter" style="width: 810px">{p.image(at)}<p class="wp-caption-text">{s}</p></div>', lambda s: f"<h3>{s}</h3>", lambda s: f"<p><strong>{s}</strong></p>", skip_lead=bool(lead))
    half = max(3, len(pieces) // 2)
    ask = widget("form", f'<h3>{p.w["news"]}</h3><form><input type="email"><button><span>OK</span></button></form>')
    text = widget("text-editor", "".join(pieces[:half])) + (ask if p.has("ask", .6) else "") + widget("text-editor", "".join(pieces[half:]))
    if p.has("one"):
        text = widget("theme-post-content", "".join(pieces))
    posts = widget("posts", "".join(f'<article class="elementor-post"><a href="{u}"><img src="/t/{p.ident()}.jpg" alt=""></a><div class="elementor-post__text"><h3><a href="{u}">{t}</a></h3><div>{x}</div><span>{w}</span></div></article>' for u, t, x, w in p.others(3)))
    return p.document(f'<div data-elementor-type="header">{widget("nav-menu", links(p))}</div><div data-elementor-type="single-post" class="elementor elementor-{p.seed}"><section class="elementor-section"><div class="elementor-container"><div class="elementor-column">{widget("theme-post-title", f"<h1 class=elementor-heading-title>{p.headline()}</h1>")}{icons}{lead}{text}{widget("heading", f"<h2>{RECOMMENDED[p.lang]}</h2>")}{posts}</div></div></section></div><div data-elementor-type="footer">{widget("text-editor", "<p>© " + e(p.a["site"]) + "</p>")}</div>', p.pick("data", "og", "ld", "none"))


def agency(p):
    """A news agency: section and date on one line above, every paragraph and picture in a box of its own, legend after a sign, the signature in brackets."""
    names = p.author_links()
    trail = p.crumbs(.5)
    line = " ".join([f'<a href="/{n}">{s}</a>' for n, s in enumerate(trail)]) if trail else ""
    lead = f'<div class="news-header__lead">{p.lead()}</div>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f'<div class="text-block"><p>{s}</p></div>', lambda at, s: f'<div class="text-include"><div class="include-photo">{p.image(at)}</div><div class="include-photo__desc">{s}</div></div>', lambda s: f'<div class="text-block"><h2>{s}</h2></div>', skip_lead=True)
    sign = f'<div class="text-block text-block_sign"><p><em>{p.w["join"].join(names)}</em></p></div>' if names else ""
    one = "".join(f'<div class="text-include"><a href="{u}"><div class="include-title">{p.w["also"]}</div><div>{t}</div></a></div>' for u, t, _, _ in p.others(1))
    feed = "".join(f'<a class="feed-item" href="{u}"><span>{ago(p)}</span><span>{t}</span></a>' for u, t, _, _ in p.others(7))
    return p.document(f'<div class="top-menu">{links(p)}</div><div class="feed">{feed}</div><div class="news"><div class="news-header"><div class="news-header__date">{line}<dateformat>{p.date()}</dateformat></div><h1 class="news-header__title">{p.headline()}</h1>{lead}</div><div class="text-content">{"".join(p.scatter(pieces, one))}{sign}</div></div><div class="list">{"".join(f"<div><a href={u}>{t}</a><p>{x}</p></div>" for u, t, x, _ in p.others(4))}</div>', p.pick("data", "og", "ld", "none"))


def stories(p):
    """A platform of writers: portrait and "follow" beside the name, hashed names of two letters, claps, a card to sign up in the text, answers."""
    h = lambda role: " ".join(p.random_for("st" + role).sample(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st", "uv", "wx", "yz", "ba", "dc"], 5))
    names = p.author_links()
    who = "".join(f'<div class="{h("w")}"><a href="/@u{n}"><img class="{h("i")}" src="/a{n}.png" width="44" height="44" alt="{x}"></a><div class="{h("n")}"><a href="/@u{n}">{x}</a><span>·</span><button>{FOLLOW[p.lang]}</button></div></div>' for n, x in enumerate(names))
    lead = f'<h2 class="{h("sub")}">{p.lead()}</h2>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f'<p class="{h("p")}" data-selectable-paragraph="">{s}</p>', lambda at, s: f'<figure class="{h("f")}"><div role="button" tabindex="0"><div>{p.image(at)}</div></div><figcaption class="{h("c")}">{s}</figcaption></figure>', lambda s: f'<h1 class="{h("h")}">{s}</h1>', skip_lead=True)
    claps = lambda: f'<div class="{h("cl")}"><button>{p.noise.randint(10, 4000)}</button><button>{p.noise.randint(0, 60)}</button></div>'
    card = f'<div class="{h("cd")}"><h2>{p.w["news"]}</h2><p>{e(p.a["site"])}</p><button>OK</button></div>'
    said = "".join(f'<div class="{h("r")}"><div>{n}</div><pre>{t}</pre><span>{ago(p)}</span></div>' for n, t, _ in p.readers(p.noise.randint(0, 3)))
    more = "".join(f'<div class="{h("m")}"><a href="{u}"><h2>{t}</h2><h3>{x}</h3></a><span>{ago(p)}</span></div>' for u, t, x, _ in p.others(4))
    return p.document(f'<div id="root"><div class="{h("nav")}"><a href="/">{e(p.a["site"])}</a></div><article><div class="{h("a")}"><section><h1 class="{h("t")}">{p.headline()}</h1>{lead}{who}<div class="{h("d")}"><span>{p.w["minutes"]}</span><span>·</span><span>{p.date()}</span></div>{claps()}{"".join(p.scatter(pieces, card if p.has("card") else ""))}</section></div></article>{claps()}<div class="{h("rs")}"><h2>{p.w["comments"]}</h2>{said}</div><div class="{h("mo")}"><h2>{RECOMMENDED[p.lang]}</h2>{more}</div></div>', p.pick("data", "og", "ld", "none"))


def signed_box(p):
    """Nobody is named above: boxes under the text, each with portrait, name, role and what the writer does; the time stands under the picture."""
    names = p.author_links()
    form = p.pick("box", "cards", "table", "list")
    about = ABOUT[p.lang]
    if form == "cards":
        box = "".join(f'<div class="nguoi-viet"><a href="/tac-gia/{n}"><img src="/av{n}.jpg" width="90" height="90" alt="{x}"></a><div><a href="/tac-gia/{n}"><b>{x}</b></a><p>{about}</p></div></div>' for n, x in enumerate(names))
    elif form == "table":
        box = "".join(f'<table class="bio-table"><tr><td><img src="/av{n}.jpg" width="90" height="90" alt=""></td><td><b>{x}</b><br>{about}</td></tr></table>' for n, x in enumerate(names))
    else:
        box = f'<ul class="bios">{"".join(f"<li><h4>{x}</h4><span>{about}</span></li>" for x in names)}</ul>'
    box = f'<div class="who-wrote"><h5>{AUTHORS[p.lang]}</h5>{box}</div>' if names else ""
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<div class="shot">{p.image(at)}<p class="shot-words">{s}</p></div>', lambda s: f"<h2>{s}</h2>", lambda s: f'<p class="first-words">{s}</p>')
    views = p.views(.5)
    hero = f'<div class="hero"><img src="/hero/{p.a["id"]}.jpg" alt=""></div>'
    tags = f'<ul class="topics">{"".join(f"<li><a href=/tag/{n}>{s}</a></li>" for n, s in enumerate(p.w["menu"][:3]))}</ul>'
    return p.document(f'<div class="masthead"><a href="/">{e(p.a["site"])}</a>{links(p)}</div><div class="story"><h1>{p.headline()}</h1>{hero}<div class="stamp">{p.date()}{f" · {views}" if views else ""}</div><div class="words">{"".join(pieces)}</div>{tags}{box}<div class="replies"><h4>{p.w["comments"]}</h4><textarea></textarea><button>OK</button></div></div><div class="others"><h4>{RECOMMENDED[p.lang]}</h4>{"".join(f"<div><a href={u}><img src=/t/{p.ident()}.jpg alt=></a><a href={u}>{t}</a></div>" for u, t, _, _ in p.others(6))}</div>', p.pick("data", "none", "og", "ld"))


FAMILIES = {f.__name__: f for f in (mosaic, endless, liveblog, bitrix, frames, portlet, itemview, fonts, builder, agency, stories, signed_box)}
