#include "dates/words.hpp"

#include <array>

namespace tinwatch::parsers {
namespace {

constexpr std::array tables = {
    DateWordTable{"hi", R"(
month-1: जनवरी, जन
month-2: फरवरी, फर
month-3: मार्च
month-4: अप्रैल
month-5: मई
month-6: जून
month-7: जुलाई, जुल
month-8: अगस्त, अग
month-9: सितंबर, सितम्बर, सित
month-10: अक्टूबर, अक्तूबर, अक्टू, अक्तू
month-11: नवंबर, नवम्बर, नव
month-12: दिसंबर, दिसम्बर, दिस
weekday: सोमवार, मंगलवार, बुधवार, गुरुवार, शुक्रवार, शनिवार, रविवार
morning: सुबह, पूर्वाह्न
afternoon: शाम, अपराह्न, दोपहर
today: आज
yesterday: कल
ago: पहले
second: सेकंड
minute: मिनट
hour: घंटे, घंटा
day: दिन
week: सप्ताह, हफ्ते
month: महीने, माह
year: वर्ष, साल
label: बजे, अपडेटेड, प्रकाशित, को
)"},
    DateWordTable{"th", R"(
month-1: มกราคม, เดือนมกราคม, ม.ค.
month-2: กุมภาพันธ์, เดือนกุมภาพันธ์, กุมภา, ก.พ.
month-3: มีนาคม, เดือนมีนาคม, มี.ค.
month-4: เมษายน, เดือนเมษายน, เม.ย.
month-5: พฤษภาคม, เดือนพฤษภาคม, พ.ค.
month-6: มิถุนายน, เดือนมิถุนายน, มิ.ย.
month-7: กรกฎาคม, เดือนกรกฎาคม, ก.ค.
month-8: สิงหาคม, เดือนสิงหาคม, ส.ค.
month-9: กันยายน, เดือนกันยายน, ก.ย.
month-10: ตุลาคม, เดือนตุลาคม, ต.ค.
month-11: พฤศจิกายน, เดือนพฤศจิกายน, พ.ย.
month-12: ธันวาคม, เดือนธันวาคม, ธ.ค.
weekday: จันทร์, อังคาร, พุธ, พฤหัสบดี, ศุกร์, เสาร์, อาทิตย์
weekday: วันจันทร์, วันอังคาร, วันพุธ, วันพฤหัสบดี, วันศุกร์, วันเสาร์, วันอาทิตย์
filler: เดือน
before-year: พ.ศ., ปี, ค.ศ.
today: วันนี้
yesterday: เมื่อวาน, เมื่อวานนี้
ago: ที่แล้ว, ที่ผ่านมา
second: วินาที
minute: นาที
hour: ชั่วโมง
day: วัน
week: สัปดาห์
month: เดือน
year: ปี
label: ที่, วันที่, เวลา, น, เผยแพร่, อัปเดต
)"},
    DateWordTable{"id", R"(
month-1: januari, jan
month-2: februari, feb
month-3: maret, mar
month-4: april, apr
month-5: mei
month-6: juni, jun
month-7: juli, jul
month-8: agustus, agu, ags, agt
month-9: september, sep
month-10: oktober, okt
month-11: november, nov
month-12: desember, des
weekday: senin, selasa, rabu, kamis, jumat, sabtu, minggu
clock: pukul, jam
today: hari ini
yesterday: kemarin
ago: yang lalu, lalu
second: detik
minute: menit
hour: jam
day: hari
week: minggu
month: bulan
year: tahun
label: pukul, jam, wib, wita, wit, diperbarui, terbit
)"},
    DateWordTable{"zh", R"(
year-mark: 年
month-mark: 月
day-mark: 日, 号, 號
hour-mark: 时, 時, 点, 點
minute-mark: 分
morning: 上午, 早上, 凌晨, 清晨, 早晨
afternoon: 下午, 晚上, 傍晚, 晚间, 晚
noon: 中午
now: 刚刚, 剛剛
today: 今天
yesterday: 昨天
day-before-yesterday: 前天
ago: 前
second: 秒, 秒钟
minute: 分钟, 分鐘
hour: 小时, 小時
day: 天
week: 周, 星期
month: 个月, 個月
year: 年
label: 年, 月, 日, 时, 時, 分, 秒, 点, 上, 下, 午, 星, 期, 周, 一, 二, 三, 四, 五, 六, 发, 布, 更, 新
)"},
    DateWordTable{"ja", R"(
morning: 午前
afternoon: 午後
today: 今日
yesterday: 昨日
day-before-yesterday: 一昨日
ago: 前
hour: 時間
label: 曜, 火, 水, 木, 金, 土, 公, 開, 配, 信, 掲, 載, 前, 後
)"},
    DateWordTable{"ko", R"(
year-mark: 년
month-mark: 월
day-mark: 일
hour-mark: 시
minute-mark: 분
weekday: 월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일, 월, 화, 수, 목, 금, 토, 일
morning: 오전
afternoon: 오후
now: 방금
today: 오늘
yesterday: 어제
day-before-yesterday: 그저께
ago: 전
second: 초
minute: 분
hour: 시간
day: 일
week: 주
month: 개월
year: 년
label: 년, 월, 일, 시, 분, 입력, 수정, 등록, 기사입력, 최종수정, 승인
)"},
};

}  // namespace

std::span<const DateWordTable> date_words_asia() { return tables; }

}  // namespace tinwatch::parsers
