#include "dates/words.hpp"

#include <array>

namespace tinwatch::parsers {
namespace {

constexpr std::array tables = {
    DateWordTable{"pl", R"(
month-1: stycznia, styczeń, sty
month-2: lutego, luty, lut
month-3: marca, marzec, mar
month-4: kwietnia, kwiecień, kwi
month-5: maja, maj
month-6: czerwca, czerwiec, cze
month-7: lipca, lipiec, lip
month-8: sierpnia, sierpień, sie
month-9: września, wrzesień, wrz
month-10: października, październik, paź
month-11: listopada, listopad, lis
month-12: grudnia, grudzień, gru
weekday: poniedziałek, wtorek, środa, czwartek, piątek, sobota, niedziela
weekday: pon, wt, śr, czw, pt, sob, niedz
clock: godz, godzina
today: dzisiaj, dziś
yesterday: wczoraj
day-before-yesterday: przedwczoraj
ago: temu
second: sekund, sekundy, sekundę
minute: minut, minuty, minutę
hour: godzin, godziny, godzinę
day: dni, dzień
week: tygodni, tygodnie, tydzień
month: miesięcy, miesiące, miesiąc
year: lat, lata, rok
label: r, roku, o, godz, opublikowano, aktualizacja
)"},
    DateWordTable{"ru", R"(
month-1: января, январь, янв, ян
month-2: февраля, февраль, февр, фев
month-3: марта, март, мар
month-4: апреля, апрель, апр
month-5: мая, май
month-6: июня, июнь, июн
month-7: июля, июль, июл
month-8: августа, август, авг
month-9: сентября, сентябрь, сент, сен
month-10: октября, октябрь, окт
month-11: ноября, ноябрь, нояб, ноя
month-12: декабря, декабрь, дек
weekday: понедельник, вторник, среда, четверг, пятница, суббота, воскресенье
weekday: пн, вт, ср, чт, пт, сб, вс
filler: а, г
today: сегодня
yesterday: вчера
day-before-yesterday: позавчера
ago: назад
second: секунд, секунды, секунду
minute: минут, минуты, минуту
hour: часов, часа, час
day: дней, дня, день
week: недель, недели, неделю
month: месяцев, месяца, месяц
year: лет, года, год
label: г, года, в, опубликовано, обновлено, мск
)"},
    DateWordTable{"uk", R"(
month-1: січня, січень, січ
month-2: лютого, лютий, лют
month-3: березня, березень, берез, бер
month-4: квітня, квітень, квіт, кві
month-5: травня, травень, трав, тра
month-6: червня, червень, черв, чер
month-7: липня, липень, лип
month-8: серпня, серпень, серп, сер
month-9: вересня, вересень, верес, вер
month-10: жовтня, жовтень, жовт, жов
month-11: листопада, листопад, листоп, лист, лис
month-12: грудня, грудень, груд, гру
weekday: понеділок, вівторок, середа, четвер, пʼятниця, п'ятниця, субота, неділя, нд
today: сьогодні
yesterday: вчора, учора
day-before-yesterday: позавчора
ago: тому
second: секунд, секунди, секунду
minute: хвилин, хвилини, хвилину
hour: годин, години, годину
day: днів, дні, день
week: тижнів, тижні, тиждень
month: місяців, місяці, місяць
year: років, роки, рік
label: р, року, о, опубліковано, оновлено
)"},
    DateWordTable{"tr", R"(
month-1: ocak, oca
month-2: şubat, subat, şub
month-3: mart, mar
month-4: nisan, nis
month-5: mayıs, mayis, may
month-6: haziran, haz
month-7: temmuz, tem
month-8: ağustos, agustos, ağu
month-9: eylül, eylul, eyl
month-10: ekim, eki
month-11: kasım, kasim, kas
month-12: aralık, aralik, ara
weekday: pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar
weekday: pzt, sal, çar, per, cum, cmt, paz
morning: öö
afternoon: ös
today: bugün
yesterday: dün
ago: önce
second: saniye
minute: dakika
hour: saat
day: gün
week: hafta
month: ay
year: yıl
label: saat, yayınlanma, güncelleme, tarihi
)"},
    DateWordTable{"ar", R"(
month-1: يناير, كانون الثاني, جانفي
month-2: فبراير, شباط, فيفري
month-3: مارس, آذار
month-4: أبريل, إبريل, نيسان, أفريل
month-5: مايو, أيار, ماي
month-6: يونيو, يونيه, حزيران, جوان
month-7: يوليو, يوليوز, يوليه, تموز, جويلية
month-8: أغسطس, آب, غشت, أوت
month-9: سبتمبر, أيلول, شتنبر
month-10: أكتوبر, تشرين الأول, أكتوبر
month-11: نوفمبر, تشرين الثاني, نونبر
month-12: ديسمبر, كانون الأول, دجنبر
weekday: الأحد, الاثنين, الإثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت
morning: صباحا, صباحًا
afternoon: مساء, مساءً, ظهرا, ظهرًا
am: ص
pm: م
today: اليوم
yesterday: أمس
before-age: قبل, منذ
minute: دقيقة, دقائق
hour: ساعة, ساعات
day: يوم, أيام
week: أسبوع, أسابيع
month: شهر, أشهر
year: سنة, سنوات
label: نشر, في, آخر, تحديث, الساعة
)"},
    DateWordTable{"fa", R"(
month-1: ژانویه
month-2: فوریه
month-3: مارس
month-4: آوریل
month-5: مه, می
month-6: ژوئن
month-7: ژوئیه, جولای
month-8: اوت, آگوست
month-9: سپتامبر
month-10: اکتبر
month-11: نوامبر
month-12: دسامبر
solar-1: فروردین
solar-2: اردیبهشت
solar-3: خرداد
solar-4: تیر
solar-5: مرداد, امرداد
solar-6: شهریور
solar-7: مهر
solar-8: آبان
solar-9: آذر
solar-10: دی
solar-11: بهمن
solar-12: اسفند
weekday: شنبه, یکشنبه, دوشنبه, سه شنبه, چهارشنبه, پنجشنبه, پنج شنبه, جمعه
morning: صبح, ق ظ
afternoon: عصر, بعدازظهر, بعد از ظهر, شب, ب ظ
today: امروز
yesterday: دیروز
day-before-yesterday: پریروز
ago: پیش, قبل
second: ثانیه
minute: دقیقه
hour: ساعت
day: روز
week: هفته
month: ماه
year: سال
label: ساعت, انتشار, تاریخ, سه, پنج, ماه, سال
)"},
};

}  // namespace

std::span<const DateWordTable> date_words_east() { return tables; }

}  // namespace tinwatch::parsers
