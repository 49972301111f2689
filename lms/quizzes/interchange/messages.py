"""Problems in words: a code to a Vietnamese sentence that says what, where and how to mend it.

Every text may use ``%(where)s``; other names are the problem's own parameters. Pure data: the texts are message ids
for whoever translates them.
"""

from collections.abc import Mapping

from lms.core.messages import N_

MESSAGES: dict[str, str] = {
    # The file as a whole
    "file_empty": N_("Tệp rỗng, không có nội dung gì. Hãy mở tệp kiểm tra rồi chọn lại đúng tệp câu hỏi."),
    "file_too_large": N_("Tệp nặng %(size)s MB, quá mức cho phép %(limit)s MB. Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp."),
    "file_unknown": N_("Không nhận ra loại tệp này. Hãy lưu câu hỏi thành tệp Word (.docx), Excel (.xlsx) hoặc văn bản (.txt)."),
    "file_wrong_kind": N_("Tệp này là %(found)s, không phải tệp câu hỏi. Hãy lưu thành Word (.docx), Excel (.xlsx) hoặc .txt."),
    "file_broken": N_("Tệp bị hỏng nên không mở được. Hãy mở bằng Word hoặc Excel, chọn Lưu thành (Save As) rồi tải lên lại."),
    "file_encrypted": N_("Tệp đang đặt mật khẩu. Hãy mở bằng Word hoặc Excel, bỏ mật khẩu, lưu lại rồi tải lên."),
    "zip_too_many": N_("Tệp chứa quá nhiều phần bên trong (%(count)s). Hãy mở bằng Word hoặc Excel, lưu lại thành tệp mới."),
    "zip_too_big": N_("Nội dung bên trong tệp khi mở ra quá lớn (trên %(limit)s MB). Hãy bỏ bớt ảnh rồi lưu thành tệp mới."),
    "zip_bomb": N_("Tệp bị nén bất thường, có thể gây hại nên không được mở. Hãy lưu lại bằng Word hoặc Excel thành tệp mới."),
    "zip_path": N_("Bên trong tệp có đường dẫn không an toàn nên không được mở. Hãy lưu lại bằng Word hoặc Excel thành tệp mới."),
    "zip_link": N_("Bên trong tệp có liên kết ra ngoài không an toàn nên không được mở. Hãy lưu lại bằng Word hoặc Excel."),
    "xml_doctype": N_("Bên trong tệp có khai báo DOCTYPE không an toàn nên không được mở. Hãy lưu lại bằng Word hoặc Excel."),
    "legacy_doc": N_("Đây là tệp Word kiểu cũ (.doc) và máy chủ không đọc được. Hãy mở bằng Word, chọn Lưu thành → .docx."),
    "reader_timeout": N_("Đọc tệp mất quá %(seconds)s giây nên đã dừng. Hãy chia thành nhiều tệp nhỏ hơn rồi thử lại."),
    "reader_died": N_("Việc đọc tệp bị dừng giữa chừng vì tệp quá lớn hoặc bị hỏng. Hãy lưu lại thành tệp mới hoặc chia nhỏ."),
    "reader_output": N_("Kết quả đọc tệp quá lớn nên không nhận được. Hãy chia thành nhiều tệp nhỏ hơn rồi thử lại."),
    "no_questions": N_("Không tìm thấy câu hỏi nào trong tệp. Mỗi câu nên bắt đầu bằng “Câu 1:”, các phương án bằng “A.”, “B.” và cứ thế."),
    "encoding_guessed": N_("Bảng mã của tệp văn bản được đoán là %(encoding)s. Hãy xem kỹ dấu tiếng Việt trước khi nhập."),
    "hidden_text": N_("Tệp có chữ ẩn (Hidden); chữ ẩn không được lấy vào câu hỏi. Hãy bỏ chế độ ẩn trong Word nếu cần những chữ đó."),
    "old_encoding": N_("Tệp gõ bằng bảng mã cũ %(encoding)s nên chữ bị sai dấu. Hãy dùng UniKey (công cụ chuyển mã, Ctrl+Shift+F6) chuyển sang Unicode rồi tải lên lại."),
    "old_letters": N_("Câu này có chữ gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nên bị sai dấu (%(where)s). Hãy gõ lại bằng Unicode."),
    "text_not_used": N_("Đoạn “%(text)s” (%(where)s) không thuộc câu nào nên không được lấy. Hãy xem đó có phải câu hỏi không."),
    "numbers_gap": N_("Sau %(before)s là %(after)s (%(where)s). Hãy kiểm tra xem tệp có thiếu câu nào không."),
    "key_without_question": N_("Bảng đáp án có câu %(label)s nhưng trong tệp không có câu này. Hãy kiểm tra lại bảng đáp án."),
    # The key
    "no_key": N_("Chưa thấy đáp án của câu này (%(where)s). Hãy chọn đáp án đúng."),
    "key_conflict": N_("Đáp án mâu thuẫn: %(first)s cho %(first_key)s nhưng %(second)s cho %(second_key)s (%(where)s). Hãy chọn lại."),
    "key_repeated": N_("Câu này có hai dòng đáp án khác nhau: %(first_key)s và %(second_key)s (%(where)s). Hãy chọn lại."),
    "key_outside": N_("Đáp án ghi là %(key)s nhưng câu chỉ có %(count)s phương án (%(where)s). Hãy sửa đáp án hoặc thêm phương án."),
    "key_unreadable": N_("Không hiểu đáp án ghi là “%(key)s” (%(where)s). Hãy ghi một chữ cái, ví dụ “Đáp án: B”."),
    "key_text_differs": N_("Đáp án ghi “%(key)s” không khớp với chữ của phương án đó (%(where)s). Hãy chọn lại đáp án."),
    "key_number_unclear": N_("Đáp án ghi là số %(key)s: chưa rõ là thứ tự hay nội dung phương án (%(where)s). Hãy chọn lại."),
    "key_weak": N_("Đáp án chỉ được đoán từ cách định dạng (%(family)s) ở ít câu (%(where)s). Hãy xác nhận đáp án."),
    "key_partly_marked": N_("Dấu đáp án (%(family)s) chỉ phủ một phần phương án (%(where)s). Hãy xác nhận đáp án."),
    "key_several": N_("Có %(count)s phương án được đánh dấu (%(where)s). Hãy xác nhận đây là câu nhiều đáp án đúng."),
    "key_all_marked": N_("Tất cả phương án đều được đánh dấu (%(family)s) (%(where)s). Hãy chọn lại đáp án đúng."),
    "key_other_mark": N_("Câu này đánh dấu đáp án bằng %(family)s, khác các câu còn lại (%(where)s). Hãy xác nhận đáp án."),
    "key_ambiguous_number": N_("Bảng đáp án có nhiều dòng cho câu %(label)s nên chưa chắc đúng dòng (%(where)s). Hãy xác nhận."),
    "group_none_true": N_("Chưa thấy ý nào được đánh dấu đúng (%(where)s). Hãy chọn Đúng hoặc Sai cho từng ý."),
    # Stem and options
    "stem_empty": N_("Câu này không có phần đề (%(where)s). Hãy gõ phần đề của câu."),
    "stem_boundary": N_("Chưa chắc phần đề bắt đầu từ đâu vì câu không được đánh số (%(where)s). Hãy xem lại phần đề."),
    "number_missing": N_("Câu này không có số thứ tự như các câu khác (%(where)s). Hãy xem lại phần đề và phương án."),
    "number_in_text": N_("Trong câu có đoạn giống đầu câu khác: “%(text)s” (%(where)s). Hãy kiểm tra xem hai câu có dính nhau."),
    "number_repeated": N_("%(label)s xuất hiện hai lần liền nhau (%(where)s). Hãy kiểm tra lại số thứ tự câu."),
    "options_missing": N_("Câu này không có phương án nào (%(where)s). Hãy thêm phương án A, B, C, D."),
    "option_single": N_("Câu này chỉ có một phương án (%(where)s). Hãy kiểm tra xem các phương án có dính nhau không."),
    "option_empty": N_("Phương án %(letter)s để trống (%(where)s). Hãy gõ nội dung phương án."),
    "option_repeated": N_("Phương án %(first)s và %(second)s giống hệt nhau (%(where)s). Hãy kiểm tra lại."),
    "option_labels": N_("Các phương án ghi thứ tự lạ: %(labels)s (%(where)s). Hãy sửa lại thành A, B, C, D."),
    "option_count": N_("Câu này có %(count)s phương án, còn đa số câu có %(usual)s (%(where)s). Hãy kiểm tra có thiếu phương án không."),
    "option_split": N_("Các phương án nằm chung một dòng nên chưa chắc tách đúng (%(where)s). Hãy xem lại từng phương án."),
    "option_label_in_text": N_("Trong phương án %(letter)s có đoạn giống một phương án khác (%(where)s). Hãy xem lại từng phương án."),
    "options_unlabelled": N_("Các phương án không ghi A, B, C, D nên được tách theo dòng (%(where)s). Hãy xem lại từng phương án."),
    "trailing_text": N_("Có đoạn chữ sau phương án cuối chưa rõ thuộc phần nào: “%(text)s” (%(where)s). Hãy xem lại."),
    "kind_unclear": N_("Chưa rõ đây là câu chọn một đáp án hay câu đúng/sai từng ý (%(where)s). Hãy chọn dạng câu."),
    "essay_guessed": N_("Câu này không có phương án nên được coi là câu tự luận (%(where)s). Hãy xác nhận dạng câu."),
    "number_format": N_("Ô “%(text)s” là số hoặc ngày, cách hiển thị có thể khác trong Excel (%(where)s). Hãy xem lại."),
    "header_missing": N_("Trang tính không có hàng tiêu đề nên các cột được đoán (%(where)s). Hãy xem lại cả câu."),
    "row_unclear": N_("Hàng này có vẻ nối tiếp câu phía trên (%(where)s). Hãy xem lại phần đề và phương án."),
    "formula_object": N_("Câu có công thức hoặc đối tượng nhúng không hiện được trên trang (%(where)s). Hãy gõ lại hoặc thay bằng ảnh."),
    "letter_lost": N_("Câu có ký tự không đọc được (%(where)s). Hãy gõ lại ký tự đó."),
    "struck_text": N_("Câu có chữ bị gạch ngang (%(where)s). Hãy xóa hẳn chữ đó hoặc bỏ gạch, rồi xem lại đáp án."),
    "number_unexpected": N_("“%(label)s” không nối tiếp câu phía trên, mà câu phía trên lại thiếu phương án (%(where)s). Hãy xem đó có phải là một câu riêng."),
    "key_shifted": N_("Số câu trong bảng đáp án không khớp với số câu trong đề nên đáp án có thể bị lệch (%(where)s). Hãy xác nhận đáp án."),
    "drawing_lost": N_("Câu có hình vẽ bằng Word không lấy được (%(where)s). Hãy chụp hình vẽ thành ảnh rồi chèn lại."),
    "stimulus_unclear": N_("Đoạn dẫn phía trên có thể dùng cho câu này (%(where)s). Hãy xem lại đoạn dẫn."),
    "deleted_text": N_("Tệp còn phần sửa đổi chưa chấp nhận (Track Changes); chữ đã xóa không được lấy. Hãy xem kỹ nội dung các câu."),
}  # fmt: skip

FAMILY_NAMES: dict[str, str] = {
    "bold": N_("chữ đậm"),
    "underline": N_("gạch chân"),
    "colour": N_("màu chữ"),
    "highlight": N_("tô nền"),
    "mark": N_("dấu sao hoặc dấu tích"),
    "answer_line": N_("dòng đáp án"),
    "answer_table": N_("bảng đáp án"),
    "column": N_("cột đáp án"),
    "format": N_("định dạng"),
    "none": N_("không có"),
}


def message_for(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence for ``code``. An unknown code or a missing parameter raises ``KeyError``: both are our mistake."""
    text = MESSAGES[code] % params
    return text.replace(" ()", "")
