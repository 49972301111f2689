"""How Vietnamese (and English) question files write things: one compiled pattern each, and what it is for."""

import re

I = re.IGNORECASE  # noqa: E741 - the flag's own short name

LOOK_ALIKE = str.maketrans("АВСЕНаес", "ABCEHaec")  # Cyrillic letters that look Latin

RULER = re.compile(r"^[\s\-_=*.~–—•·#+]{3,}$|^\s*\[\s*<br\s*/?>\s*\]\s*$", I)
PAGE_FOOT = re.compile(r"^\s*(?:trang|page)\s*\d+\s*(?:[/\-–]\s*\d+)?(?:\s*[-–]\s*mã\s*đề.*)?\s*$", I)
CLOSING = re.compile(r"^[\s\-–—_*.=]*(hết|the end|end of (the )?(test|file))[\s\-–—_*.=!]*$", I)

WORD_START = re.compile(
    r"^\s*(?:[-+•*]\s*)?(?P<word>câu hỏi|câu|question|ques|q)\s*(?:số\s*|thứ\s*|no\.?\s*)?[.:]?\s*(?P<number>\d{1,4}(?:\.\d{1,3})*)"
    r"(?!\d)(?!\s*(?:[-–—,]|đến|tới|và|to|and)\s*(?:câu\s*)?\d)",
    I,
)
BARE_WORD_START = re.compile(r"^\s*(?P<word>câu hỏi|question)\s*:\s*(?=\S)", I)
BRACKET_START = re.compile(r"^\s*\[\s*(?P<number>\d{1,4})\s*\]\s*")
TYPED_START = re.compile(r"^\s*(?P<number>\d{1,4})\s*(?:[.):]|/)(?!\d)(?=\s*\S|\s*$)")
DOTTED_START = re.compile(r"^\s*(?P<number>\d{1,3}(?:\.\d{1,3}){1,2})\s*[.):]?\s+(?=\S)")
# Rarer ways of numbering, each taken only where nearly every group of options follows one.
RARE_STARTS = (
    DOTTED_START,
    re.compile(r"^\s*(?P<number>\d{1,4})\s*[-–]\s*(?=[^\s\d])"),
    re.compile(r"^\s*\(\s*(?P<number>\d{1,4})\s*\)\s*(?=\S)"),
    re.compile(r"^\s*(?:bài(?:\s*tập)?|ví\s*dụ|c|item|no\.?)\s*(?P<number>\d{1,4})\s*[.:)/]\s*(?=\S)", I),
)
AFTER_NUMBER = re.compile(r"^\s*[:.)\]\-–—/]*\s*")

LEVEL_WORDS = {
    "nb": "recognise", "nhan biet": "recognise", "biet": "recognise", "de": "recognise", "easy": "recognise",
    "1": "recognise", "muc 1": "recognise", "muc do 1": "recognise", "m1": "recognise",
    "th": "understand", "thong hieu": "understand", "hieu": "understand", "trung binh": "understand",
    "tb": "understand", "medium": "understand", "2": "understand", "muc 2": "understand",
    "muc do 2": "understand", "m2": "understand",
    "vd": "apply", "vdt": "apply", "van dung": "apply", "van dung thap": "apply", "kho": "apply", "hard": "apply",
    "3": "apply", "muc 3": "apply", "muc do 3": "apply", "m3": "apply", "difficult": "apply", "kha": "apply",
    "vdc": "apply_high", "van dung cao": "apply_high", "rat kho": "apply_high", "4": "apply_high",
    "muc 4": "apply_high", "muc do 4": "apply_high", "m4": "apply_high", "very hard": "apply_high",
}  # fmt: skip
ASPECT_WORDS = {
    "ly luan": "theory", "li luan": "theory", "ly thuyet": "theory", "li thuyet": "theory", "theory": "theory",
    "lt": "theory", "thuc tien": "practice", "thuc te": "practice", "lien he": "practice", "tinh huong": "practice",
    "lien he thuc tien": "practice", "practice": "practice", "tt": "practice",
}  # fmt: skip
TAG = re.compile(r"[\[(<]\s*(?P<tag>[^\[\]()<>]{1,24}?)\s*[\])>]")
DASH_TAG = re.compile(r"^\s*[-–—/]\s*(?P<tag>[^\W\d_][^:.()\[\]]{1,20}?)\s*[:.]")
POINTS = re.compile(r"\s*[\[(]\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ|points?|pts?)\s*[\])]", I)

