"""Families of page designs, the sixth set: drawn when the rules for the first five stood, and tried once."""
from page import e

AGO = {"vi": "{} ngày trước", "en": "{} days ago", "de": "vor {} Tagen", "fr": "il y a {} jours", "es": "hace {} días", "ja": "{}日前"}
MORE = {"vi": "Bài viết khác", "en": "Other articles", "de": "Weitere Artikel", "fr": "Autres articles", "es": "Otros artículos", "ja": "その他の記事"}
FILED = {"vi": "Đăng bởi {} trong mục {}", "en": "Posted by {} in {}", "de": "Verfasst von {} in {}", "fr": "Rédigé par {} dans {}", "es": "Publicado por {} en {}", "ja": "{} が {} に投稿"}
SHOW = {"vi": "Hiển thị thêm", "en": "Show more", "de": "Mehr anzeigen", "fr": "Afficher plus", "es": "Mostrar más", "ja": "もっと見る"}
SAVE = {"vi": "Lưu bài", "en": "Save", "de": "Merken", "fr": "Sauvegarder", "es": "Guardar", "ja": "保存"}
POSTED = {"vi": "Ngày đăng", "en": "Published", "de": "Veröffentlicht", "fr": "Publié", "es": "Publicado", "ja": "公開"}


def ago(p):
    return AGO[p.lang].format(p.noise.randint(2, 9))


def has_lead(p):
    return any(kind == "lead" for kind, _ in p.a["blocks"])


def links(p, form="<a href=\"/{1}/\">{0}</a>"):
    return "".join(form.format(name, n) for n, name in enumerate(p.w["menu"]))


def static_site(p):
    """Made from text files: the moment of the build in every <time>, pictures and legends as paragraphs, who wrote it in a sentence at the foot."""
    built = "2026-02-14T03:12:55+00:00"
    stamp = lambda s: f'<time datetime="{built}">{s}</time>'
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<p>{p.image(at)}</p>\n<p><em>{s}</em></p>', lambda s: f'<h2 id="s{p.seed}">{s}</h2>', lambda s: f"<p><strong>{s}</strong></p>")
    names = p.authors(None)
    foot = f'<p class="post-foot">{FILED[p.lang].format(names, "<a href=/c/1>" + p.w["menu"][0] + "</a>")}</p>' if names else ""
    rows = "".join(f'<li>{stamp(w)} <a href="{u}">{t}</a></li>' for u, t, _, w in p.others(6))
    return p.document(f'<header><a href="/">{e(p.a["site"])}</a><nav>{links(p)}</nav></header><main><article><h1>{p.headline()}</h1><p>{stamp(p.date(1))}</p>{"".join(pieces)}{foot}</article><section><h2>{MORE[p.lang]}</h2><ul>{rows}</ul></section></main><footer><p>{e(p.a["site"])}</p></footer>', p.pick("data", "none", "og"))


def slides(p):
    """A story told in pictures: each on a card with its number over it and its words under it, paragraphs as cards between, names at the end."""
    total = sum(kind == "caption" for kind, _ in p.a["blocks"])
    pieces = p.blocks(lambda s: f'<div class="card card-text"><div>{s}</div></div>', lambda at, s: f'<div class="card card-photo"><div class="nr">{p.pictures} / {total}</div><div class="frame-photo">{p.image(at)}</div><div class="words-photo"><p>{s}</p></div></div>', lambda s: f'<div class="card card-head"><h3>{s}</h3></div>', lambda s: f'<div class="card card-intro"><div>{s}</div></div>')
    names = p.authors(p.pick("label", "by", "plain"))
    sign = f'<div class="card card-sign"><div>{names}</div></div>' if names else ""
    views = p.views(.4)
    strip = "".join(f'<a class="strip-item" href="{u}"><img src="/t/{p.ident()}.jpg" alt=""><span>{t}</span></a>' for u, t, _, _ in p.others(6))
    return p.document(f'<div class="bar">{links(p)}</div><div class="stage"><div class="opening-card"><div class="sec">{p.w["menu"][1]}</div><h1>{p.headline()}</h1><div class="facts"><span>{p.date()}</span>{f"<span>{views}</span>" if views else ""}<button>{SAVE[p.lang]}</button></div></div>{"".join(pieces)}{sign}</div><div class="strip"><div class="strip-title">{MORE[p.lang]}</div>{strip}</div>', p.pick("data", "og", "none", "ld"))


