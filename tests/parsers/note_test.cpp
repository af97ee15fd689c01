#include "parsers/note.hpp"

#include "support/growth.hpp"

#include <gtest/gtest.h>

#include <string>

/// Vietnamese and English, German, French and Spanish: tests/monitor/change_pairs/disclosed.tsv.
namespace tinwatch::parsers {
namespace {

struct Row {
  const char* corrected;  ///< of a fault
  const char* edited;
  const char* other;  ///< says nothing of the article
};

constexpr Row rows[] = {
    {"Este artigo foi corrigido: a ponte tem 300 metros.",
     "Esta reportagem foi atualizada com a resposta da empresa.",
     "A empresa foi atualizada sobre o plano da ponte."},
    {"Questo articolo è stato corretto: il ponte è lungo 300 metri.",
     "Questo articolo è stato aggiornato con il commento del sindaco.",
     "Il sindaco ha modificato il piano."},
    {"Dit artikel is gecorrigeerd: de brug is 300 meter lang.",
     "Dit bericht is aangevuld met een reactie van de gemeente.",
     "De dienstregeling werd in juni aangepast."},
    {"W artykule błędnie podano długość mostu.", "Ten tekst został zaktualizowany o godz. 18.",
     "Rada zmieniła plan po spotkaniu."},
    {"В этой статье ошибочно указана длина моста.",
     "Материал был дополнен комментарием администрации.", "План моста был изменён после собрания."},
    {"У цій статті помилково вказано довжину мосту.",
     "Цей матеріал було доповнено коментарем міської ради.", "План мосту змінено після зборів."},
    {"Bu haberde köprünün uzunluğu yanlışlıkla 200 metre olarak verildi.",
     "Bu haber saat 18'de güncellendi.", "Belediye planı toplantıdan sonra değiştirildi."},
    {"تم تصحيح هذا المقال: طول الجسر 300 متر.", "تم تحديث هذا الخبر بإضافة رد الشركة.",
     "تم تحديث خطة الجسر بعد الاجتماع."},
    {"در این گزارش طول پل به اشتباه ۲۰۰ متر نوشته شده بود.", "این خبر با پاسخ شهرداری به روز شد.",
     "برنامه پل پس از جلسه به روز شد."},
    {"इस लेख में पुल की लंबाई गलती से 200 मीटर लिखी गई थी।",
     "यह खबर नगर निगम के जवाब के साथ अपडेट किया गया।", "बैठक के बाद पुल की योजना बदली गई।"},
    {"บทความนี้มีการแก้ไขความยาวของสะพาน", "ข่าวนี้อัปเดตเมื่อเวลา 18.00 น.", "สะพานจะเปิดในปีหน้า"},
    {"Artikel ini telah dikoreksi: panjang jembatan 300 meter.",
     "Berita ini telah diperbarui dengan tanggapan perusahaan.",
     "Jadwal kereta telah diperbarui pada bulan Juni."},
    {"本文有误，桥长应为300米。", "本报道已更新，加入公司的回应。", "市政府更新了大桥的计划。"},
    {"この記事の橋の長さに誤りがありました。", "この記事は市の回答を追記しました。",
     "市は橋の計画を更新した。"},
    {"이 기사의 다리 길이를 바로잡았습니다.", "이 기사는 시의 답변을 넣어 수정되었습니다.",
     "시는 다리 계획을 수정했다."},
    {"V článku byla chybně uvedena délka mostu.", "Tento článek byl doplněn o vyjádření města.",
     "Plán mostu byl po jednání upraven."},
    {"Denne artikel er rettet: broen er 300 meter lang.",
     "Denne artikel er opdateret med kommunens svar.", "Køreplanen blev ændret i juni."},
    {"Den här artikeln har rättats: bron är 300 meter lång.",
     "Denna artikel har uppdaterats med kommunens svar.", "Tidtabellen ändrades i juni."},
};

TEST(Note, IsToldByWhatASentenceSpeaksOf) {
  for (const auto& row : rows) {
    EXPECT_EQ(note_in(row.corrected), Note::correction) << row.corrected;
    EXPECT_EQ(note_in(row.edited), Note::update) << row.edited;
    EXPECT_EQ(note_in(row.other), Note::none) << row.other;
  }
}

TEST(Note, AWordOfTheArticleAndOneOfAnEditStandInOneSentence) {
  EXPECT_EQ(note_in("This article is long. The plan was updated."), Note::none);
  EXPECT_EQ(note_in("本文很长。计划已更新。"), Note::none);
  EXPECT_EQ(note_in("The bridge is 300 m long.\nThis article was updated."), Note::update);
}

TEST(Note, TheStrongestOneCounts) {
  EXPECT_EQ(note_in("This article was updated. We regret the error."), Note::correction);
  EXPECT_EQ(note_in(""), Note::none);
}

TEST(Note, OneWordOpensACorrectionOnlyWithAMarkBehindIt) {
  for (const auto* opens :
       {"Correction: it was May.", "*Corrections: it was May.", "(Correction, 4 March) It was May.",
        "Correction of 4 March: it was May.", "Korrektur – es war Mai.",
        "Đính chính thông tin hôm qua.", "勘误 5月3日"})
    EXPECT_EQ(note_in(opens), Note::correction) << opens;
  for (const auto* none : {"Corrections officers walked out on Monday, a union said.",
                           "Clarification tanks hold the rain.", "Corrected figures come in May."})
    EXPECT_EQ(note_in(none), Note::none) << none;
}

TEST(Note, IsLinearInSentencesAndInTheLongestOne) {
  for (const std::string piece :
       {"This articlf was updatee. ", "this articl mis à jou version of thi "})
    EXPECT_TRUE(test::grows_linearly(
        8'000,
        [&](std::size_t n) {
          std::string out;
          while (n-- > 0) out += piece;
          return out;
        },
        [](const std::string& text) { static_cast<void>(note_in(text)); }));
}

}  // namespace
}  // namespace tinwatch::parsers