ANSWER_WORDS = (
    r"(?:(?:đáp\s*án|đán\s*án|[dđ]ap\s*an)(?:\s*(?:trả\s*lời|chọn))?(?:\s*(?:đúng(?:\s*nhất)?|chính\s*xác))?(?:\s*là)?"
    r"|đ[./]?\s?[áa]n?|đs|đáp\s*số"
    r"|(?:phương\s*án|pa|lựa\s*chọn|câu)(?:\s*trả\s*lời)?\s*(?:đúng(?:\s*nhất)?|chọn)(?:\s*là)?"
    r"|(?:câu\s*)?trả\s*lời(?:\s*đúng)?(?:\s*là)?|kết\s*quả|answers?|correct(?:\s*answers?)?|keys?|ans)"
)
CHOOSE_WORDS = (
    r"chọn(?:\s*(?:đáp\s*án|phương\s*án|câu|ý|pa)(?:\s*trả\s*lời)?(?:\s*đúng)?(?:\s*nhất)?(?:\s*là)?)?"
)
BEFORE_ANSWER = r"^\s*[*→➔⇒=>(\[{#•\-]*\s*(?:(?:vậy|do\s*(?:đó|vậy)|vì\s*(?:vậy|thế)|suy\s*ra|nên|cho\s*nên)[\s,]+(?:ta\s+)?)?"
REASON_WORDS = r"(?:vì|do|bởi|giải\s*thích|theo|căn\s*cứ|trích|xem|nguồn|khoản|điều)"
KEY_LETTERS = r"[A-H](?:\s*(?:,|;|&|và)\s*[A-H])*"
ANSWER_LINE = re.compile(rf"{BEFORE_ANSWER}{ANSWER_WORDS}\s*[:：=]\s*(?P<value>.*)$", I | re.DOTALL)
ANSWER_SHORT = re.compile(
    rf"(?:{BEFORE_ANSWER}(?:{ANSWER_WORDS}|{CHOOSE_WORDS})\s*[:\-–.;_]?|^\s*(?:=+>|-+>|[→➔⇒➜►]))"
    rf"\s*(?:(?:đáp|phương)\s*án|câu|ý|pa)?\s*[(\[“\"*]*\s*"
    rf"(?P<value>{KEY_LETTERS}(?=\s*[.)\]}}”\"*]*\s*$)|[A-H](?=\s*[.,;:–\-]?\s*{REASON_WORDS}\b).*)\s*[.)\]}}”\"*]*\s*$",
    I | re.DOTALL,
)
ANSWER_AND_TEXT = re.compile(
    rf"{BEFORE_ANSWER}(?:đáp|phương)\s*án\s*đúng(?:\s*nhất)?\s*là\s*(?P<value>[A-H]\s*[.):]\s*\S.*)$",
    I | re.DOTALL,
)
ANSWER_TURNED = re.compile(
    r"^\s*[*→➔⇒=>(\[\-]*\s*(?:(?:đáp|phương)\s*án|câu|ý)?\s*(?P<value>[A-H])\s*là\s*(?:(?:đáp|phương)\s*án|câu(?:\s*trả\s*lời)?|ý)?"
    r"\s*(?:đúng(?:\s*nhất)?|chính\s*xác)\s*[.!)\]]*\s*$",
    I,
)
ANSWER_FORMS = (ANSWER_LINE, ANSWER_SHORT, ANSWER_AND_TEXT, ANSWER_TURNED)
ANSWER_TAIL = re.compile(
    r"(?:[\s([{]+)(?:đáp\s*án(?:\s*đúng)?|answer|correct answer|đ/?a)\s*[:：]\s*(?P<value>[A-H](?:\s*[,;]\s*[A-H])*)"
    r"\s*[.)\]}]*\s*$",
    I,
)
CHOSEN = re.compile(
    r"(?:^|[.;,:!\n–\-→⇒>]\s*|\b(?:vậy|nên|do\s*(?:đó|vậy)|vì\s*(?:vậy|thế)|suy\s*ra|ta)\s+)(?:ta\s+)?chọn\s+(?:(?:đáp|phương)\s*án\s+|câu\s+|ý\s+)?"
    r"(?P<value>[A-H])\s*[.!)\]]*\s*$",
    I,
)  # only as the last word: ``Chọn A là sai`` tells no key
REPEATED_OPTION = re.compile(r"^\s*[•●▪■◦➢⇒→+\-–]\s*(?P<value>(?P<letter>[A-H])\s*[.):]\s*\S.*)$", re.DOTALL)
ANSWER_ALONE = re.compile(r"^\s*đáp\s*án(?:\s*đúng)?\s*[:.]?\s*$", I)
EXPLANATION = re.compile(
    r"^\s*(?:giải\s*thích|(?:lời\s*)?giải(?:\s*chi\s*tiết)?|phương\s*pháp\s*giải|hướng\s*dẫn(?:\s*giải|\s*trả\s*lời|\s*chấm)?|gợi\s*ý(?:\s*trả\s*lời|\s*đáp\s*án)?"
    r"|explanations?|solution|feedback|hint)\s*[:：]\s*(?P<value>.*)$",
    I | re.DOTALL,
)
LATE_EXPLANATION = re.compile(
    r"^\s*\(?(?:căn\s*cứ|trích\s*dẫn|ghi\s*chú|nguồn|tham\s*khảo|cơ\s*sở\s*pháp\s*lý|source)\s*[:：]\s*(?P<value>.*)$",
    I | re.DOTALL,
)
REFERENCE = re.compile(
    r"^\s*\(?(?:theo|căn\s*cứ|trích|xem|vì|do)[\s:](?P<value>.*[^?:\s…])\s*$", I | re.DOTALL
)  # taken for an explanation only below a question that is complete
META = re.compile(
    r"^\s*(?P<name>type|loại(?:\s*câu(?:\s*hỏi)?)?|dạng(?:\s*câu(?:\s*hỏi)?)?|difficulty|mức\s*độ(?:\s*nhận\s*thức)?|độ\s*khó|level|cấp\s*độ"
    r"|tags?|topic|chủ\s*đề|category|loại\s*kiến\s*thức|phân\s*loại)\s*[:：]\s*(?P<value>.{0,120})$",
    I,
)

