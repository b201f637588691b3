"""Headings and languages of captures in scripts without capitals, or with words that hold signs which are no letters."""

import pytest

from samizdat.importers.plain.reading import read
from samizdat.importers.plain.rules import Rules
from samizdat.model.walk import plain_text

SENTENCES = {
    "ka": "მდინარეზე ხიდი არ იყო და ყველა ნავით გადადიოდა, მენავე კი ღამით ლამპას ანთებდა "
    "და ელოდა, ვინ დაუძახებდა მეორე ნაპირიდან.",
    "he": "על הנהר לא היה גשר, וכל אדם עבר בסירה. בלילה הדליק הסוואר את המנורה וחיכה עם "
    "הכלב שלו, כי אם יקרא לו אדם מן הגדה יש לצאת אליו.",
    "hi": "नदी पर कोई पुल नहीं था और हर आदमी नाव से पार जाता था। रात को मल्लाह दीया जलाता "
    "था और किसी के बुलाने की राह देखता था, क्योंकि यह उस का काम है।",
    "ko": "강에는 다리가 없어서 누구나 배로 건너야 했다. 밤이 되면 뱃사공은 등불을 켜고 "
    "건너편에서 누가 부르기를 기다렸다. 비가 와도 그는 자리를 지켰고 아무도 그를 "
    "원망하지 않았다.",
    "zh": "河上没有桥，人人都得坐船过去。"
    "到了夜里，船夫点起灯来，等着对岸有人叫他。下雨的时候他也守在"
    "那里，谁也没有怨过他，因为他从来没有让人白等过一回。",
    "ar": "لم يكن على النهر جسر، وكان كل من أراد العبور يركب القارب. وفي الليل كان الملاح "
    "يوقد المصباح وينتظر أن يناديه أحد من الضفة الأخرى في صبر.",
    "th": "แม่น้ำสายนั้นไม่มีสะพาน ทุกคนต้องข้ามด้วยเรือ กลางคืนคนแจวเรือจุดตะเกียงแล้วนั่งรอว่าใครจะเรียกมาจากอีกฝั่งหนึ่ง แม้ฝนตกเขาก็ยังอยู่ที่นั่น",
}


@pytest.mark.parametrize(
    ("language", "title", "headings"),
    [
        ("ka", "ნავი", ("თავი 1", "თავი 2", "თავი 3")),
        ("he", "הסירה", ("פרק א", "פרק ב", "פרק ג")),
        ("he", "הסירה", ("הקדמה", "פרק 1: הנהר", "פרק 2: המנורה", "פרק 3: הכלב")),
        ("hi", "नाव", ("अध्याय १", "अध्याय २", "अध्याय ३")),
        ("ko", "배", ("머리말", "제1장 강", "제2장 등불", "제3장 비")),
        ("zh", "船", ("前言", "第一章 河", "第二章 灯", "第三章 雨")),
        ("zh", "船", ("第一章", "第二章", "第三章")),
        ("ar", "القارب", ("مقدمة", "الفصل الأول: النهر", "الفصل الثاني: المصباح", "الفصل الثالث: المطر")),
        ("th", "เรือ", ("คำนำ", "บทที่ 1", "บทที่ 2", "บทที่ 3")),
    ],
)
def test_chapters_are_found_in_scripts_without_capitals(language: str, title: str, headings: tuple[str, ...]) -> None:
    sentence = SENTENCES[language]
    text = "\n\n".join([title, *(f"{heading}\n\n{sentence}\n\n{sentence}" for heading in headings)])
    reading = read(text.encode(), "ferry", Rules())
    (book,) = reading.books
    assert book.metadata.language == language
    assert book.metadata.title == title
    assert tuple(plain_text(one.title) for one in (*book.front, *book.body, *book.back)) == headings


def test_the_first_short_line_above_the_text_is_a_heading_in_any_language() -> None:
    sentence = f"{SENTENCES['ka']} {SENTENCES['ka']}"
    articles = "\n\n".join(f"მუხლი {number}\n\n{sentence}" for number in range(1, 7))
    text = f"ნავის წესები\n\nმიღებულია მეხუთე კრებაზე, 12 მარტს\n\nსანამ დავიწყებთ\n\n{sentence}\n\n{sentence}\n\n{articles}"
    (book,) = read(text.encode(), "rules", Rules()).books
    found = [plain_text(one.title) for section in book.body for one in (section, *section.sections)]
    assert "სანამ დავიწყებთ" in found
    assert "მიღებულია მეხუთე კრებაზე, 12 მარტს" not in found


def test_a_misprint_in_a_label_does_not_hide_a_heading() -> None:
    sentence = SENTENCES["zh"]
    labels = ("第一条", "第二条", "弟三条", "第四条", "第五条")
    text = "船规\n\n" + "\n\n".join(f"{label}\n\n{sentence}" for label in labels)
    (book,) = read(text.encode(), "rules", Rules()).books
    assert tuple(plain_text(one.title) for one in (*book.front, *book.body)) == labels


def test_a_short_paragraph_with_a_number_between_longer_ones_is_no_heading() -> None:
    long = "Whoever is carried over the river after dark has to say so to the clerk in the morning, and to pay the lamp. "
    articles = "\n\n".join(
        f"Article {number}\n\n1. {long}{long}\n\n2. Nobody is carried over in a fog.\n\n3. {long}{long}" for number in range(1, 6)
    )
    (book,) = read(f"Rules of the Ferry\n\n{articles}".encode(), "rules", Rules()).books
    assert all(plain_text(one.title).startswith("Article") and not one.sections for one in book.body)
