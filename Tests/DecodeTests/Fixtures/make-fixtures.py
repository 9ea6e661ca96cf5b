#!/usr/bin/env python3
"""Writes the fixtures of the format tests. Every text here was written for this project.

The files are committed; run this again after a change here, then look at the difference. Times inside containers are
fixed, so that the same script gives the same bytes.
"""
import base64, bz2, gzip, io, json, lzma, os, subprocess, tarfile, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)


def put(name, data):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode("utf-8"))


# The story that most fixtures tell: three paragraphs.
TITLE = "مقتل خمسة مدنيين في قصف على بلدة كفرزيتا بريف حماة"
P1 = ("قتل خمسة مدنيين بينهم طفلان وأصيب ثمانية آخرون بجروح، صباح اليوم الأربعاء، جراء قصف مدفعي استهدف الأحياء السكنية في "
      "بلدة كفرزيتا بريف حماة الشمالي، وفق ما أفاد به الدفاع المدني.")
P2 = ("وقال مصدر في الدفاع المدني إن القصف مصدره حاجز قريب، وإن فرق الإنقاذ نقلت المصابين إلى مشفى ميداني في البلدة، مشيرا إلى "
      "أن بعض الإصابات خطيرة.")
P3 = ("من جهته، نفى مصدر عسكري استهداف المدنيين، وقال إن القوات ردت على مصادر إطلاق النار، فيما دعت الأمم المتحدة الأطراف إلى "
      "ضبط النفس وتجنيب السكان ويلات القتال.")
STORY = [P1, P2, P3]
BODY = "\n".join(STORY)
PLAIN = TITLE + "\n\n" + BODY + "\n"

put("plain.txt", PLAIN)

# --- Pages ----------------------------------------------------------------------------------------------------------

LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "وكالة الشمال", "url": "https://shamal.example/"},
        {"@type": "BreadcrumbList", "itemListElement": []},
        {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2018-11-21T10:30:00+02:00",
         "dateModified": "2018-11-21T12:00:00+02:00",
         "author": [{"@type": "Person", "name": "سامر الخطيب"}],
         "publisher": {"@type": "Organization", "name": "وكالة الشمال", "logo": {"@type": "ImageObject", "url": "l.png"}},
         "mainEntityOfPage": {"@type": "WebPage", "@id": "https://shamal.example/news/4711"}},
    ],
}
MODERN = f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<title>{TITLE} | وكالة الشمال</title>
<meta property="og:title" content="{TITLE} - وكالة الشمال">
<meta property="og:site_name" content="وكالة الشمال">
<meta property="og:url" content="https://shamal.example/news/4711?utm_source=og">
<meta property="article:published_time" content="2018-11-21T08:30:00Z">
<link rel="canonical" href="https://shamal.example/news/4711">
<link rel="stylesheet" href="/s.css">
<style>body {{ font: 16px sans-serif }} .share &gt; a {{ color: red }}</style>
<script>window.dataLayer = window.dataLayer || []; if (1 < 2 && 3 > 2) document.write("<p>لا يظهر هذا في الخبر</p>");</script>
<script type="application/ld+json">{json.dumps(LD, ensure_ascii=False)}</script>
</head>
<body class="rtl single-post has-sidebar">
<div id="cookie-consent" role="dialog"><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك، وباستمرارك في التصفح فإنك توافق على سياسة الخصوصية الخاصة بنا، ويمكنك تغيير ذلك في أي وقت.</p><button>موافق</button></div>
<header class="site-header"><nav class="main-nav"><ul>
<li><a href="/">الرئيسية</a></li><li><a href="/syria">سوريا</a></li><li><a href="/iraq">العراق</a></li><li><a href="/yemen">اليمن</a></li>
</ul></nav></header>
<main>
<div class="breadcrumbs"><a href="/">الرئيسية</a> / <a href="/syria">سوريا</a></div>
<article class="post">
<h1 class="entry-title">{TITLE}</h1>
<div class="post-meta"><span class="author">سامر الخطيب</span> <time datetime="2018-11-21T10:30:00+02:00">الأربعاء 21 نوفمبر 2018 - 10:30</time></div>
<div class="share-buttons"><a href="#">فيسبوك</a> <a href="#">تويتر</a> <a href="#">واتساب</a></div>
<figure><img src="a.jpg" alt="صورة"><figcaption>صورة من أرشيف الوكالة لمدينة حماة</figcaption></figure>
<div class="entry-content">
<p>{P1}</p>
<div class="ad-slot" id="ad_middle"><p>إعلان</p></div>
<p>{P2.replace("الدفاع المدني", '<a href="/tag/cd">الدفاع&nbsp;المدني</a>')}</p>
<div class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/1">انفجار سيارة مفخخة وسط مدينة أعزاز وسقوط جرحى من المدنيين</a></li><li><a href="/2">قافلة مساعدات تدخل مدينة دوما بعد حصار طويل</a></li></ul></div>
<p>{P3}</p>
</div>
<div class="tags-links">الوسوم: <a href="/t/1">حماة</a> <a href="/t/2">كفرزيتا</a></div>
</article>
<section id="comments" class="comments-area"><h2>التعليقات</h2>
<article class="comment"><p>رحم الله الشهداء وشفى الجرحى، إلى متى يستمر هذا القصف على المدنيين الأبرياء في القرى والبلدات؟</p></article>
<article class="comment"><p>لا حول ولا قوة إلا بالله، أهلنا هناك يعيشون في خوف كل يوم، والعالم كله يتفرج عليهم دون أن يحرك ساكنا.</p></article>
</section>
</main>
<aside class="sidebar"><h3>الأكثر قراءة</h3><ol><li><a href="/5">مجلس الأمن يبحث الأوضاع في اليمن</a></li><li><a href="/6">العثور على مقبرة جماعية في الرقة</a></li></ol></aside>
<footer><p>جميع الحقوق محفوظة لوكالة الشمال 2018، ولا يجوز إعادة النشر دون إذن خطي مسبق من إدارة الوكالة.</p></footer>
</body></html>
"""
put("html/modern.html", MODERN)

# A page of 2006: tables for layout, windows-1256, tags in capitals, paragraphs as line breaks, nothing declared about the report.
OLD = f"""<HTML DIR=RTL><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">
<TITLE>شبكة الرافدين :: {TITLE}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH=100% BORDER=0><TR>
<TD WIDTH=160 VALIGN=top BGCOLOR=#EEEEEE><A HREF=index.htm>الرئيسية</A><BR><A HREF=iraq.htm>أخبار العراق</A><BR><A HREF=arab.htm>أخبار عربية</A><BR><A HREF=sport.htm>رياضة</A></TD>
<TD VALIGN=top><FONT SIZE=5><B>{TITLE}</B></FONT><BR><FONT SIZE=1 class=newsdate>21/11/2018 10:30 ص</FONT><BR><BR>
{P1}<BR><BR>
{P2}<BR><BR>
{P3}
<BR><BR><A HREF=print.asp?id=3>طباعة</A> | <A HREF=send.asp?id=3>أرسل إلى صديق</A>
</TD></TR></TABLE>
<CENTER><FONT SIZE=1>جميع الحقوق محفوظة</FONT></CENTER>
</BODY></HTML>
"""
put("html/tables-windows-1256.html", OLD.replace("–", "-").encode("cp1256"))
put("html/declares-utf-8-is-windows-1256.html", OLD.replace("windows-1256", "utf-8").encode("cp1256"))
put("html/declares-windows-1256-is-utf-8.html", OLD.encode("utf-8"))

# Unclosed everything, no date, no author, paragraphs as one div each.
BROKEN = f"""<html><head><title>{TITLE}</title>
<body><div class=wrap><div id=menu><ul><li><a href=/>الرئيسية<li><a href=/a>محليات<li><a href=/b>عربي ودولي</ul></div>
<div class=content><h2>{TITLE}
<div class=par>{P1}
</div><div class=par>{P2}</p></div><div class=par><b>{P3}
</div></div><div class=footer>تواصل معنا <a href=/c>من نحن</a>
"""
put("html/unclosed.html", BROKEN)

put("html/xhtml.xhtml", f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar" dir="rtl"><head><title>{TITLE}</title>
<meta name="author" content="ليلى حداد" /><meta name="DC.date.issued" content="21 تشرين الثاني 2018" /></head>
<body><div id="page"><h1>{TITLE}</h1><div id="text"><p>{P1}</p><p>{P2}<br />{P3}</p></div></div></body></html>
""")
put("html/utf-16.html", ("\ufeff" + MODERN.replace("utf-8", "utf-16")).encode("utf-16-le"))
put("html/frames.html", "<html><head><title>موقع</title></head><frameset cols='20%,80%'><frame src='a.htm'></frameset></html>")
put("html/script-filled.html", f"""<!doctype html><html><head><title>{TITLE}</title><script type="application/ld+json">
{json.dumps({"@type": ["NewsArticle"], "headline": TITLE, "articleBody": BODY, "datePublished": 1542789000}, ensure_ascii=False)}
</script></head><body><div id="root"></div><noscript>يرجى تفعيل جافا سكربت لعرض هذه الصفحة</noscript></body></html>
""")

