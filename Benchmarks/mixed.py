"""Renders reports as files of many formats, as they come from agencies, mail and the web: one report in each file but for JSON Lines."""
import email.message
import gzip
import html
import io
import json
import zipfile

JSON_LINES_RECORDS = 20
ODT = "urn:oasis:names:tc:opendocument:xmlns:"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def utf8(title, text):
    return f"{title}\n\n{text}\n".encode()


def windows_1256(title, text):
    return utf8(title, text).decode().encode("cp1256", errors="replace")


def utf16(title, text):
    return utf8(title, text).decode().encode("utf-16")


def paragraphs(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def page(title, text):
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in paragraphs(text))
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("الرئيسية", "أخبار", "رياضة", "اتصل بنا"))
    return (f'<!doctype html>\n<html lang="ar"><head><meta charset="utf-8"><title>{html.escape(title)}</title></head><body>'
            f"<nav><ul>{menu}</ul></nav><article><h1>{html.escape(title)}</h1>\n{body}</article>"
            "<footer>جميع الحقوق محفوظة</footer></body></html>\n").encode()


def mail(title, text):
    message = email.message.EmailMessage()
    message["From"], message["To"] = "desk@agency.example", "reports@agency.example"
    message["Date"], message["Subject"] = "Mon, 02 Mar 2015 10:00:00 +0000", title.replace("\n", " ")
    message.set_content(text)
    return message.as_bytes()


def json_record(title, text):
    return json.dumps({"title": title, "text": text}, ensure_ascii=False).encode()


def docx(title, text):
    body = "".join(f"<w:p><w:r><w:t>{html.escape(line)}</w:t></w:r></w:p>" for line in [title, *paragraphs(text)])
    types = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
             'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
             "</Types>")
    return packed({"[Content_Types].xml": types,
                   "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


def odt(title, text):
    body = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in [title, *paragraphs(text)])
    content = (f'<?xml version="1.0"?><office:document-content xmlns:office="{ODT}office:1.0" xmlns:text="{ODT}text:1.0">'
               f"<office:body><office:text>{body}</office:text></office:body></office:document-content>")
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rtf(title, text):
    lines = "\\par\n".join("".join(rtf_letter(letter) for letter in line) for line in [title, *paragraphs(text)])
    return ("{\\rtf1\\ansi\\ansicpg1256\\uc1\n" + lines + "\n}").encode("ascii")


def rtf_letter(letter):
    if letter in "\\{}":
        return "\\" + letter
    if ord(letter) < 128:
        return letter
    units = letter.encode("utf-16-le")
    numbers = [int.from_bytes(units[at:at + 2], "little", signed=True) for at in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def gz(title, text):
    return gzip.compress(utf8(title, text), mtime=0)


FORMATS = [("txt", utf8), ("txt", windows_1256), ("txt", utf16), ("html", page), ("eml", mail), ("json", json_record),
           ("docx", docx), ("odt", odt), ("rtf", rtf), ("txt.gz", gz)]


def files(reports):
    """(name, bytes) of all files: one report after the other in the next format, a part of them as JSON Lines."""
    out, records = [], []
    for number, (title, text) in enumerate(reports):
        kind = number % (len(FORMATS) + 1)
        if kind == len(FORMATS):
            records.append(json_record(title, text))
            continue
        ending, render = FORMATS[kind]
        out.append((f"{number:06}.{ending}", render(title, text)))
    for first in range(0, len(records), JSON_LINES_RECORDS):
        out.append((f"{first:06}.jsonl", b"\n".join(records[first:first + JSON_LINES_RECORDS]) + b"\n"))
    return out