def tabloid(p):
    """A Nordic tabloid: names of two letters and a number, everything in <div>s, portrait and address of the writers, published and updated on two lines."""
    h = lambda role: "_" + p.hashed(role, "")[:5]
    names = p.author_links()
    who = "".join(f'<div class="{h("w")}"><div class="{h("wi")}"><img src="/p{n}.jpg" width="40" height="40" alt=""></div><div class="{h("wn")}"><a href="/av/{n}">{x}</a></div></div>' for n, x in enumerate(names))
    who = f'<div class="{h("ws")}">{who}</div>' if who else ""
    lead = f'<div class="{h("ld")}" data-test-tag="lead"><div>{p.lead()}</div></div>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f'<p class="{h("p")}">{s}</p>', lambda at, s: f'<div class="{h("f")}" data-test-tag="image"><div class="{h("fi")}"><button>{p.image(at)}</button></div><div class="{h("fc")}"><span>{s}</span></div></div>', lambda s: f'<p class="{h("p")}"><strong>{s}</strong></p>', skip_lead=True)
    also = "".join(f'<div class="{h("al")}" data-test-tag="teaser"><a href="{u}"><div><img src="/t/{p.ident()}.jpg" alt=""></div><div><span>{p.w["also"]}</span><h3>{t}</h3></div></a></div>' for u, t, _, _ in p.others(1))
    ad = f'<div class="{h("ad")}"><div>{p.w["ad"]}</div><div id="pos{p.ident()}"></div></div>'
    times = f'<div class="{h("t")}"><div>{POSTED[p.lang]}: {p.date(1).replace("Publié le ", "")}</div></div>'
    grid = "".join(f'<div class="{h("g")}"><a href="{u}"><h3>{t}</h3></a><div>{x}</div></div>' for u, t, x, _ in p.others(p.noise.randint(3, 7)))
    return p.document(f'<div id="app"><div class="{h("nv")}">{links(p)}</div><div class="{h("m")}"><h1 class="{h("h")}"><span>{p.headline()}</span></h1>{lead}{who}{times}<div class="{h("b")}">{"".join(p.scatter(pieces, ad, also if p.has("also") else ""))}</div><div class="{h("gr")}">{grid}</div></div></div>', p.pick("data", "og", "ld", "none"))


def webparts(p):
    """A ministry's system: zones and web parts, facts in a table of labels and values, text in <div>s with spaces of no width."""
    fields = []
    trail = p.crumbs()
    names = p.authors(None)
    views = p.views(.5)
    fields.append((POSTED[p.lang], p.date(1).replace("Publié le ", "")))
    if names:
        fields.append((p.w["plain"].strip(" :："), names))
    rows = "".join(f'<tr><td class="ms-formlabel">{k}:</td><td class="ms-formbody">{v}</td></tr>' for k, v in fields)
    lead = f'<div class="ms-rteElement-Intro"><b>{p.lead()}</b></div>' if has_lead(p) else ""
    pieces = p.blocks(lambda s: f"<div>\u200b{s}</div>", lambda at, s: f'<div style="text-align:center">{p.image(at, " class=ms-rtePosition-4")}</div><div style="text-align:center"><em>{s}</em></div>', lambda s: f"<div><strong>{s}\u200b</strong></div>", skip_lead=True)
    path = f'<span id="ctl00_PlaceHolderMain_SiteMapPath1">{" &gt; ".join(f"<span><a href=/s/{n}.aspx>{s}</a></span>" for n, s in enumerate(trail))}</span>' if trail else ""
    old = "".join(f'<tr><td><img src="/_layouts/bullet.gif" width="8" height="8"></td><td><a href="{u}">{t}</a> <span class="ms-date">{w}</span></td></tr>' for u, t, _, w in p.others(7))
    return p.document(f'<form id="aspnetForm"><div id="s4-ribbonrow"></div><div id="s4-titlerow">{links(p)}</div><div id="s4-workspace">{path}<div id="MSOZoneCell_WebPartWPQ2"><div class="ms-webpart-chrome"><div class="newsTitle">{p.headline()}</div><table class="ms-formtable">{rows}</table>{lead}<div id="ctl00_PlaceHolderMain_Content__ControlWrapper_RichHtmlField" class="ms-rtestate-field">{"".join(pieces)}</div>{f"<div>{views}</div>" if views else ""}</div></div><div id="MSOZoneCell_WebPartWPQ3"><div class="ms-webpart-titleText"><span>{MORE[p.lang]}</span></div><table>{old}</table></div></div><div id="s4-footer">{e(p.a["site"])}</div></form>', p.pick("data", "none", "og", "none"))