PART = re.compile(
    r"^\s*(?:PHẦN|Phần|PART|Part|MỤC LỤC)\s+(?P<number>[IVX]{1,5}|\d{1,2}|[A-D]|thứ\s+\w+)\b(?P<rest>.*)$",
    re.DOTALL,
)
TOPIC = re.compile(
    r"^\s*(?:(?P<word>chương|mục|bài|nội\s*dung|chuyên\s*đề|chủ\s*đề|học\s*phần|chapter|unit|lesson|topic)\s*(?:số\s*)?"
    r"(?P<number>[IVXL]{1,6}|\d{1,3}(?:\.\d{1,3})*)\b\s*[.:\-–—)]*\s*(?P<title>.*))$",
    I | re.DOTALL,
)
LETTER_HEADING = re.compile(
    r"^\s*(?:[A-D]|[IVX]{1,5})\s*[.:)\-–/]\s*(?-i:(?=[A-ZĐ]))(?:phần\b|trắc\s*nghiệm|tự\s*luận|câu\s*hỏi\b|lý\s*thuyết\s*$|bài\s*tập\s*$|đáp\s*án\s*:?\s*$).*$",
    I,
)
ROMAN_HEADING = re.compile(r"^\s*[IVX]{1,5}\s*[.:)\-–/]\s+\S.*$", re.DOTALL)
NUMBER_HEADING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\s*[.)/]\s+[^\W\d_].*[^?:…\s]\s*$", re.DOTALL)
KEY_HEADING = re.compile(
    r"^\s*(?:[IVX]{1,4}\s*[.:]\s*|phần\s+)?(?:bảng\s+|phần\s+)?(?:đáp\s*án|answer\s*keys?|answers|keys?|hướng\s*dẫn\s*chấm)"
    r"(?:\s+(?:tham\s*khảo|chi\s*tiết|trắc\s*nghiệm|và\s+.*|phần.*|đề.*|môn.*|chương.*|câu hỏi.*|bộ.*))?\s*[:.]?\s*$",
    I,
)
DIRECTIVE = re.compile(
    r"^\s*(?:thí\s*sinh\s+(?:trả\s*lời|chỉ|chọn)|mỗi\s+câu\s+(?:trả\s*lời\s+)?(?:đúng|hỏi)|cán\s*bộ\s*coi\s*thi|giám\s*thị|họ\s*(?:và|,)?\s*tên|số\s*báo\s*danh|thời\s*gian\s*làm\s*bài|mã\s*đề)",
    I,
)
RANGE = re.compile(
    r"(?:(?:các\s+)?(?:câu(?:\s*hỏi)?|questions?)|from(?=\s+\d+\s+to))\s*(?:từ\s*|from\s*)?(?:câu\s*)?(?P<first>\d{1,4})\s*(?:đến|tới|-|–|—|to|và|and|,)\s*(?:câu\s*)?(?P<last>\d{1,4})",
    I,
)
STIMULUS = re.compile(
    r"^\s*(?:\[?<?\s*)?(?:(?:hãy\s+)?(?:đọc|dựa\s+vào|căn\s+cứ|sử\s+dụng|quan\s+sát|xem|cho|từ)\b.*(?:trả\s+lời|làm|hoàn\s+thành|dùng|cho)\b.*câu"
    r"|dữ\s+(?:liệu|kiện)\s+(?:chung|dùng|cho)|(?:đoạn|tình\s+huống|thông\s+tin)\b.*(?:dùng|trả\s+lời|cho)\b.*câu"
    r"|read the (?:following|passage)|use the|questions?\s+\d+\s*(?:-|–|to|and))",
    I | re.DOTALL,
)
INSTRUCTION = re.compile(
    r"^\s*(?:mark the letter|choose the|select the|circle the|complete the|chọn\s+(?:đáp\s*án|phương\s*án|câu\s*trả\s*lời|ý)\s.*(?:sau|dưới\s*đây|:)"
    r"|(?:hãy\s+)?khoanh\s+tròn|trong\s+mỗi\s+(?:câu|ý))",
    I | re.DOTALL,
)
GROUP_HINT = re.compile(r"đúng\s*[/,-]?\s*(?:hay|hoặc)?\s*sai|đúng\s*\(đ\)|true\s*[/-]?\s*(?:or\s+)?false", I)
SHORT_HINT = re.compile(r"trả\s*lời\s*ngắn|điền\s*(?:đáp|kết)|short\s*answers?", I)
ESSAY_HINT = re.compile(r"tự\s*luận|essay|viết\b.*bài", I)
CHOICE_HINT = re.compile(
    r"nhiều\s*phương\s*án|nhiều\s*lựa\s*chọn|trắc\s*nghiệm\s*khách\s*quan|multiple\s*choice", I
)
MULTIPLE_HINT = re.compile(
    r"nhiều\s*đáp\s*án|chọn\s*(?:các|những|nhiều|hai|ba|2|3)\b|có\s*thể\s*chọn|\(\s*chọn\s*\d|choose\s*(?:two|three|all)|select\s*all"
    r"|(?:các|những)\s+(?:phương\s*án|đáp\s*án|ý|phát\s*biểu|câu)\s.*đúng",
    I,
)
ESSAY_VERBS = re.compile(
    r"^\s*(?:anh\s*\(?\s*chị\)?|đồng\s*chí|hãy|trình\s*bày|phân\s*tích|nêu|vì\s*sao|tại\s*sao|liên\s*hệ|chứng\s*minh|làm\s*rõ|so\s*sánh|giải\s*thích"
    r"|bằng\s|từ\s|thế\s*nào|đánh\s*giá|vận\s*dụng|discuss|explain|describe|analyse)",
    I,
)
EMBEDDED_START = re.compile(r"(?<!\w)(?:Câu|CÂU|Question|QUESTION)\s+(?:hỏi\s+|số\s+)*\d{1,3}\s*[.:]")
LEADING_NUMBER = re.compile(
    r"\s*[(\[]?(?:(?:câu|bài|question)\s+(?:hỏi\s+|số\s+)*)?\d{1,3}\s*[.):/\]]\s*\S", I
)
HELD_TRUE = re.compile(r"^(?:đúng|đ|true|t|yes|có)[.!]?$", I)
HELD_FALSE = re.compile(r"^(?:sai|s|false|f|no|không)[.!]?$", I)