# --- Feeds ----------------------------------------------------------------------------------------------------------

put("feed/rss.xml", f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>وكالة الشمال</title><link>https://shamal.example/</link><description>أخبار سوريا</description>
<item><title>{TITLE}</title><link>https://shamal.example/news/4711</link><pubDate>Wed, 21 Nov 2018 10:30:00 +0200</pubDate>
<dc:creator><![CDATA[سامر الخطيب]]></dc:creator>
<description>{P1[:80]}…</description>
<content:encoded><![CDATA[<p>{P1}</p><p>{P2}</p><script>track()</script><p>{P3}</p>]]></content:encoded></item>
<item><title>قافلة مساعدات تدخل الغوطة &amp; أول دفعة منذ شهر</title><link>https://shamal.example/news/4712</link>
<description>&lt;p&gt;دخلت قافلة من 25 شاحنة إلى مدينة دوما،&nbsp;وقال الهلال الأحمر إنها تكفي عشرة آلاف شخص.&lt;/p&gt;</description></item>
</channel></rss>
""")
put("feed/atom.xml", f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>مرصد الفرات</title><id>urn:x</id><updated>2018-11-22T00:00:00Z</updated>
<entry><title type="text">{TITLE}</title><id>urn:1</id><link rel="alternate" href="https://furat.example/1"/><link rel="self" href="https://furat.example/1.atom"/>
<published>2018-11-21T08:30:00.25Z</published><updated>2018-11-21T09:00:00Z</updated><author><name>ليلى حداد</name></author>
<summary>{P1}</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{P1}</p><p>{P2}</p></div></content></entry>
<entry><title>بيان</title><id>urn:2</id><updated>2018-11-23T01:02:03+03:00</updated><content type="html">&lt;b&gt;أعلن&lt;/b&gt; المرصد أن حصيلة القتلى ارتفعت إلى سبعة.</content></entry>
</feed>
""")
# Faults of real feeds: blanks before the declaration, a bare ampersand, a control character, windows-1256 declared as such.
put("feed/faulty-windows-1256.xml", f"""
<?xml version="1.0" encoding="windows-1256"?>
<rss version="2.0"><channel><title>شبكة الرافدين</title>
<item><title>{TITLE}</title><link>http://r.example/a?x=1&y=2</link><pubDate>الأربعاء 21 نوفمبر 2018 - 10:30</pubDate>
<description>{P1}</description></item></channel></rss>
""".encode("cp1256"))
put("feed/cut.xml", f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>x</title><item><title>{TITLE}</title><description>{P1}</description></item><item><title>قص""")
put("hostile/entities.xml", """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "لللللللللل"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
<rss version="2.0"><channel><title>x</title><item><title>خبر</title><description>&e;</description></item></channel></rss>
""")
put("hostile/external-entity.xml", """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>x</title><item><title>خبر</title><description>&x;</description></item></channel></rss>
""")

# --- JSON -----------------------------------------------------------------------------------------------------------

put("json/record.json", json.dumps({
    "headline": TITLE, "body": "\n".join(STORY), "published": "2018-11-21T10:30:00+02:00", "outlet": "وكالة الشمال",
    "author": "سامر الخطيب", "url": "https://shamal.example/news/4711"}, ensure_ascii=False, indent=1))
put("json/newsapi.json", json.dumps({"status": "ok", "totalResults": 2, "articles": [
    {"source": {"id": None, "name": "وكالة الشمال"}, "author": None, "title": TITLE, "description": P1[:60],
     "url": "https://shamal.example/1", "publishedAt": "2018-11-21T08:30:00Z", "content": P1},
    {"source": {"id": "f", "name": "مرصد الفرات"}, "author": "ليلى", "title": "بيان", "url": "https://furat.example/2",
     "publishedAt": "2018-11-22T08:30:00Z", "content": P2}]}, ensure_ascii=False))
put("json/wordpress.json", json.dumps([
    {"id": 1, "date": "2018-11-21T10:30:00", "date_gmt": "2018-11-21T08:30:00", "link": "https://w.example/1",
     "title": {"rendered": "مقتل خمسة مدنيين &#8220;بينهم طفلان&#8221;"},
     "content": {"rendered": f"<p>{P1}</p>\n<p>{P2}</p>\n", "protected": False}}], ensure_ascii=True))
put("json/telegram.json", json.dumps({"name": "شبكة أخبار", "type": "public_channel", "id": 7, "messages": [
    {"id": 1, "type": "message", "date": "2018-11-21T08:30:00", "date_unixtime": "1542789000", "from": "شبكة أخبار",
     "text": ["عاجل: ", {"type": "bold", "text": "غارات جوية على مدينة سراقب"}, " تسفر عن سقوط جرحى"]},
    {"id": 2, "type": "message", "date": "2018-11-21T08:31:00", "from": "شبكة أخبار", "photo": "x.jpg", "text": ""},
]}, ensure_ascii=False))
put("json/lines.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in [
    {"title": TITLE, "text": P1, "timestamp": 1542789000, "site": "shamal.example"},
    {"title": "بيان", "content": P2, "timestamp": 1542789000123, "source": {"name": "مرصد الفرات"}},
    {"_index": "news", "_source": {"Title": "خبر ثالث", "Text": [P1, P2], "Date": "٢١/١١/٢٠١٨ ١٠:٣٠ م"}}]))
put("json/unknown-shape.json", json.dumps({"id": 1, "kopf": TITLE, "rumpf": P1}, ensure_ascii=False))
put("json/cut.jsonl", json.dumps({"title": TITLE, "text": P1}, ensure_ascii=False) + '\n{"title": "مقتل')
put("json/lone-surrogate.json", '{"title": "\\u0639\\u0627\\u062c\\u0644 \\ud83d", "text": "\\u0642\\u062a\\u0644 \\u0634\\u062e\\u0635"}')

# --- TREC -----------------------------------------------------------------------------------------------------------

put("trec/docs.trec", f"""<DOC>
<DOCNO> 20181121_AFP_ARB.0001 </DOCNO>
<DATE_TIME>2018-11-21 08:30</DATE_TIME>
<HEADLINE>
{TITLE}
</HEADLINE>
<TEXT>
<P>
{P1}
</P>
<P>
{P2}
</P>
</TEXT>
</DOC>
<DOC id="20181121_AFP_ARB.0002" type="story">
<HEADLINE>بيان</HEADLINE>
<TEXT>
{P3}
</TEXT>
</DOC>
""")
put("trec/cut.trec", f"<DOC>\n<DOCNO>1</DOCNO>\n<TEXT>\n{P1}\n")

# --- Compression and containers --------------------------------------------------------------------------------------

def gz(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        file.write(data)
    return out.getvalue()

def zst(data):
    return subprocess.run(["zstd", "-q", "-19", "-c", "--check"], input=data, stdout=subprocess.PIPE, check=True).stdout

def zipped(members, **kwargs):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2018, 11, 21, 10, 30, 0))
            info.compress_type = kwargs.get("method", zipfile.ZIP_DEFLATED)
            archive.writestr(info, data)
    return out.getvalue()

def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            if data is None:
                info.type = tarfile.DIRTYPE
                archive.addfile(info)
            elif isinstance(data, tuple):
                info.type, info.linkname = data
                archive.addfile(info)
            else:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
    return out.getvalue()

plain = PLAIN.encode()
put("packed/plain.txt.gz", gz(plain))
put("packed/two-members.gz", gz(plain[:200]) + gz(plain[200:]))
put("packed/plain.txt.bz2", bz2.compress(plain))
put("packed/plain.txt.xz", lzma.compress(plain))
put("packed/plain.txt.zst", zst(plain))
png = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
day = [("2018-11-21/", None), ("2018-11-21/خبر.txt", plain), ("2018-11-21/صفحة.html", MODERN.encode()),
       ("2018-11-21/rss.xml", open("feed/rss.xml", "rb").read()), ("2018-11-21/صورة.png", png), ("2018-11-21/empty.txt", b""),
       ("latest", (tarfile.SYMTYPE, "../../etc/passwd")), ("../../../tmp/escape.txt", P2.encode())]
put("packed/day.tar.gz", gz(tarred(day)))
put("packed/day.zip", zipped([(n, d) for n, d in day if isinstance(d, bytes)]))
put("packed/nested.zip", zipped([("a/inner.tar", tarred([("x.txt.gz", gz(plain)), ("x.txt.gz", gz(P3.encode()))])), ("b.txt", P2.encode())]))
put("packed/bad-member.zip", zipped([("good.txt", plain), ("bad.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))]))
put("packed/pictures.zip", zipped([("a.png", png), ("b.png", png)]))
put("packed/empty.zip", zipped([]))
put("packed/sheet.xlsx", zipped([("[Content_Types].xml", "<?xml version='1.0'?><Types/>"), ("xl/workbook.xml", "<?xml version='1.0'?><workbook/>")]))
put("hostile/bomb.gz", gz(bytes(0) + b"a" * (8 << 20)))
put("hostile/deep.json", '{"text":' + "[" * 5000 + "]" * 5000 + "}")
deep = plain
for _ in range(8):
    deep = gz(deep)
put("hostile/deep.gz", deep)
# One byte of the compressed text flipped: only the checksum tells.
flipped = bytearray(gz(b"\x00" * 0 + plain))
flipped[-6] ^= 1
put("hostile/checksum.gz", bytes(flipped))
put("hostile/cut.gz", gz(plain)[:-40])
put("hostile/cut.tar", tarred([("a.txt", plain)])[:900])
put("hostile/cut.zip", zipped([("a.txt", plain)])[:150])

# --- Mail -----------------------------------------------------------------------------------------------------------

def b64(data):
    return base64.encodebytes(data if isinstance(data, bytes) else data.encode()).decode().replace("\n", "\r\n")

def word(text, charset="utf-8"):
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="

def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()

SIMPLE = f"""Return-Path: <desk@shamal.example>
Received: from mx.shamal.example by mail.example; Wed, 21 Nov 2018 10:31:00 +0200
From: {word("غرفة الأخبار")} <desk@shamal.example>
To: list@example.org
Subject: {word(TITLE[:22])}
 {word(TITLE[22:])}
Date: Wed, 21 Nov 2018 10:30:00 +0200 (EET)
MIME-Version: 1.0
Content-Type: text/plain; charset="windows-1256"
Content-Transfer-Encoding: base64

"""
put("mail/windows-1256.eml", crlf(SIMPLE + b64(BODY.encode("cp1256"))))
# Declared as iso-8859-1, is windows-1256, and the subject is raw 8-bit, as old web forms send it.
put("mail/raw-8-bit.eml", f"""From: desk@shamal.example
Subject: {TITLE}
Date: 21 Nov 2018 08:30 GMT
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

{BODY}
""".encode("cp1256"))
MIXED = f"""From: "Desk" <desk@shamal.example>
To: list@example.org
Subject: {word(TITLE)}
Date: Wed, 21 Nov 2018 10:30:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"

--b1
Content-Type: multipart/alternative; boundary="b2"

--b2
Content-Type: text/plain; charset=utf-8

Open this message in a browser.
--b2
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

{b64(f"<html><body><p>{P1}</p><p>{P2}</p></body></html>")}
--b2--
--b1
Content-Type: text/plain; charset=windows-1256; name*=utf-8''%D8%A8%D9%8A%D8%A7%D9%86.txt
Content-Disposition: attachment; filename*=utf-8''%D8%A8%D9%8A%D8%A7%D9%86.txt
Content-Transfer-Encoding: base64

{b64(P3.encode("cp1256"))}
--b1
Content-Type: image/png; name="logo.png"
Content-Disposition: inline; filename="logo.png"
Content-Transfer-Encoding: base64

{b64(png)}
--b1
Content-Type: message/rfc822

From: other@furat.example
Subject: {word("رسالة محولة")}
Date: Tue, 20 Nov 2018 08:00:00 +0000
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: 8bit

{P2[:60]} 
{P2[60:]}

--b1--
"""
put("mail/attachments.eml", crlf(MIXED))
put("mail/encrypted.eml", crlf(f"""From: a@b.example
To: c@d.example
Subject: x
MIME-Version: 1.0
Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b1"

--b1
Content-Type: application/pgp-encrypted

Version: 1

--b1
Content-Type: application/octet-stream

-----BEGIN PGP MESSAGE-----
-----END PGP MESSAGE-----
--b1--
"""))
put("mail/two.mbox", f"""From desk@shamal.example Wed Nov 21 08:30:00 2018
From: {word("غرفة الأخبار")} <desk@shamal.example>
Subject: {word(TITLE)}
Date: Wed, 21 Nov 2018 10:30:00 +0200
Content-Type: text/plain; charset=utf-8

{P1}
>From here on the text is quoted.

From other@furat.example Wed Nov 21 09:30:00 2018
From: other@furat.example
Subject: {word("بيان")}
Date: Wed, 21 Nov 2018 09:30:00 +0000
Content-Type: text/plain; charset=utf-8

{P2}
""")
put("mail/page.mhtml", crlf(f"""From: <Saved by Blink>
Snapshot-Content-Location: https://shamal.example/news/4711?x=1
Subject: {word(TITLE)}
Date: Sat, 1 Dec 2018 00:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----MultipartBoundary--x----"


------MultipartBoundary--x----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://shamal.example/news/4711?x=1

""") + __import__("quopri").encodestring(MODERN.encode()).replace(b"\n", b"\r\n") + crlf(f"""
------MultipartBoundary--x----
Content-Type: text/css
Content-Transfer-Encoding: quoted-printable
Content-Location: https://shamal.example/s.css

body {{ color: red }}
------MultipartBoundary--x------
"""))

# --- Office documents -----------------------------------------------------------------------------------------------

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

def para(text, style=None):
    head = f'<w:pPr><w:pStyle w:val="{style}"/><w:bidi/></w:pPr>' if style else "<w:pPr><w:bidi/></w:pPr>"
    half = len(text) // 2
    return (f'<w:p>{head}<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{text[:half]}</w:t></w:r><w:proofErr w:type="spellStart"/>'
            f'<w:r><w:t xml:space="preserve">{text[half:]}</w:t></w:r></w:p>')

DOCUMENT = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{W}"><w:body>'
            + para(TITLE, "Title") + para(P1)
            + '<w:tbl><w:tr><w:tc>' + para("القتلى") + '</w:tc><w:tc>' + para("5") + '</w:tc></w:tr></w:tbl>'
            + f'<w:p><w:r><w:t>{P2[:30]}</w:t><w:br/><w:t>{P2[30:]}</w:t></w:r><w:del><w:r><w:delText>نص محذوف</w:delText></w:r></w:del></w:p>'
            + f'<w:p><w:r><mc:AlternateContent xmlns:mc="x"><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>إطار</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>إطار</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>'
            + '<w:sectPr/></w:body></w:document>')
CORE = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dc:title>{TITLE}</dc:title><dc:creator>سامر الخطيب</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">2018-11-21T08:30:00Z</dcterms:created></cp:coreProperties>')
TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
put("office/report.docx", zipped([("[Content_Types].xml", TYPES), ("word/document.xml", DOCUMENT), ("docProps/core.xml", CORE), ("word/media/image1.png", png)]))
put("office/no-document.docx", zipped([("[Content_Types].xml", TYPES), ("docProps/core.xml", CORE)]))
ODT = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
       f'<text:tracked-changes><text:changed-region><text:deletion><text:p>نص محذوف</text:p></text:deletion></text:changed-region></text:tracked-changes>'
       f'<text:h text:outline-level="1">{TITLE}</text:h><text:p>{P1[:50]}<text:span>{P1[50:]}</text:span></text:p>'
       f'<text:p>عدد القتلى:<text:s text:c="2"/>5<text:line-break/>{P2}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p></text:note-body></text:note></text:p></office:text></office:body></office:document-content>')
ODTMETA = ('<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
           f'xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>{TITLE}</dc:title><meta:initial-creator>ليلى حداد</meta:initial-creator><meta:creation-date>2018-11-21T08:30:00.123</meta:creation-date></office:meta></office:document-meta>')
put("office/report.odt", zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", ODT), ("meta.xml", ODTMETA)]))
put("office/encrypted.odt", zipped([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", b"\x93\x11\x00\xfa" * 60),
    ("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>')]))

def rtf_unicode(text):
    return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)

def rtf_1256(text):
    return "".join(c if ord(c) < 128 else "".join(f"\\'{b:02x}" for b in c.encode("cp1256")) for c in text)

put("office/wordpad.rtf", "{\\rtf1\\ansi\\ansicpg1256\\deff0{\\fonttbl{\\f0\\fnil\\fcharset178 Arial;}{\\f1\\fnil\\fcharset0 Calibri;}}\r\n"
    "{\\info{\\title " + rtf_1256(TITLE) + "}{\\author " + rtf_1256("سامر الخطيب") + "}{\\creatim\\yr2018\\mo11\\dy21\\hr10\\min30}}\r\n"
    "{\\*\\generator Riched20 10.0;}{\\colortbl ;\\red0\\green0\\blue0;}\\viewkind4\\uc1\\pard\\rtlpar\\qr\\b\\f0\\rtlch\\fs24 "
    + rtf_1256(TITLE) + "\\b0\\par\r\n" + rtf_1256(P1) + "\\par\r\n\\par " + rtf_unicode(P2) + "\\line " + rtf_unicode(P3) + "\\par\r\n"
    "{\\pict\\pngblip " + png.hex() + "}{\\header " + rtf_1256("ترويسة") + "}}\r\n")
put("office/cut.rtf", "{\\rtf1\\ansi\\ansicpg1256 {\\b " + rtf_1256(TITLE))
deep_rtf = "{\\rtf1 " + "{" * 5000 + "x" + "}" * 5001
put("hostile/deep.rtf", deep_rtf)

# --- Web archive ----------------------------------------------------------------------------------------------------

def warc(kind, block, uri=None, ctype=None):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(block):032x}>\r\nWARC-Date: 2018-12-01T00:00:00Z\r\n"
    if uri:
        head += f"WARC-Target-URI: {uri}\r\n"
    head += f"Content-Type: {ctype}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"

def http(body, ctype, status="200 OK", extra=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {ctype}\r\n{extra}\r\n".encode() + body

def chunked(data):
    out = b""
    for at in range(0, len(data), 1000):
        piece = data[at:at + 1000]
        out += f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    return out + b"0\r\n\r\n"

RECORDS = [
    warc("warcinfo", b"software: x\r\n", ctype="application/warc-fields"),
    warc("request", b"GET / HTTP/1.1\r\nHost: shamal.example\r\n\r\n", "https://shamal.example/news/4711", "application/http; msgtype=request"),
    warc("response", http(chunked(MODERN.encode()), "text/html; charset=utf-8", extra="Transfer-Encoding: chunked\r\n"), "https://shamal.example/news/4711", "application/http; msgtype=response"),
    warc("response", http(gz(OLD.encode("cp1256")), "text/html", extra="Content-Encoding: gzip\r\n"), "http://rafidain.example/iraq.asp?id=3", "application/http; msgtype=response"),
    warc("response", http(png, "image/png"), "https://shamal.example/a.png", "application/http; msgtype=response"),
    warc("response", http(b"<html><body><p>Not found</p></body></html>", "text/html", "404 Not Found"), "https://shamal.example/none", "application/http; msgtype=response"),
    warc("resource", BROKEN.encode(), "https://third.example/x.html", "text/html"),
]
put("warc/crawl.warc", b"".join(RECORDS))
put("warc/crawl.warc.gz", b"".join(gz(r) for r in RECORDS))
put("warc/cut.warc", b"".join(RECORDS)[:-900])

# --- PDF ------------------------------------------------------------------------------------------------------------
# pdf/report.pdf was made once, and is kept, as its bytes hang on the versions of pango, cairo and the font:
#   pango-view --hinting=none --subpixel-positions --font="KacstBook 14" --width=450 --rtl -q --output=pdf/report.pdf plain.txt
#   the same with a text of brackets, per cents and Latin words: pdf/mixed.pdf
#   qpdf --object-streams=generate pdf/report.pdf pdf/object-streams.pdf
#   qpdf --encrypt secret owner 128 --use-aes=y -- pdf/report.pdf pdf/encrypted.pdf
report = open("pdf/report.pdf", "rb").read()
put("pdf/cut.pdf", report[:9000])
put("pdf/no-text.pdf", b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >> endobj
4 0 obj << /Length 26 >> stream
0 0 1 rg 10 10 50 50 re f
endstream endobj
trailer << /Root 1 0 R /Size 5 >>
startxref
0
%%EOF
""")