def film(p):
    """A page round a film: player, headline under it, counter and date on one line, the text in a box that opens, a list of other films beside."""
    views = p.views(.8)
    names = p.author_links()
    line = " · ".join(x for x in (views, p.date()) if x)
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<figure>{p.image(at)}<figcaption>{s}</figcaption></figure>', lambda s: f"<p><b>{s}</b></p>", lambda s: f'<p class="logline">{s}</p>')
    who = "".join(f'<div class="channel"><a href="/@{n}"><img src="/c{n}.jpg" width="36" height="36" alt=""></a><a href="/@{n}">{x}</a><button>{p.w["share"]}</button></div>' for n, x in enumerate(names))
    lst = "".join(f'<div class="item-video"><a href="{u}"><img src="/v/{p.ident()}.jpg" alt=""><span>{p.noise.randint(0, 9)}:{p.noise.randint(10, 59)}</span></a><a href="{u}">{t}</a><span>{p.noise.randint(100, 9999)} · {ago(p)}</span></div>' for u, t, _, _ in p.others(6))
    return p.document(f'<div class="masthead">{links(p)}</div><div class="watch"><div class="primary"><div class="player-box"><video poster="/poster/{p.a["id"]}.jpg"></video><div>0:00 / {p.random_for("len").randint(1, 9)}:30</div></div><h1>{p.headline()}</h1><div class="line">{line}</div>{who}<div class="description"><div class="expander">{"".join(pieces)}</div><button>{SHOW[p.lang]}</button></div></div><div class="secondary"><h2>{MORE[p.lang]}</h2>{lst}</div></div>', p.pick("data", "og", "ld", "none"))


def gazette(p):
    """A southern daily: a second headline of several lines, writers and place on one line with the time, a legend and who took it, offers between paragraphs."""
    names = p.author_links()
    lead = f'<h2 class="a_st">{p.lead()}</h2>' if has_lead(p) else ""
    who = f'<div class="a_md_a">{"".join(f"<a href=/autor/{n}/ class=a_md_a_n>{x}</a>" for n, x in enumerate(names))}</div>' if names else ""
    pieces = p.blocks(lambda s: f"<p class=\"\">{s}</p>", lambda at, s: f'<figure class="a_m _g"><span class="a_m_w">{p.image(at)}</span><figcaption class="a_m_p"><span>{s}</span></figcaption></figure>', lambda s: f'<h3 class="a_sh">{s}</h3>', skip_lead=True)
    offer = f'<aside class="nw"><div><h4>{p.w["news"]}</h4><p>{p.w["offer"]}</p><a href="/nl/">OK</a></div></aside>'
    trail = p.crumbs()
    kick = f'<div class="a_k">{"".join(f"<a href=/{n}/ class=a_k_n>{s}</a>" for n, s in enumerate(trail))}</div>' if trail else ""
    topics = f'<section class="a_tags"><h4>{p.w["tags"]}</h4><ul>{"".join(f"<li><a href=/noticias/{n}/>{s}</a></li>" for n, s in enumerate(p.w["menu"]))}</ul></section>'
    said = "".join(f'<li><b>{n}</b> <span>{ago(p)}</span><div>{t}</div></li>' for n, t, _ in p.readers(p.noise.randint(0, 5)))
    rec = "".join(f'<article class="c"><header><h2 class="c_t"><a href="{u}">{t}</a></h2></header><p class="c_d">{x}</p></article>' for u, t, x, _ in p.others(4))
    return p.document(f'<header class="x"><a href="/">{e(p.a["site"])}</a><nav>{links(p)}</nav></header><article class="a"><header class="a_e">{kick}<h1 class="a_t">{p.headline()}</h1>{lead}</header><div class="a_md"><div class="a_md_txt">{who}<div class="a_md_f"><span class="a_ti">{p.date()}</span></div></div></div><div class="a_c" data-dtm-region="articulo_cuerpo">{"".join(p.scatter(pieces, offer))}</div>{topics}</article><section class="comentarios"><h3>{p.w["comments"]}</h3><ul>{said}</ul></section><section class="rec"><h3>{MORE[p.lang]}</h3>{rec}</section>', p.pick("data", "ld", "og", "none"))


FAMILIES = {f.__name__: f for f in (static_site, slides, tabloid, webparts, film, gazette)}
