#include "dates/words.hpp"

#include <array>

namespace tinwatch::parsers {
namespace {

constexpr std::array tables = {
    DateWordTable{"und", R"(
hour-mark: h, g
minute-mark: p
am: am, a m
pm: pm, p m
label: t, z, a, p, m
label: gmt, utc, est, edt, et, cst, cdt, ct, mst, mdt, pst, pdt, pt, cet, cest, bst, ist, amt, ict
)"},
    DateWordTable{"en", R"(
month-1: january, jan
month-2: february, feb
month-3: march, mar
month-4: april, apr
month-5: may
month-6: june, jun
month-7: july, jul
month-8: august, aug
month-9: september, sep, sept
month-10: october, oct
month-11: november, nov
month-12: december, dec
weekday: monday, tuesday, wednesday, thursday, friday, saturday, sunday
weekday: mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun
filler: of, the, st, nd, rd, th
now: just now
today: today
yesterday: yesterday
day-before-yesterday: day before yesterday
ago: ago
second: second, seconds, sec, secs
minute: minute, minutes, min, mins
hour: hour, hours, hr, hrs
day: day, days
week: week, weeks
month: month, months
year: year, years
label: published, updated, posted, created, modified, last, first, on, at, date
)"},
    DateWordTable{"vi", R"(
month-1: tháng một, tháng giêng
month-2: tháng hai
month-3: tháng ba
month-4: tháng tư, tháng bốn
month-5: tháng năm
month-6: tháng sáu
month-7: tháng bảy, tháng bẩy
month-8: tháng tám
month-9: tháng chín
month-10: tháng mười
month-11: tháng mười một, tháng mười mốt
month-12: tháng mười hai, tháng chạp
weekday: hai, ba, tư, năm, sáu, bảy, nhật, cn
before-year: năm
before-month-number: tháng
filler: ngày
morning: sáng
afternoon: chiều, tối
noon: trưa
am: sa
pm: ch
hour-mark: giờ
minute-mark: phút
now: vừa xong
today: hôm nay, sáng nay, trưa nay, chiều nay, tối nay, đêm nay
yesterday: hôm qua, sáng qua, trưa qua, chiều qua, tối qua, đêm qua
day-before-yesterday: hôm kia, sáng kia, chiều kia, tối kia
ago: trước
before-age: cách đây
second: giây
minute: phút
hour: giờ, tiếng
day: ngày
week: tuần
month: tháng
year: năm
label: ngày, tháng, năm, lúc, giờ, phút, cập, nhật, đăng, thứ, chủ, trước, cách, đây, hôm, qua, nay
label: giây, tuần, vừa, xong, kia
)"},
    DateWordTable{"de", R"(
month-1: januar, jänner, jan, jän
month-2: februar, feber, feb
month-3: märz, marz, mär, mrz
month-4: april, apr
month-5: mai
month-6: juni, jun
month-7: juli, jul
month-8: august, aug
month-9: september, sep, sept
month-10: oktober, okt
month-11: november, nov
month-12: dezember, dez
weekday: montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag
weekday: mo, di, mi, do, fr, sa, so
filler: den
hour-mark: uhr
today: heute
yesterday: gestern
day-before-yesterday: vorgestern
before-age: vor
second: sekunde, sekunden
minute: minute, minuten
hour: stunde, stunden
day: tag, tagen, tage
week: woche, wochen
month: monat, monaten
year: jahr, jahren
label: uhr, um, vom, den, stand, veröffentlicht, aktualisiert, erstellt
)"},
    DateWordTable{"fr", R"(
month-1: janvier, janv
month-2: février, fevrier, févr, fév
month-3: mars
month-4: avril, avr
month-5: mai
month-6: juin
month-7: juillet, juil
month-8: août, aout
month-9: septembre, sept
month-10: octobre, oct
month-11: novembre, nov
month-12: décembre, decembre, déc
weekday: lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche
weekday: lun, mar, mer, jeu, ven, sam, dim
filler: er
hour-mark: heures, heure
today: aujourd hui
yesterday: hier
day-before-yesterday: avant hier
before-age: il y a
second: seconde, secondes
minute: minute, minutes
hour: heure, heures
day: jour, jours
week: semaine, semaines
month: mois
year: an, ans
label: le, mis, à, jour, publié, modifié, h
)"},
    DateWordTable{"es", R"(
month-1: enero, ene
month-2: febrero, feb
month-3: marzo, mar
month-4: abril, abr
month-5: mayo
month-6: junio, jun
month-7: julio, jul
month-8: agosto, ago
month-9: septiembre, setiembre, sept, sep, set
month-10: octubre, oct
month-11: noviembre, nov
month-12: diciembre, dic
weekday: lunes, martes, miércoles, jueves, viernes, sábado, domingo
weekday: lun, mar, mié, jue, vie, sáb, dom
filler: de, del
today: hoy
yesterday: ayer
day-before-yesterday: anteayer
before-age: hace
second: segundo, segundos
minute: minuto, minutos
hour: hora, horas
day: día, días
week: semana, semanas
month: mes, meses
year: año, años
label: el, de, del, publicado, actualizado
)"},
    DateWordTable{"pt", R"(
month-1: janeiro, jan
month-2: fevereiro, fev
month-3: março, marco, mar
month-4: abril, abr
month-5: maio, mai
month-6: junho, jun
month-7: julho, jul
month-8: agosto, ago
month-9: setembro, set
month-10: outubro, out
month-11: novembro, nov
month-12: dezembro, dez
weekday: segunda, terça, quarta, quinta, sexta, sábado, domingo, seg, ter, qua, qui, sex, sáb, dom
filler: de
today: hoje
yesterday: ontem
day-before-yesterday: anteontem
before-age: há
second: segundo, segundos
minute: minuto, minutos
hour: hora, horas
day: dia, dias
week: semana, semanas
month: mês, meses
year: ano, anos
label: atualizado, em, às, feira, publicado
)"},
    DateWordTable{"it", R"(
month-1: gennaio, gen
month-2: febbraio, febb, feb
month-3: marzo, mar
month-4: aprile, apr
month-5: maggio, magg, mag
month-6: giugno, giu
month-7: luglio, lug
month-8: agosto, ago
month-9: settembre, sett, set
month-10: ottobre, ott
month-11: novembre, nov
month-12: dicembre, dic
weekday: lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica
weekday: lun, mar, mer, gio, ven, sab, dom
clock: ore, alle
today: oggi
yesterday: ieri
ago: fa
second: secondo, secondi
minute: minuto, minuti
hour: ora, ore
day: giorno, giorni
week: settimana, settimane
month: mese, mesi
year: anno, anni
label: il, alle, pubblicato
)"},
    DateWordTable{"nl", R"(
month-1: januari, jan
month-2: februari, feb
month-3: maart, mrt
month-4: april, apr
month-5: mei
month-6: juni, jun
month-7: juli, jul
month-8: augustus, aug
month-9: september, sept, sep
month-10: oktober, okt
month-11: november, nov
month-12: december, dec
weekday: maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag
weekday: ma, di, wo, do, vr, za, zo
hour-mark: uur
today: vandaag
yesterday: gisteren
day-before-yesterday: eergisteren
ago: geleden
second: seconde, seconden
minute: minuut, minuten
hour: uur
day: dag, dagen
week: week, weken
month: maand, maanden
year: jaar
label: op, gepubliceerd, er
)"},
};

}  // namespace

std::span<const DateWordTable> date_words_west() { return tables; }

}  // namespace tinwatch::parsers