# The encryption bit set in both headers of the entry (APPNOTE 4.4.4), as under a password.
locked = bytearray(zipped([("a.txt", plain)]))
locked[6] |= 1
locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
put("packed/encrypted.zip", bytes(locked))

# The summary stands apart from the body, which is cut in two by an advertisement; teasers of other stories follow.
put("html/lead-apart.html", f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE} - مرصد الفرات</title>
<meta name="author" content="https://facebook.example/x"><meta itemprop="datePublished" content="٢١ تشرين الثاني ٢٠١٨ الساعة ١٠:٣٠ صباحاً"></head><body>
<div class="top"><a href="/">مرصد الفرات</a> <a href="/live">بث مباشر</a></div>
<div class="wrapper"><div class="head"><h1>{TITLE}</h1><div class="summary"><p>{P1}</p></div></div>
<div class="columns"><div class="story-part"><p>{P2}</p><p>{P3}</p></div><div class="adv300"><a href="/ad">اشترك الآن في خدماتنا الإخبارية بسعر خاص للقراء</a></div>
<div class="story-part"><p>{P2[::1].replace("وقال", "وأضاف")}</p></div>
<div class="box"><div class="card"><a href="/7">مقتل قيادي في غارة جوية شمال البلاد</a><p>أفادت مصادر محلية بمقتل قيادي.</p></div><div class="card"><a href="/8">وصول دفعة جديدة من النازحين</a><p>وصلت دفعة جديدة.</p></div></div>
</div></div></body></html>
""")

# Forms that call each other ten times over twelve levels: 10^12 operators in two kilobytes.
parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
names = lambda n: b"<< /XObject << /F %d 0 R >> >>" % n
def stream_object(extra, data):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)
parts.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources %s >>" % names(5))
parts.append(stream_object(b"", b"/F Do " * 10))
for level in range(12):
    last = level == 11
    parts.append(stream_object(b"/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Resources " + (b"<< >>" if last else names(6 + level)),
                               b"0 0 m 9 9 l S " if last else b"/F Do " * 10))
pdf, offsets = b"%PDF-1.4\n", []
for number, part in enumerate(parts, 1):
    offsets.append(len(pdf))
    pdf += b"%d 0 obj\n%s\nendobj\n" % (number, part)
table = len(pdf)
pdf += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(b"%010d 00000 n \n" % o for o in offsets)
pdf += b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table)
put("pdf/endless.pdf", pdf)

# Found by fuzzing: a mark and nothing behind it.
put("hostile/mark-only.txt", b"\xef\xbb\xbf")
