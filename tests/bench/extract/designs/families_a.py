"""Families of page designs, the first set. Each is a function of a Page (page.py) that gives its HTML."""
from page import e


def tailwind(p):
    """Utilities instead of names, the text in chunks between advertisements, by-line with a portrait."""
    crumbs = p.crumbs()
    trail = f'<div class="flex items-center gap-2 text-sm text-gray-500 mt-4">{" <span>/</span> ".join(f"""<a class="hover:underline" href="/{i}">{c}</a>""" for i, c in enumerate(crumbs))}</div>' if crumbs else ""
    lead = f'<p class="mt-4 text-xl leading-relaxed text-gray-700 {p.pick("w", "font-semibold", "font-medium")}">{{}}</p>'
    above = p.has("lead above")
    top = lead.format(p.lead()) if above and any(k == "lead" for k, _ in p.a["blocks"]) else ""
    names = p.author_links()
    who = "".join(f'<div class="flex items-center gap-3"><img class="h-10 w-10 rounded-full" src="/a/{i}.jpg" width="40" height="40" alt=""><a class="font-semibold" href="/author/{i}">{n}</a></div>' for i, n in enumerate(names)) if p.has("portraits") else f'<span class="font-semibold">{" · ".join(names)}</span>' if names else ""
    views = p.views()
    meta = f'<div class="mt-6 flex flex-wrap items-center gap-4 text-sm">{who}<span class="text-gray-400">{p.date()}</span><span>{p.w["minutes"]}</span>{f"<span>{views}</span>" if views else ""}</div>'
    small = p.pick("small", "text-xs text-gray-500 mt-2", "mt-1 text-sm italic text-neutral-500")
    pieces = p.blocks(lambda s: f'<p class="mb-5 text-lg">{s}</p>',
                      lambda at, s: f'<div class="my-8"><div class="relative aspect-video">{p.image(at)}</div><div class="{small}">{s}</div></div>',
                      lambda s: f'<h2 class="mt-10 mb-3 text-2xl font-bold">{s}</h2>', lambda s: lead.format(s), skip_lead=above)
    ad = f'<div class="my-10 flex flex-col items-center bg-gray-100 py-4"><span class="text-[10px] uppercase">{p.w["ad"]}</span><div id="s-{p.ident()}"></div></div>'
    card = "".join(f'<a href="{u}" class="flex gap-4 border-b py-3"><img class="h-16 w-24" src="/t/{p.ident()}.jpg" alt=""><span class="font-bold">{t}</span></a>' for u, t, _, _ in p.others(2))
    middle = f'<div class="my-8 rounded-lg border p-4"><div class="mb-2 text-sm font-bold uppercase">{p.w["related"]}</div>{card}</div>' if p.has("card") else ""
    cut = max(2, len(pieces) // 2)
    chunks = [pieces[:cut], pieces[cut:]]
    text = ad.join(f'<div class="max-w-prose mx-auto">{"".join(c)}{middle if i == 0 else ""}</div>' for i, c in enumerate(chunks)) if p.has("chunks") else f'<div class="max-w-prose mx-auto">{"".join(p.scatter(pieces, middle, ad))}</div>'
    foot = "".join(f'<div class="w-1/3 p-2"><a href="{u}"><img src="/t/{p.ident()}.jpg" alt=""><h3 class="text-lg font-bold">{t}</h3></a><p class="text-sm">{x}</p></div>' for u, t, x, _ in p.others(6))
    menu = "".join(f'<a class="px-3" href="/{i}/">{m}</a>' for i, m in enumerate(p.w["menu"]))
    return p.document(f'<div class="sticky top-0 flex bg-white">{menu}</div><div class="container mx-auto px-4">{trail}<h1 class="mt-2 text-4xl font-extrabold">{p.headline()}</h1>{top}{meta}{text}<div class="mt-12"><div class="text-2xl font-bold">{p.w["related"]}</div><div class="flex flex-wrap">{foot}</div></div></div><div class="bg-black text-white p-8">© {e(p.a["site"])}</div>', p.pick("data", "og", "none", "ld"))


def aspnet(p):
    """Tables for layout, ids of ASP.NET, no class, text broken by <br><br> or paragraphs in one cell."""
    crumbs = p.crumbs()
    trail = f'<span id="ctl00_cphMain_lblPath">{" » ".join(crumbs)}</span><br>' if crumbs else ""
    broken = p.has("br")
    pieces = p.blocks((lambda s: f"{s}<br><br>") if broken else (lambda s: f'<p align="justify"><font face="Arial" size="2">{s}</font></p>'),
                      lambda at, s: f'<table border="0" cellpadding="3" width="500" align="center"><tr><td>{p.image(at)}</td></tr><tr><td align="center"><font size="1" color="#0000ff">{p.pick("i", "<i>%s</i>", "%s") % s}</font></td></tr></table>' + ("<br>" if broken else ""),
                      lambda s: f"<b>{s}</b><br><br>" if broken else f'<p align="justify"><b><font face="Arial" size="2">{s}</font></b></p>')
    lead_apart = any(k == "lead" for k, _ in p.a["blocks"]) and p.has("apart", .6)
    if lead_apart:
        pieces = pieces[1:] if p.a["blocks"][0][0] == "lead" else pieces
        p.truth["lead"] = next(t for k, t in p.a["blocks"] if k == "lead")
    head = f'<span id="ctl00_cphMain_lblLead"><b>{e(p.truth["lead"])}</b></span><br><br>' if lead_apart and p.a["blocks"][0][0] == "lead" else ""
    if not head:
        p.truth.pop("lead", None)
    who = p.authors(p.pick("label", None, "plain"))
    sign = f'<div align="right"><b>{who}</b></div>' if who and p.has("div") else f'<p align="right"><strong>{who}</strong></p>' if who else ""
    views = p.views()
    older = "".join(f'<tr><td><img src="/i/dot.gif" width="5" height="5"> <a href="{u}">{t}</a> <font color="gray">({d})</font></td></tr>' for u, t, _, d in p.others(7))
    menu = "".join(f'<td><a href="?c={i}">{m}</a></td>' for i, m in enumerate(p.w["menu"]))
    right = "".join(f'<tr><td><a href="{u}"><b>{t}</b></a><br>{x}</td></tr>' for u, t, x, _ in p.others(3))
    date = f'<span id="ctl00_cphMain_lblDate">{p.date()}</span>'
    title = f'<span id="ctl00_cphMain_lblTitle"><font size="4"><b>{p.headline()}</b></font></span>' if p.has("span", .6) else f'<h1 id="ctl00_cphMain_h">{p.headline()}</h1>'
    order = [date + "<br>", title + "<br>"]
    if p.has("date last", .6):
        order.reverse()
    read = f'<span id="ctl00_cphMain_lblHit">({views})</span><br>' if views else ""
    return p.document(f'<form method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{p.ident()}"><table width="1000"><tr>{menu}</tr></table><table width="1000" cellspacing="0"><tr><td width="720" valign="top">{trail}{"".join(order)}{read}<br>{head}<div id="ctl00_cphMain_content">{"".join(pieces)}</div>{sign}<table><tr><td><b>{p.w["related"]}:</b></td></tr>{older}</table></td><td width="280" valign="top"><table>{right}</table></td></tr><tr><td colspan="2" align="center">© {e(p.a["site"])}</td></tr></table></form>', p.pick("data", "none", "none", "og"))


def blogger(p):
    """A blog's template: <h3> headline, pictures in links of a lightbox, comments longer than the text."""
    pieces = p.blocks(lambda s: f"{s}<br /><br />" if p.has("br") else f"<div>{s}</div><div><br /></div>",
                      lambda at, s: f'<table align="center" cellpadding="0" class="tr-caption-container"><tbody><tr><td style="text-align: center;"><a href="{at}" imageanchor="1">{p.image(at)}</a></td></tr><tr><td class="tr-caption" style="text-align: center;">{s}</td></tr></tbody></table>' if p.has("tr") else f'<div class="separator" style="clear: both; text-align: center;"><a href="{at}">{p.image(at)}</a></div><div style="text-align: center;"><i>{s}</i></div>',
                      lambda s: f"<b>{s}</b><br /><br />" if p.has("br") else f"<h4>{s}</h4>")
    who = p.authors("plain") if p.has("label") else p.authors()
    said = "".join(f'<li class="c"><div class="block"><cite><a href="/p/{i}">{n}</a></cite> <span><a href="#c{i}">{d}</a></span><p>{t}</p><a href="#">{p.w["reply"]}</a></div></li>' for i, (n, t, d) in enumerate(p.readers(p.noise.randint(6, 30))))
    side = f'<div class="widget"><h2>{p.w["most"]}</h2><ul>{p.list_of_links(8)}</ul></div>'
    date = f'<h2 class="date-header"><span>{p.date()}</span></h2>'
    foot = f'<div class="post-footer"><span class="fn">{who}</span> <span>{p.w["share"]}</span></div>' if who else ""
    return p.document(f'<header><h1 class="title"><a href="/">{e(p.a["site"])}</a></h1></header><div class="main section"><div class="date-outer">{date}<div class="post hentry uncustomized-post-template"><h3 class="post-title entry-title">{p.headline()}</h3><div class="post-body entry-content" id="post-body-{p.seed}77">{"".join(pieces)}<div style="clear: both;"></div></div>{foot}</div><div class="comments" id="comments"><h4>{p.noise.randint(6, 40)} {p.w["comments"]}:</h4><ol>{said}</ol></div></div></div><aside>{side}</aside><footer>{e(p.a["site"])}</footer>')


def components(p):
    """Custom elements for everything."""
    crumbs = p.crumbs()
    names = p.author_links()
    lead_top = p.has("top")
    has_lead = any(k == "lead" for k, _ in p.a["blocks"])
    pieces = p.blocks(lambda s: f"<np-text>{s}</np-text>" if p.has("np") else f"<np-text><p>{s}</p></np-text>",
                      lambda at, s: f'<np-media>{p.image(at)}<np-legend>{s}</np-legend></np-media>',
                      lambda s: f"<np-heading level=2><h2>{s}</h2></np-heading>", lambda s: f"<np-standfirst><strong>{s}</strong></np-standfirst>", skip_lead=lead_top)
    top = f"<np-standfirst><p>{p.lead()}</p></np-standfirst>" if lead_top and has_lead else ""
    views = p.views()
    who = f'<np-byline>{p.w["by"] if p.has("by") else ""}{p.w["join"].join(names)}</np-byline>' if names else ""
    shelf = f'<np-shelf><h4>{p.w["also"]}</h4>{"".join(f"<np-card><a href={u!r}>{t}</a></np-card>" for u, t, _, _ in p.others(3))}</np-shelf>'
    ad = f'<np-slot slot-id="{p.ident()}"><small>{p.w["ad"]}</small></np-slot>'
    path = f'<np-path>{"".join(f"<a href=/{i}>{c}</a>" for i, c in enumerate(crumbs))}</np-path>' if crumbs else ""
    if path:
        del p.truth["articleSection"]  # nothing between them says that they are a path
    return p.document(f'<np-app><np-nav>{"".join(f"<a href=/{i}/>{m}</a>" for i, m in enumerate(p.w["menu"]))}</np-nav><np-story>{path}<np-head><h1>{p.headline()}</h1>{top}<np-meta>{who}<time datetime="{p.iso()}">{p.date()}</time>{f"<span>{views}</span>" if views else ""}</np-meta></np-head><np-content>{"".join(p.scatter(pieces, ad, shelf if p.has("shelf") else ""))}</np-content><np-remarks><h3>{p.w["comments"]}</h3>{"".join(f"<np-remark><b>{n}</b><p>{t}</p></np-remark>" for n, t, _ in p.readers(p.noise.randint(0, 12)))}</np-remarks><np-grid>{"".join(f"<np-card><a href={u!r}><h3>{t}</h3></a><p>{x}</p></np-card>" for u, t, x, _ in p.others(6))}</np-grid></np-story><np-foot>{e(p.a["site"])}</np-foot></np-app>', p.pick("data", "ld", "og", "none"))


def styled(p):
    """Generated class names, each paragraph in a box of its own, lead as <h2>, by-line under the text, legend over its picture."""
    c = p.hashed
    pre = p.pick("pre", "sc-", "css-", "jsx-", "Article_")
    over = p.has("over", .3)
    pieces = p.blocks(lambda s: f'<div class="{c("pw", pre)}"><p class="{c("p", pre)}">{s}</p></div>',
                      lambda at, s: f'<div class="{c("fig", pre)}">' + (f'<div class="{c("cap", pre)}">{s}</div><div>{p.image(at)}</div>' if over else f'<div>{p.image(at)}</div><div class="{c("cap", pre)}"><span>{s}</span></div>') + "</div>",
                      lambda s: f'<div class="{c("pw", pre)}"><h3 class="{c("h3", pre)}">{s}</h3></div>', skip_lead=True)
    lead = p.lead()
    lead = f'<h2 class="{c("lead", pre)}">{lead}</h2>' if lead else ""
    who = p.authors("by")
    sign = f'<div class="{c("by", pre)}">{who}</div>' if who else ""
    under = p.has("under", .6)
    views = p.views(.3)
    also = "".join(f'<div class="{c("also", pre)}"><span>{p.w["also"]}</span><a href="{u}">{t}</a></div>' for u, t, _, _ in p.others(1))
    news = f'<div class="{c("news", pre)}"><p>{p.w["news"]}</p></div>'
    crumbs = p.crumbs()
    trail = f'<ul class="{c("bc", pre)}">' + "".join(f'<li><a href="/{i}">{s}</a></li>' for i, s in enumerate([p.w["home"], *crumbs])) + "</ul>" if crumbs else ""
    tail = f'<div class="{c("tl", pre)}"><div class="{c("tlh", pre)}">{p.w["most"]}</div>' + "".join(f'<div class="{c("ti", pre)}"><a href="{u}">{t}</a><div class="{c("tx", pre)}">{x}</div></div>' for u, t, x, _ in p.others(5)) + "</div>"
    return p.document(f'<div id="__next"><div class="{c("nav", pre)}">{"".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(p.w["menu"]))}</div><div class="{c("root", pre)}">{trail}<h1 class="{c("h1", pre)}">{p.headline()}</h1>{lead}<div class="{c("meta", pre)}">{"" if under else sign}<div class="{c("d", pre)}">{p.date()}</div>{f"<div>{views}</div>" if views else ""}</div>{"".join(p.scatter(pieces, also if p.has("also") else "", news if p.has("news") else ""))}{sign if under else ""}{tail}</div></div>', p.pick("data", "og", "ld", "none"))


def amp(p):
    """AMP: amp-img, sections, legends in small paragraphs, list of authors."""
    names = p.author_links()
    crumbs = p.crumbs()
    p.image = lambda at, more="": f'<amp-img src="{at}" width="640" height="360" layout="responsive"></amp-img>'
    pieces = p.blocks(lambda s: f"<p>{s}</p>", lambda at, s: f'<amp-layout><div class="i">{p.image(at)}</div><p class="{p.pick("c", "i-c", "legenda", "z9")}">{s}</p></amp-layout>', lambda s: f"<h2>{s}</h2>", lambda s: f'<p class="{p.pick("l", "st", "entradilla", "q1")}"><strong>{s}</strong></p>')
    ad = f'<div class="a-{p.ident()}"><p>{p.w["ad"]}</p><amp-ad width="300" height="250" type="x"></amp-ad></div>'
    half = max(2, len(pieces) // 2)
    text = f'<section>{"".join(pieces[:half])}</section>{ad}<section>{"".join(pieces[half:])}</section>' if p.has("sections") else f'<section>{"".join(p.scatter(pieces, ad))}</section>'
    who = f'<ul class="k">{"".join(f"<li>{n}</li>" for n in names)}</ul>' if names else ""
    if len(names) > 1 and not p.has("several"):
        who = f'<p class="k">{p.w["by"]}{p.w["join"].join(names)}</p>'
    path = f'<div class="r">{" &gt; ".join(f"<a href=/{i}>{s}</a>" for i, s in enumerate(crumbs))}</div>' if crumbs else ""
    rel = f'<section><h3>{p.w["related"]}</h3><ul>{p.list_of_links(5)}</ul></section>'
    return p.document(f'<amp-sidebar id="m" layout="nodisplay"><ul>{"".join(f"<li><a href=/{i}>{m}</a></li>" for i, m in enumerate(p.w["menu"]))}</ul></amp-sidebar><header class="h"><a href="/">{e(p.a["site"])}</a></header><article>{path}<header><h1>{p.headline()}</h1>{who}<p class="t">{p.date()}</p></header>{text}{rel}</article><footer class="f">© {e(p.a["site"])}</footer>', p.pick("data", "ld", "none"))


def gallery(p):
    """Paragraphs are <div>s, pictures open in a lightbox that names the legend too, share counters between lines."""
    who = p.authors()
    views = p.views(.7)
    crumbs = p.crumbs()
    pieces = p.blocks(lambda s: f'<div dir="auto">{s}</div>' if p.has("dir") else f'<div style="margin-bottom:12px"><span>{s}</span></div>',
                      lambda at, s: f'<div style="width:100%"><a href="{at}" data-fancybox="g" data-caption="{s}">{p.image(at)}</a></div><div style="font-size:13px;color:#777;{p.pick("al", "text-align:center", "")}">{p.pick("em", "<em>%s</em>", "%s", "<span>%s</span>") % s}</div>',
                      lambda s: f'<div style="margin-bottom:12px"><b>{s}</b></div>', lambda s: f'<div style="font-size:18px"><b>{s}</b></div>')
    share = f'<div style="float:left">{"".join(f"<a href=https://{n}.example/s>{n}</a> <b>{p.noise.randint(0, 900)}</b> " for n in ("facebook", "zalo", "x"))}</div>'
    box = f'<div style="border:1px solid #ccc"><div><b>{p.w["also"]}</b></div>{p.list_of_links(2, "<div>{}</div>")}</div>'
    trail = f'<div>{" | ".join(f"<a href=/{i}>{s}</a>" for i, s in enumerate(crumbs))}</div>' if crumbs else ""
    line = f'<div style="color:#999"><span>{p.date()}</span>{f"<span> | {views}</span>" if views else ""}{f"<span> | {who}</span>" if who and p.has("line") else ""}</div>'
    sign = f'<div style="text-align:right;font-weight:bold">{who}</div>' if who and not p.has("line") else ""
    tags = f'<div>{p.w["tags"]} {", ".join(f"<a href=/t/{i}>{m}</a>" for i, m in enumerate(p.w["menu"][:3]))}</div>'
    said = "".join(f"<div><b>{n}</b><div>{t}</div><span>{d}</span></div>" for n, t, d in p.readers(p.noise.randint(0, 9)))
    return p.document(f'<div style="width:1000px;margin:auto"><div>{" ".join(f"<a href=/{i}>{m}</a>" for i, m in enumerate(p.w["menu"]))}</div><div>{trail}<h1>{p.headline()}</h1>{line}{share}{"".join(p.scatter(pieces, box if p.has("box") else ""))}{sign}{tags}</div><div><div><b>{p.w["comments"]}</b></div>{said}</div><div><h3>{p.w["related"]}</h3>{p.list_of_links(6, "<div>{}</div>")}</div></div>', p.pick("data", "none", "og"))


def interview(p):
    """A weekly's page: questions in bold, lists and quotes in the text, a kicker, the offer of a subscription behind it."""
    a = p.a
    blocks, turn = [], 0
    for kind, text in a["blocks"]:
        if kind == "paragraph":
            turn += 1
            if turn % 5 == 2 and ". " in text and p.lang != "ja":
                parts = [s if s.endswith(".") else s + "." for s in text.split(". ")]
                blocks += [("item", s) for s in parts]
                continue
            if turn % 5 == 4:
                kind = "quote"
        blocks.append((kind, text))
    out, items = [], []
    saved, number, captions = blocks + [("end", "")], 0, []
    for kind, text in saved:
        if items and kind != "item":
            out.append(f'<ul class="list">{"".join(f"<li>{s}</li>" for s in items)}</ul>')
            items = []
        if kind == "end":
            break
        if kind in ("paragraph", "quote"):
            from page import edit
            if p.edited is not None and number == 0:
                text = edit(text)
            number += 1
        s = e(text)
        if kind == "caption":
            captions.append(text)
            out.append(f'<figure class="media">{p.image(p.address())}<figcaption>{s}</figcaption></figure>')
            continue
        p.truth["body"].append(text)
        if kind == "lead":
            p.truth["lead"] = text
            out.append(f'<p class="{p.pick("cl", "intro-text", "chapo", "vorspann")}">{p.pick("lm", "<b>%s</b>", "<strong>%s</strong>") % s}</p>')
        elif kind == "subheading":
            out.append(f"<p><strong>{s}</strong></p>")
        elif kind == "item":
            items.append(s)
        elif kind == "quote":
            out.append(f"<blockquote><p>{s}</p></blockquote>")
        else:
            out.append(f"<p>{s}</p>")
    if captions:
        p.truth["captions"] = captions
    who = p.authors("by")
    offer = "".join(f"<p>{s}</p>" for s in (p.w["offer"], p.w["news"]))
    crumbs = p.crumbs()
    trail = f'<nav aria-label="Breadcrumb"><ol>{"".join(f"<li><a href=/{i}>{s}</a></li>" for i, s in enumerate(crumbs))}</ol></nav>' if crumbs else ""
    title = f'<h1><span class="kick">{p.w["menu"][3]}</span> <span class="hl">{p.headline()}</span></h1>' if p.has("kicker") else f"<h1>{p.headline()}</h1>"
    meta = f'<div class="info">{f"<span>{who}</span>" if who else ""}<time datetime="{p.iso()}">{p.date()}</time></div>'
    toc = f'<div class="inline-teaser"><p>{p.w["also"]}: {next(iter(p.list_of_links(1, "{}").split("|")))}</p></div>'
    return p.document(f'<header class="site"><a href="/">{e(a["site"])}</a></header>{trail}<main><article class="piece"><header>{title}{meta}</header><div class="text">{"".join(p.scatter(out, toc if p.has("toc") else ""))}</div><div class="abo">{offer}<button>OK</button></div></article><section class="more"><h2>{p.w["related"]}</h2>{"".join(f"<article><a href={u!r}><h3>{t}</h3></a><p>{x}</p></article>" for u, t, x, _ in p.others(4))}</section></main><footer><p>© {e(a["site"])}</p></footer>', p.pick("data", "og", "none", "ld"))


FAMILIES = {f.__name__: f for f in (tailwind, aspnet, blogger, components, styled, amp, gallery, interview)}
