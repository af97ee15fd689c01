#include "page/label_words.hpp"

namespace tinwatch::parsers::label_words {

std::string any_of(std::initializer_list<const char*> alternatives) {
  std::string out;
  for (const auto* one : alternatives) out += (out.empty() ? "" : "|") + std::string(one);
  return "(?:" + out + ")";
}

std::string views() {
  return any_of({"lượt xem|lượt đọc|lượt truy cập|người (?:xem|đọc)",
                 "views?|reads?|page ?views?|hits", "aufrufe|ansichten|leser|zugriffe",
                 "vues?|lectures?|consultations?",
                 "visitas?|vistas?|lecturas?|visualizaciones|visualizações|visualizzazioni|letture",
                 "просмотр(?:ов|а|ы)?|прочтени[йея]|переглядів", "مشاهد(?:ة|ات)|قراء(?:ة|ات)|زيارة",
                 "次?(?:阅读|閱讀|浏览|瀏覽|点击|點擊)(?:量|数|數|次数|次數)?",
                 "回?(?:閲覧|視聴)(?:数|回数)?|ビュー|조회(?:수)?|weergaven|wyświetleń|okunma"});
}

std::string counted() {
  return any_of({"lượt thích|người thích|thích|chia sẻ|bình luận|ý kiến",
                 "likes?|shares?|comments?|reactions?|replies|bookmarks?",
                 "kommentare?|gefällt mir|mal geteilt|commentaires?|partages?|j.aime",
                 "comentarios?|compartidos?|me gusta|comentários?|commenti|комментари(?:й|я|ев)",
                 "تعليق(?:ات)?|مشاركة|评论|評論|分享|点赞|コメント|いいね"});
}

std::string reading_time() {
  return any_of(
      {"\\d+ ?phút đọc|thời gian đọc:? ?\\d+ ?phút|đọc trong \\d+ ?phút",
       "\\d+[ -]?(?:min(?:ute)?s?\\.?)[ -](?:to )?read|reading time:? ?\\d+ ?min(?:ute)?s?",
       "\\d+ ?min(?:uten|\\.)? lesezeit|lesezeit:? ?(?:ca\\. ?)?\\d+ ?min(?:uten|\\.)?",
       "\\d+ ?min(?:utes?)? de lecture|temps de lecture ?:? ?\\d+ ?min(?:utes?)?",
       "\\d+ ?min(?:utos?)? de le(?:ctura|itura)|tiempo de lectura:? ?\\d+ ?min(?:utos?)?",
       "\\d+ ?min(?:uti)? di lettura|\\d+ ?min(?:uten)? (?:leestijd|lezen)|\\d+ "
       "?мин(?:ут[аы]?)?\\.? (?:чтения|на чтение)",
       "(?:約|约)?\\d+ ?分(?:钟|鐘)?(?:で読め(?:る|ます)|阅读|閱讀)?|\\d+ ?분 (?:분량|읽기)"});
}

std::string advertising() {
  return any_of({"quảng cáo|tin tài trợ|nội dung tài trợ",
                 "ads?|adverts?|advertisements?|advertising",
                 "sponsored(?: content| links)?|promoted|paid content|article continues below",
                 "anzeigen?|werbung|publicité|annonce|publicidad|publicidade|anuncio|pubblicità",
                 "reklama?|advertentie|реклама|إعلان(?:ات)?|广告|廣告|広告|pr|광고"});
}

std::string newsletter() {
  return any_of(
      {"đăng ký (?:nhận|theo dõi|ngay)[^.]{0,40}|nhận (?:bản )?tin(?: qua e-?mail| mới)?[^.]{0,20}",
       "(?:sign up|subscribe|register|join)(?: now)?(?: (?:for|to) (?:our|the|a|free)[^.]{0,60})?",
       "get (?:our|the|your)[^.]{0,40}(?:newsletter|inbox|e-?mail)[^.]{0,30}|(?:our |free "
       ")?newsletters?",
       "(?:unseren? )?newsletter (?:abonnieren|bestellen|anmelden)|jetzt (?:abonnieren|anmelden)",
       "(?:recevez|abonnez-vous|inscrivez-vous)[^.]{0,60}|s.abonner|s.inscrire[^.]{0,40}",
       "(?:suscríbe(?:te|se)|recibe|regístrate|apúntate|assine|inscreva-se)[^.]{0,60}",
       "(?:iscriviti|ricevi)[^.]{0,60}|подпи(?:шитесь|саться)[^.]{0,60}|اشترك[^.]{0,60}",
       "订阅[^。]{0,20}|訂閱[^。]{0,20}|メルマガ[^。]{0,20}|(?:ニュースレター)[^。]{0,20}|"
       "購読する"});
}

std::string related() {
  return any_of(
      {"related(?: (?:articles|stories|posts|news|content|topics|coverage))?|read more",
       "recommended(?: (?:for you|stories|articles))?|you (?:may|might) also like",
       "more on this(?: story)?|read also|see also",
       "bài viết tương tự|tin tương tự|bài tương tự|tin liên quan|bài liên quan",
       "tin bài liên quan|bài viết liên quan|tin cùng chuyên mục|cùng chuyên mục",
       "có thể bạn quan tâm|đọc thêm|xem thêm|cùng chủ đề|tin cùng chủ đề",
       "mehr zum thema|zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren",
       "ähnliche (?:artikel|beiträge|themen)|passend dazu|weitere artikel",
       "sur le même (?:sujet|thème)|à lire aussi|lire aussi|à lire également|articles? liés",
       "articles similaires|noticias relacionadas|artículos relacionados|te puede interesar",
       "lee también|más sobre|relacionad[ao]s|leia (?:também|mais)|leggi anche|articoli correlati",
       "читайте также|по теме|похожие (?:новости|статьи)|материалы по теме",
       "اقرأ أيضا|مواضيع ذات صلة|مقالات ذات صلة|相关(?:阅读|新闻|文章|推荐)|相關(?:閱讀|新聞|文章)",
       "延伸(?:阅读|閱讀)|関連(?:記事|ニュース)|あわせて読みたい|관련 ?기사"});
}

std::string other_articles() {
  return any_of(
      {"more (?:[\\pL.']+ ){0,3}(?:stories|news|articles)|most (?:read|popular|viewed)|latest(?: "
       "news| stories)?",
       "trending(?: now)?|popular(?: (?:now|stories|posts))?|editor.s picks?|top stories",
       "tin xem nhiều|xem nhiều|(?:các )?tin mới(?: nhất| hơn)?|mới nhất|nổi bật",
       "(?:các )?tin (?:khác|cũ hơn)|(?:các )?bài khác|dư luận quan tâm|đọc nhiều(?: nhất)?",
       "tin nổi bật|tin đọc nhiều|bài đọc nhiều|tiêu điểm|được quan tâm",
       "meistgelesen(?:e artikel)?|am meisten gelesen|neueste (?:artikel|meldungen|nachrichten)",
       "aktuelle (?:nachrichten|meldungen)|beliebt(?:e artikel)?|top-?themen",
       "les plus lus|le plus lu|dernières (?:actualités|nouvelles|infos)|à la une|en continu",
       "lo más (?:leído|visto)|más leíd[ao]s|últimas noticias|lo último|mais lidas|i più letti",
       "самое (?:читаемое|популярное)|популярное|последние новости|главное|الأكثر قراءة",
       "آخر الأخبار", "最新(?:消息|新闻|新聞|文章)|热门|熱門|热点|排行榜",
       "アクセスランキング|ランキング|最新記事|新着"});
}

std::string comments() {
  return any_of(
      {"(?:ý kiến )?bình luận|ý kiến (?:bạn đọc|của bạn)?",
       "(?:\\d+ )?comments?|leave a (?:reply|comment)",
       "discussion|join the (?:discussion|conversation)|\\d+ responses?",
       "(?:\\d+ )?kommentare?|leserkommentare|(?:\\d+ )?commentaires?|réagir|vos réactions",
       "(?:\\d+ )?comentarios?|comentários?|(?:\\d+ )?commenti|комментари[ий]|обсуждение",
       "التعليقات|تعليقات|(?:网友)?评论|評論|留言|コメント(?:一覧)?"});
}

std::string home() {
  return any_of(
      {"trang chủ|trang nhất|home(?:page)?|start(?:seite)?|accueil|inicio|início|home page",
       "главная|الرئيسية|首页|首頁|ホーム|トップ|top|홈"});
}

}  // namespace tinwatch::parsers::label_words
