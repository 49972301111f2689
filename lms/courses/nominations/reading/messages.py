"""What is said of a roster, by code. Pure data: the texts are message ids for whoever translates them."""

from lms.core.messages import N_

MESSAGES: dict[str, str] = {
    # The file as a whole
    "file_empty": N_("Tệp rỗng, không có nội dung gì. Hãy mở tệp kiểm tra rồi chọn lại đúng tệp danh sách."),
    "file_too_large": N_("Tệp nặng %(size)s MB, quá mức cho phép %(limit)s MB. Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp."),
    "file_unknown": N_("Không nhận ra loại tệp này. Hãy lưu danh sách thành tệp Excel (.xlsx) hoặc .csv."),
    "file_wrong_kind": N_("Tệp này là %(found)s, không phải tệp danh sách. Hãy lưu danh sách thành Excel (.xlsx) hoặc .csv."),
    "file_word": N_("Đây là tệp Word. Hãy chép bảng danh sách sang Excel, lưu thành .xlsx rồi tải lên."),
    "file_broken": N_("Tệp bị hỏng nên không mở được. Hãy mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi tải lên lại."),
    "file_encrypted": N_("Tệp đang đặt mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi tải lên."),
    "zip_too_many": N_("Tệp chứa quá nhiều phần bên trong (%(count)s). Hãy mở bằng Excel, lưu lại thành tệp mới."),
    "zip_too_big": N_("Nội dung bên trong tệp khi mở ra quá lớn (trên %(limit)s MB). Hãy bỏ bớt ảnh rồi lưu thành tệp mới."),
    "zip_bomb": N_("Tệp bị nén bất thường, có thể gây hại nên không được mở. Hãy lưu lại bằng Excel thành tệp mới."),
    "zip_path": N_("Bên trong tệp có đường dẫn không an toàn nên không được mở. Hãy lưu lại bằng Excel thành tệp mới."),
    "zip_link": N_("Bên trong tệp có liên kết ra ngoài không an toàn nên không được mở. Hãy lưu lại bằng Excel."),
    "xml_doctype": N_("Bên trong tệp có khai báo DOCTYPE không an toàn nên không được mở. Hãy lưu lại bằng Excel."),
    "reader_timeout": N_("Đọc tệp mất quá %(seconds)s giây nên đã dừng. Hãy chia thành nhiều tệp nhỏ hơn rồi thử lại."),
    "reader_died": N_("Việc đọc tệp bị dừng giữa chừng vì tệp quá lớn hoặc bị hỏng. Hãy lưu lại thành tệp mới hoặc chia nhỏ."),
    "reader_output": N_("Kết quả đọc tệp quá lớn nên không nhận được. Hãy chia thành nhiều tệp nhỏ hơn rồi thử lại."),
    "old_encoding": N_("Tệp gõ bằng bảng mã cũ %(encoding)s nên chữ bị sai dấu. Hãy dùng UniKey (công cụ chuyển mã, Ctrl+Shift+F6) chuyển sang Unicode rồi tải lên lại."),
    "no_header": N_("Không tìm thấy cột họ tên trong tệp. Hãy ghi một hàng tiêu đề có ô “Họ và tên” phía trên danh sách rồi tải lên lại."),
    "no_people": N_("Không có tên ai dưới hàng tiêu đề. Hãy kiểm tra xem đã chọn đúng tệp và trang tính chưa."),
    "too_many_people": N_("Danh sách có hơn %(most)s người. Hãy chia thành nhiều tệp."),
    "encoding_guessed": N_("Bảng mã của tệp được đoán là %(encoding)s. Hãy xem kỹ dấu tiếng Việt của các tên."),
    "id_card_ignored": N_("Cột “%(column)s” không được lấy: hệ thống không giữ số giấy tờ tùy thân và mật khẩu."),
    "columns_unused": N_("Các cột không dùng đến: %(columns)s."),
    "count_differs": N_("Tệp ghi %(said)s người nhưng đọc được %(found)s. Hãy kiểm tra xem có thiếu hàng nào không."),
    # One person
    "name_missing": N_("Hàng này không có họ tên. Hãy ghi họ tên, hoặc bỏ qua hàng."),
    "name_short": N_("Họ tên chỉ có một chữ. Hãy xem lại."),
    "name_odd": N_("Họ tên có chữ số hoặc ký hiệu lạ. Hãy xem lại."),
    "name_long": N_("Họ tên quá dài nên bị cắt bớt. Hãy xem lại."),
    "row_unclear": N_("Hàng này không có số thứ tự như các hàng khác. Hãy xem đây có phải người được cử không."),
    "born_unreadable": N_("Không hiểu ngày sinh ghi là “%(text)s”. Hãy ghi lại, ví dụ 22/11/1979 hoặc 1979."),
    "born_two_digits": N_("Năm sinh chỉ ghi hai chữ số (“%(text)s”) nên được hiểu là %(born)s. Hãy xem lại."),
    "born_swapped": N_("Ngày sinh “%(text)s” có vẻ ghi tháng trước ngày nên được hiểu là %(born)s. Hãy xem lại."),
    "born_odd": N_("Năm sinh %(year)s khó đúng với người đi học. Hãy xem lại."),
    "born_twice": N_("Có hai ngày sinh ở hai cột: %(first)s và %(second)s. Hãy xem lại."),
    "gender_conflict": N_("Hàng đánh dấu cả nam lẫn nữ. Hãy xem lại."),
    "phone_odd": N_("Số điện thoại “%(text)s” không đủ hoặc thừa chữ số nên không được lấy."),
}  # fmt: skip
