"""One article set in one page design: what a family of designs draws from, and the truth of what it printed.

A design is a family and a seed: the same seed gives the same markup. A fetch of it adds the noise of a
fetch: counters, rotating boxes, advertisements, tokens in addresses, random ids. The truth holds what the
page shows: a field that a design does not print is not asked for.
"""
import datetime
import hashlib
import html
import random

WORDS = {
    "vi": dict(views="lượt xem", comments="Ý kiến bạn đọc", related="Tin liên quan", also="Xem thêm", most="Đọc nhiều nhất", ad="Quảng cáo", news="Đăng ký nhận bản tin", by="Bài và ảnh: ", plain="Tác giả: ", join=" - ", home="Trang chủ",
               menu=["Thời sự", "Thế giới", "Kinh doanh", "Giải trí", "Thể thao", "Đời sống"], share="Chia sẻ", tags="Từ khóa:", reply="Trả lời", minutes="5 phút đọc", updated="Cập nhật", offer="Mua gói bạn đọc để xem toàn bộ bài viết"),
    "en": dict(views="views", comments="Comments", related="Related stories", also="Read more", most="Most read", ad="Advertisement", news="Sign up for our newsletter", by="By ", plain="Author: ", join=" and ", home="Home",
               menu=["News", "World", "Money", "Arts", "Sport", "Life"], share="Share", tags="Tags:", reply="Reply", minutes="5 min read", updated="Updated", offer="Subscribe to keep reading"),
    "de": dict(views="Aufrufe", comments="Kommentare", related="Mehr zum Thema", also="Lesen Sie auch", most="Meistgelesen", ad="Anzeige", news="Newsletter abonnieren", by="Von ", plain="Autor: ", join=" und ", home="Startseite",
               menu=["Politik", "Welt", "Wirtschaft", "Kultur", "Sport", "Leben"], share="Teilen", tags="Schlagworte:", reply="Antworten", minutes="5 Min. Lesezeit", updated="Aktualisiert", offer="Jetzt abonnieren und weiterlesen"),
    "fr": dict(views="vues", comments="Commentaires", related="Sur le même sujet", also="Lire aussi", most="Les plus lus", ad="Publicité", news="Recevez notre newsletter", by="Par ", plain="Auteur : ", join=" et ", home="Accueil",
               menu=["Politique", "Monde", "Économie", "Culture", "Sport", "Société"], share="Partager", tags="Mots-clés :", reply="Répondre", minutes="5 min de lecture", updated="Mis à jour", offer="Abonnez-vous pour lire la suite"),
    "es": dict(views="visitas", comments="Comentarios", related="Noticias relacionadas", also="Lee también", most="Lo más leído", ad="Publicidad", news="Suscríbete al boletín", by="Por ", plain="Autor: ", join=" y ", home="Inicio",
               menu=["Política", "Mundo", "Economía", "Cultura", "Deportes", "Vida"], share="Compartir", tags="Etiquetas:", reply="Responder", minutes="5 min de lectura", updated="Actualizado", offer="Suscríbete para seguir leyendo"),
    "ja": dict(views="回閲覧", comments="コメント", related="関連記事", also="あわせて読みたい", most="アクセスランキング", ad="広告", news="メルマガ登録", by="文：", plain="執筆：", join="、", home="ホーム",
               menu=["社会", "国際", "経済", "文化", "スポーツ", "暮らし"], share="シェア", tags="タグ：", reply="返信", minutes="約5分", updated="更新", offer="会員登録して続きを読む"),
}
MONTHS = {"en": "January February March April May June July August September October November December".split(),
          "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
          "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()}
BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
e = html.escape


def edit(text):
    """The text with its middle word (in scripts without blanks: a few characters) replaced."""
    words = text.split(" ")
    if len(words) > 3:
        words[len(words) // 2] = "REDACTED"
        return " ".join(words)
    return text[:len(text) // 2] + "REDACTED" + text[len(text) // 2 + 3:]


class Page:
    def __init__(self, family, seed, article, fetch=0, edited=None):
        self.family, self.seed, self.a, self.edited = family, seed, article, edited
        self.noise = random.Random(f"{family}/{seed}/{article['id']}/{fetch}")
        self.w, self.lang = WORDS[article["lang"]], article["lang"]
        self.truth = {"headline": article["headline"], "body": []}
        self.pictures = 0

    def random_for(self, name):
        return random.Random(f"{self.family}/{self.seed}/{name}")

    def pick(self, name, *kinds):
        """The design's choice among kinds."""
        return self.random_for(name).choice(kinds)

    def has(self, name, share=.5):
        return self.random_for(name).random() < share

    def hashed(self, role, prefix="css-"):
        return prefix + hashlib.md5(f"{self.family}/{self.seed}/{role}".encode()).hexdigest()[:7]

    def ident(self):
        return f"{self.noise.getrandbits(28):07x}"

    # what a page prints of its article
    def headline(self):
        return e(self.a["headline"])

    def authors(self, label=None):
        """The by-line, with one of the language's labels before it; empty when nobody is named."""
        if not self.a["author"] or not self.has("author", .85):
            return ""
        self.truth["author"] = self.a["author"]
        return e((self.w[label] if label else "") + self.w["join"].join(self.a["author"]))

    def author_links(self):
        if not self.a["author"] or not self.has("author", .85):
            return []
        self.truth["author"] = self.a["author"]
        return [e(name) for name in self.a["author"]]

    def date(self, form=None):
        self.truth["datePublished"] = self.a["date"]
        at, lang = datetime.datetime.fromisoformat(self.a["date"]), self.lang
        d = self.random_for("date").randint(0, 2) if form is None else form
        hm = f"{at:%H:%M}"
        if lang == "vi":
            return (f"{at:%d/%m/%Y} {hm} GMT+7", f"{hm} - {at:%d/%m/%Y}", f"Ngày {at.day} tháng {at.month} năm {at.year}, {hm}")[d]
        if lang == "ja":
            return (f"{at.year}年{at.month}月{at.day}日 {at.hour}時{at.minute:02}分", f"{at:%Y/%m/%d} {hm}", f"{at:%Y.%m.%d} {hm}")[d]
        m = MONTHS[lang][at.month - 1]
        if lang == "en":
            return (f"{m[:3]} {at.day}, {at.year} {hm}", f"{at.day} {m} {at.year}, {hm}", f"{m} {at.day}, {at.year} at {(at.hour - 1) % 12 + 1}:{at.minute:02} {'a.m.' if at.hour < 12 else 'p.m.'}")[d]
        if lang == "de":
            return (f"{at.day}. {m} {at.year}, {hm} Uhr", f"{at:%d.%m.%Y}, {hm} Uhr", f"{at:%d.%m.%Y} - {hm}")[d]
        if lang == "fr":
            return (f"Publié le {at.day} {m} {at.year} à {hm}", f"{at:%d/%m/%Y} à {hm}", f"{at.day} {m} {at.year} - {hm}")[d]
        return (f"{at.day} de {m} de {at.year}, {hm}", f"{at:%d/%m/%Y} {hm}", f"{at.day} {m} {at.year} - {hm} h")[d]

    def iso(self):
        return self.a["date"]

    def views(self, share=.5):
        if not self.has("views", share):
            return ""
        self.truth["viewCount"] = n = self.noise.randint(1000, 99999)
        return f"{n} {self.w['views']}" if self.lang != "ja" else f"{n}{self.w['views']}"

    def crumbs(self, share=.7):
        """Names of sections; the truth holds them."""
        if len(self.a["section"]) < 2 or not self.has("crumbs", share):
            return []
        self.truth["articleSection"] = self.a["section"]
        return [e(s) for s in self.a["section"]]

    def blocks(self, para, caption, sub, lead=None, quote=None, skip_lead=False):
        """The article's blocks by these functions of escaped text; `lead` is asked for where it marks one."""
        out, number, captions = [], 0, []
        for kind, text in self.a["blocks"]:
            if kind == "paragraph":
                if number == self.edited:
                    text = edit(text)
                number += 1
            s = e(text)
            if kind == "caption":
                captions.append(text)
                out.append(caption(self.address(), s))
                continue
            self.truth["body"].append(text)
            if kind == "lead":
                if skip_lead:
                    continue
                if lead:
                    self.truth["lead"] = text
                out.append((lead or para)(s))
            elif kind == "subheading":
                out.append(sub(s))
            elif kind == "quote" and quote:
                out.append(quote(s))
            else:
                out.append(para(s))
        if captions:
            self.truth["captions"] = captions
        return out

    def lead(self):
        """The lead for a place outside of the text; `blocks` is then told to skip it."""
        for kind, text in self.a["blocks"]:
            if kind == "lead":
                self.truth["lead"] = text
                return e(text)
        return ""

    def address(self):
        self.pictures += 1
        return f"https://cdn{self.noise.randint(1, 3)}.example.vn/{self.a['id']}/{self.pictures}.jpg" + (f"?v={self.ident()}" if self.has("tokens") else "")

    def image(self, address, more=""):
        form = self.pick("image", "src", "lazy", "srcset", "noscript", "picture")
        return {"src": f'<img src="{address}" alt=""{more}>', "lazy": f'<img src="{BLANK}" data-src="{address}" alt=""{more}>', "srcset": f'<img src="{BLANK}" srcset="{address} 800w, {address}&amp;b=2 1600w" alt=""{more}>',
                "noscript": f'<noscript><img src="{address}" alt=""></noscript><img src="{BLANK}" alt=""{more}>', "picture": f'<picture><source srcset="{address}"><img src="{address}" alt=""{more}></picture>'}[form]

    # what stands around it
    def others(self, n):
        for other in self.noise.sample(self.a["others"], min(n, len(self.a["others"]))):
            yield f"/{self.noise.randint(10**5, 10**6)}/a.html", e(other["headline"]), e(other["lead"]), f"{self.noise.randint(1, 28):02}/{self.noise.randint(1, 12):02}/2026"

    def list_of_links(self, n, item="<li>{}</li>"):
        return "".join(item.format(f'<a href="{u}">{t}</a>') for u, t, _, _ in self.others(n))

    def readers(self, n):
        """Comments: a name and what it says, words enough to outweigh a short text."""
        said = {"vi": "Tôi đã đọc kỹ bài này và thấy rằng vấn đề được nêu rất đúng, mong các cơ quan liên quan sớm có câu trả lời cho người dân chúng tôi.",
                "ja": "この記事を読んで改めて考えさせられました。関係者の皆さんには、住民にわかりやすい説明をお願いしたいと思います。"}.get(self.lang, "I have read this twice and I still think that they should have asked the people who live there before they decided anything at all, as they always do.")
        for _ in range(n):
            yield f"{self.noise.choice(['Minh', 'Anna', 'Tomas', 'Lan', 'Yuki'])} {self.noise.choice('ABCDEFGH')}.", said, f"{self.noise.randint(1, 23)}h"

    def scatter(self, pieces, *boxes):
        """Boxes among the pieces, at other places at each fetch, never before the second piece nor at the end."""
        for box in boxes:
            if box:
                pieces.insert(self.noise.randint(2, max(2, len(pieces) - 2)), box)
        return pieces

    def document(self, body, data="none", body_attributes=""):
        a = self.a
        meta = f'<title>{self.headline()}{self.pick("join", " | ", " - ", " – ", " :: ")}{e(a["site"])}</title>'
        if data in ("og", "ld"):
            meta += f'<meta property="og:title" content="{self.headline()}"><meta property="og:type" content="article"><meta property="og:site_name" content="{e(a["site"])}">'
        if data == "ld":
            import json
            record = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": a["headline"], "datePublished": a["date"]}
            if "author" in self.truth:
                record["author"] = [{"@type": "Person", "name": n} for n in a["author"]]
            self.truth["datePublished"] = a["date"]
            meta += f'<script type="application/ld+json">{json.dumps(record, ensure_ascii=False)}</script>'
        return f'<!DOCTYPE html><html lang="{self.lang}"><head><meta charset="utf-8">{meta}<script>window.t="{self.ident()}"</script></head><body{body_attributes}>{body}</body></html>'
