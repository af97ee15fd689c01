#include "content.hpp"

#include "core/text.hpp"

#include <array>
#include <cctype>

namespace tinwatch::newsroom {
namespace {

Piece piece(int id, int category, std::string headline, std::string lead,
            std::vector<std::string> paragraphs, std::string author, std::string subheading = {},
            std::string caption = {}) {
  Piece out{.id = id,
            .category = category,
            .headline = std::move(headline),
            .lead = std::move(lead),
            .paragraphs = std::move(paragraphs),
            .subheading = std::move(subheading),
            .caption = std::move(caption),
            .author = std::move(author)};
  out.slug = slug_of(out.headline);
  return out;
}

constexpr std::array places = {"xã An Lạc Đông",     "phường Bến Tre Mới", "huyện Sông Trầu",
                               "thị trấn Cầu Kè Hạ", "xã Tân Phú Thượng",  "phường Đồng Xoài Nam",
                               "huyện Hòn Gai Tây",  "xã Long Khê"};
constexpr std::array subjects = {"tuyến đê bao", "trạm y tế",  "trường tiểu học",
                                 "chợ nổi",      "bến phà",    "vườn ươm cây giống",
                                 "thư viện xã",  "nhà văn hóa"};
constexpr std::array actions = {"được bàn giao sớm hơn kế hoạch", "mở cửa trở lại sau đợt sửa chữa",
                                "đón đoàn sinh viên tình nguyện", "hoàn thành giai đoạn một",
                                "lắp hệ thống điện mặt trời",     "tổ chức ngày hội đọc sách"};
constexpr std::array sentences = {
    "Người dân quanh vùng cho biết việc đi lại trong mùa mưa đã thuận tiện hơn hẳn so với năm "
    "ngoái.",
    "Ban quản lý dự kiến kiểm tra lại toàn bộ hạng mục vào cuối quý, trước khi nghiệm thu chính "
    "thức.",
    "Tổng kinh phí được huy động từ ba nguồn, trong đó phần lớn do các hộ kinh doanh địa phương "
    "đóng góp.",
    "Nhiều hộ gia đình đã tự nguyện hiến đất để công trình được mở rộng thêm về phía bờ sông.",
    "Các kỹ sư trẻ ở lại hiện trường suốt hai tuần để theo dõi độ lún của nền và chất lượng bê "
    "tông.",
    "Theo kế hoạch, một đội bảo trì gồm sáu người sẽ trực luân phiên, kể cả ngày nghỉ và ngày lễ.",
    "Học sinh lớp năm được mời vẽ tranh trang trí bức tường phía trước, mỗi em một ô gạch nhỏ.",
    "Trong buổi họp sáng nay, đại diện tổ dân phố đề nghị bổ sung đèn chiếu sáng dọc lối đi bộ."};

template <std::size_t n>
std::string pick(const std::array<const char*, n>& from, int number) {
  return from[static_cast<std::size_t>(number) % n];
}

}  // namespace

std::string slug_of(const std::string& headline) {
  // The letters of Vietnamese without their marks, by the accentless form that ICU would give.
  std::string out;
  std::size_t at = 0;
  const auto folded = fold_case(headline);
  constexpr std::array<std::pair<std::u32string_view, char>, 7> letters = {
      {{U"àáảãạăằắẳẵặâầấẩẫậ", 'a'},
       {U"èéẻẽẹêềếểễệ", 'e'},
       {U"ìíỉĩị", 'i'},
       {U"òóỏõọôồốổỗộơờớởỡợ", 'o'},
       {U"ùúủũụưừứửữự", 'u'},
       {U"ỳýỷỹỵ", 'y'},
       {U"đ", 'd'}}};
  while (at < folded.size()) {
    const auto c = next_code_point(folded, at);
    char plain = c < 0x80 && std::isalnum(static_cast<int>(c)) != 0 ? static_cast<char>(c) : '-';
    for (const auto& [marked, letter] : letters)
      if (marked.find(c) != std::u32string_view::npos) plain = letter;
    if (plain != '-' || (!out.empty() && out.back() != '-')) out += plain;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

const std::vector<int>& categories() {
  static const std::vector<int> all = {340, 342, 355};
  return all;
}

std::string category_name(int category) {
  switch (category) {
    case 340: return "Thời sự";
    case 342: return "Đời sống > Bản làng";
    case 355: return "Kinh tế > Chợ và bến";
    default: return "Tin khác";
  }
}

std::vector<Piece> first_pieces() {
  return {
      piece(60001, 340, "Cầu gỗ Rạch Mây thông xe sau ba tháng sửa chữa",
            "Sáng 3/11, cây cầu gỗ bắc qua rạch Mây được thông xe, chấm dứt ba tháng người dân "
            "phải đi đò.",
            {"Cầu dài 86 m, rộng 3,2 m, mặt cầu lát ván căm xe còn nguyên thớ, do thợ của làng mộc "
             "An Thượng đóng và ráp tại chỗ.",
             "Ông Lê Văn Đậm, trưởng ấp, cho biết chi phí sửa chữa là 412 triệu đồng, ít hơn dự "
             "toán ban đầu vì bà con góp ngày công.",
             "Trong tuần đầu, xe tải trên hai tấn rưỡi tạm thời chưa được qua cầu để thợ theo dõi "
             "các mối nối."},
            "Thu Hoài", "Thợ làng đóng, dân làng góp công",
            "Chiếc xe máy đầu tiên qua cầu gỗ Rạch Mây."),
      piece(60002, 342, "Lớp học chữ ban đêm ở bản Nà Hin sáng đèn trở lại",
            "Sau hai năm tạm nghỉ, lớp học chữ cho người lớn ở bản Nà Hin mở lại với hai mươi bảy "
            "học viên.",
            {"Lớp học diễn ra ba tối mỗi tuần trong gian nhà sàn của già làng, bàn ghế do trường "
             "xã cho mượn.",
             "Cô giáo Hà Thị Piêng nói khó nhất không phải là dạy viết, mà là giữ được người học "
             "qua mùa gặt.",
             "Từ tháng sau, lớp sẽ có thêm một buổi hướng dẫn gửi thư và đọc bản tin thời tiết "
             "trên điện thoại."},
            "Đàm Lý"),
      piece(60003, 355, "Chợ nổi Vàm Sáo đổi giờ họp vì nước lên sớm",
            "Từ hôm nay, chợ nổi Vàm Sáo họp từ ba giờ sáng, sớm hơn thường lệ hai giờ.",
            {"Ban quản lý chợ cho hay con nước năm nay lên sớm gần mười ngày, ghe lớn khó quay đầu "
             "khi trời sáng.",
             "Khoảng 140 ghe hàng bông đã chuyển neo lên phía ngã ba, nơi lòng sông rộng và ít "
             "xoáy hơn.",
             "Khách tham quan được khuyên mặc áo phao và đi thuyền có đèn trước mũi."},
            "Trần Bổng", "", "Ghe hàng bông neo ở ngã ba sông trước bình minh."),
      piece(60004, 340, "Đội bóng thiếu nhi Đồng Sậy lần đầu dự giải toàn vùng",
            "Mười lăm cầu thủ nhí của xã Đồng Sậy lên đường dự giải bóng đá thiếu nhi toàn vùng "
            "vào thứ bảy này.",
            {"Đội tập trên sân lúa đã gặt, khung thành làm bằng tre, lưới do các mẹ đan từ dây dù "
             "cũ.",
             "Huấn luyện viên Phan Thanh Tịnh là giáo viên thể dục của trường, kiêm luôn người "
             "giặt áo đấu.",
             "Mục tiêu của đội là thắng một trận và mang về tấm ảnh chụp chung với khán giả nhà."},
            "Quốc Dậu"),
      piece(60005, 342, "Nghề đan lưới cước ở làng Mũi Nhạn tìm được người nối nghiệp",
            "Bốn thanh niên làng Mũi Nhạn trở về học đan lưới cước, nghề tưởng đã mất sau khi "
            "xưởng cuối cùng đóng cửa.",
            {"Mỗi tấm lưới cần chừng chín nghìn nút thắt, người thạo tay làm trong sáu ngày.",
             "Bà Võ Thị Lành, 71 tuổi, mở lại hiên nhà làm lớp học, không lấy học phí, chỉ xin mỗi "
             "người giữ nghề ít nhất ba năm.",
             "Hợp tác xã nghề cá đã đặt trước bốn mươi tấm cho vụ cá nam sắp tới."},
            "Mai Trinh", "Chín nghìn nút thắt"),
      piece(60006, 355, "Giá cước đò ngang bến Cây Bàng giữ nguyên đến hết năm",
            "Hợp tác xã vận tải bến Cây Bàng thông báo không tăng giá cước đò ngang từ nay đến hết "
            "năm.",
            {"Giá vé hiện là 4.000 đồng cho người đi bộ và 7.500 đồng cho người kèm xe máy.",
             "Phần chênh lệch do giá dầu được bù từ quỹ dự phòng lập ba năm trước.",
             "Bến cũng sẽ thay mới 60 áo phao, ưu tiên cỡ nhỏ cho học sinh."},
            "Bùi Khả"),
      piece(60007, 340, "Trạm đo mưa tự động thứ mười hai của huyện Sông Trầu đi vào hoạt động",
            "Trạm đo mưa tự động đặt trên nóc nhà văn hóa xã Long Khê bắt đầu gửi số liệu từ chiều "
            "qua.",
            {"Số liệu được gửi mười phút một lần về phòng trực và hiện lên bảng điện tử ở ngã tư "
             "trung tâm xã.",
             "Khi mưa vượt 50 mm trong một giờ, trạm tự nhắn tin cho mười hai trưởng ấp.",
             "Huyện dự tính lắp thêm hai trạm ở đầu nguồn suối Đá trước mùa lũ sang năm."},
            "Hồng Nhiên"),
      piece(60008, 342, "Người già ở khu tập thể Nhà Máy Gạch kể chuyện lò nung",
            "Một buổi kể chuyện nhỏ ở khu tập thể Nhà Máy Gạch quy tụ hơn ba mươi người thợ cũ.",
            {"Họ mang theo ảnh, khuôn gạch, và cả chiếc kẻng báo ca làm từ vành bánh xe.",
             "Những câu chuyện được nhóm sinh viên sử học ghi âm để làm thành một tập sách mỏng.",
             "Buổi sau dự kiến diễn ra vào chủ nhật, ngay tại nền lò số 4 còn sót lại."},
            "Lâm Thao"),
  };
}

std::vector<Piece> later_pieces() {
  return {
      piece(
          60009, 340, "Xã An Lạc Đông khởi công hồ chứa nước ngọt",
          "Sáng nay, xã An Lạc Đông khởi công hồ chứa nước ngọt 18.000 m³ phục vụ mùa khô.",
          {"Hồ nằm trên nền ruộng trũng bỏ hoang, cách trung tâm xã chừng hai cây số về phía nam.",
           "Theo thiết kế, hồ đủ nước cho 640 hộ dân trong bốn tháng không mưa.",
           "Công trình dự kiến hoàn thành trước Tết, kinh phí 5,4 tỷ đồng."},
          "Thu Hoài", "Đủ nước cho bốn tháng không mưa", "Máy đào bắt đầu mở móng hồ chứa."),
      piece(
          60010, 355, "Bến phà Cồn Én thử nghiệm vé điện tử",
          "Từ đầu tuần, bến phà Cồn Én cho khách trả tiền bằng thẻ và điện thoại ở hai cửa soát "
          "vé.",
          {"Trong ngày đầu, gần một phần ba lượt khách chọn cách mới, thời gian chờ giảm còn một "
           "nửa.",
           "Người bán vé không mất việc: họ chuyển sang hướng dẫn khách và trực an toàn dưới phà.",
           "Đường dây nóng chống lụt của bến vẫn hoạt động suốt ngày đêm."},
          "Bùi Khả"),
      piece(60011, 342, "Vườn thuốc nam của trạm y tế Tân Phú Thượng có thêm bốn mươi loài",
            "Vườn thuốc nam trồng sau trạm y tế xã Tân Phú Thượng vừa được bổ sung bốn mươi loài "
            "cây.",
            {"Cây giống do một thầy thuốc về hưu ở xã bên đem tặng, mỗi cây kèm tấm thẻ ghi công "
             "dụng.",
             "Học sinh trường trung học cơ sở được giao chăm mười luống, tuần hai buổi.",
             "Trạm mong người dân đến xin cây về trồng, thay vì hái trong rừng."},
            "Đàm Lý"),
      piece(60012, 340, "Đội cứu hộ đường thủy diễn tập ban đêm trên sông Trầu",
            "Tối qua, đội cứu hộ đường thủy huyện Sông Trầu diễn tập tìm người trong điều kiện "
            "không có đèn.",
            {"Tình huống giả định là một ghe chở khách bị lật gần chân cầu lúc nước xiết.",
             "Sau 47 phút, cả mười hai người đóng vai nạn nhân được đưa lên bờ an toàn.",
             "Đội rút kinh nghiệm về liên lạc: bộ đàm cần thêm pin dự phòng khi trực quá bốn giờ."},
            "Quốc Dậu", "", "Xuồng cứu hộ quét đèn pha dưới chân cầu."),
  };
}

Piece made_piece(int id) {
  const auto headline = pick(subjects, id) + " ở " + pick(places, id / 3) + " " +
                        pick(actions, id / 5) + " (bản tin " + std::to_string(id) + ")";
  std::string title = headline;
  if (title.starts_with("đ")) title.replace(0, 2, "Đ");
  title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return piece(id, categories()[static_cast<std::size_t>(id) % categories().size()], title,
               "Theo tin từ địa phương, " + headline +
                   ", đánh dấu một bước tiến nhỏ mà người dân chờ đợi đã lâu.",
               {made_sentence(id), made_sentence(id + 3) + " " + made_sentence(id + 5),
                made_sentence(id + 7)},
               id % 2 == 0 ? "Hồng Nhiên" : "Lâm Thao");
}

std::string made_sentence(int number) {
  return pick(sentences, number) + " Đây là lần thứ " + std::to_string(number % 97 + 2) +
         " việc này được ghi nhận.";
}

}  // namespace tinwatch::newsroom
