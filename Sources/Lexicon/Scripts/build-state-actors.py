#!/usr/bin/env python3
"""Write actors-states.tsv: the bodies that every state has, with Arabic adjectives that agree.

Usage: build-state-actors.py [DATA_FOLDER]   (default: ../Data beside this script)

Makes the adjectives of each country agree with each body, skips every name that actors.tsv already has (compared after
folding), and writes actors-states.tsv with the columns of actors.tsv. A body that actors.tsv has under another
id keeps that id: its row here only adds names.
A row of the regular kind that needs another name, code or alias is written by hand into actors.tsv and so wins.
"""
import os
import re
import sys

FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None, "ـ": None})

# Countries whose institutions are in the news, with every adjective in press use (masculine, indefinite) and the names
# that stand in construct (`حكومة ميانمار`).  Those with an empty adjective are written in construct only.
COUNTRIES = """
SYR Syria سوري سوريا|سورية
IRQ Iraq عراقي العراق
YEM Yemen يمني اليمن
LBN Lebanon لبناني لبنان
PSE Palestine فلسطيني فلسطين
ISR Israel إسرائيلي إسرائيل
LBY Libya ليبي ليبيا
SDN Sudan سوداني السودان
SSD South-Sudan - جنوب_السودان
EGY Egypt مصري مصر
SAU Saudi-Arabia سعودي السعودية
ARE United-Arab-Emirates إماراتي الإمارات
QAT Qatar قطري قطر
KWT Kuwait كويتي الكويت
BHR Bahrain بحريني البحرين
OMN Oman عماني سلطنة_عمان|عمان
JOR Jordan أردني الأردن
TUR Turkey تركي تركيا
IRN Iran إيراني إيران
MAR Morocco مغربي المغرب
DZA Algeria جزائري الجزائر
TUN Tunisia تونسي تونس
MRT Mauritania موريتاني موريتانيا
SOM Somalia صومالي الصومال
DJI Djibouti جيبوتي جيبوتي
USA United-States أمريكي|أميركي الولايات_المتحدة|أمريكا|أميركا
RUS Russia روسي روسيا
UKR Ukraine أوكراني أوكرانيا
BLR Belarus بيلاروسي بيلاروسيا|بيلاروس
GBR United-Kingdom بريطاني بريطانيا|المملكة_المتحدة
FRA France فرنسي فرنسا
DEU Germany ألماني ألمانيا
ITA Italy إيطالي إيطاليا
ESP Spain إسباني إسبانيا
PRT Portugal برتغالي البرتغال
NLD Netherlands هولندي هولندا
BEL Belgium بلجيكي بلجيكا
CHE Switzerland سويسري سويسرا
AUT Austria نمساوي|نمسوي النمسا
SWE Sweden سويدي السويد
NOR Norway نرويجي|نروجي النرويج|النروج
DNK Denmark دنماركي|دانماركي الدنمارك|الدانمارك
FIN Finland فنلندي فنلندا
IRL Ireland إيرلندي|أيرلندي إيرلندا|أيرلندا
POL Poland بولندي بولندا
CZE Czechia تشيكي التشيك|تشيكيا
SVK Slovakia سلوفاكي سلوفاكيا
HUN Hungary مجري المجر
ROU Romania روماني رومانيا
BGR Bulgaria بلغاري بلغاريا
GRC Greece يوناني اليونان
CYP Cyprus قبرصي قبرص
MLT Malta مالطي مالطا
SRB Serbia صربي صربيا
HRV Croatia كرواتي كرواتيا
BIH Bosnia بوسني البوسنة
XKX Kosovo كوسوفي كوسوفو
ALB Albania ألباني ألبانيا
MKD North-Macedonia مقدوني مقدونيا
GEO Georgia جورجي جورجيا
ARM Armenia أرميني|أرمني أرمينيا
AZE Azerbaijan أذربيجاني|أذري أذربيجان
KAZ Kazakhstan كازاخستاني|كازاخي كازاخستان
UZB Uzbekistan أوزبكي أوزبكستان
KGZ Kyrgyzstan قرغيزي قرغيزستان
TJK Tajikistan طاجيكي طاجيكستان
TKM Turkmenistan تركمانستاني تركمانستان
AFG Afghanistan أفغاني أفغانستان
PAK Pakistan باكستاني باكستان
IND India هندي الهند
BGD Bangladesh بنغلاديشي بنغلاديش
LKA Sri-Lanka سريلانكي سريلانكا
NPL Nepal نيبالي نيبال
MDV Maldives مالديفي المالديف
CHN China صيني الصين
TWN Taiwan تايواني تايوان
JPN Japan ياباني اليابان
KOR South-Korea كوري_جنوبي كوريا_الجنوبية
PRK North-Korea كوري_شمالي كوريا_الشمالية
VNM Vietnam فيتنامي فيتنام
THA Thailand تايلاندي|تايلندي تايلاند|تايلند
MMR Myanmar بورمي|ميانماري ميانمار|بورما
KHM Cambodia كمبودي كمبوديا
MYS Malaysia ماليزي ماليزيا
SGP Singapore سنغافوري سنغافورة
IDN Indonesia إندونيسي|أندونيسي إندونيسيا|أندونيسيا
PHL Philippines فلبيني|فيليبيني الفلبين|الفيليبين
AUS Australia أسترالي أستراليا
NZL New-Zealand نيوزيلندي نيوزيلندا
CAN Canada كندي كندا
MEX Mexico مكسيكي المكسيك
CUB Cuba كوبي كوبا
HTI Haiti هايتي هايتي
COL Colombia كولومبي كولومبيا
VEN Venezuela فنزويلي فنزويلا
ECU Ecuador إكوادوري الإكوادور
PER Peru بيروفي بيرو|البيرو
BOL Bolivia بوليفي بوليفيا
BRA Brazil برازيلي البرازيل
ARG Argentina أرجنتيني الأرجنتين
CHL Chile تشيلي تشيلي
NIC Nicaragua نيكاراغوي نيكاراغوا
MLI Mali - مالي
NER Niger نيجري النيجر
NGA Nigeria نيجيري نيجيريا
TCD Chad تشادي تشاد
BFA Burkina-Faso بوركيني|بوركينابي بوركينا_فاسو
SEN Senegal سنغالي السنغال
GIN Guinea غيني غينيا
CIV Ivory-Coast إيفواري|عاجي ساحل_العاج|كوت_ديفوار
GHA Ghana غاني غانا
CMR Cameroon كاميروني الكاميرون
CAF Central-African-Republic - أفريقيا_الوسطى|جمهورية_أفريقيا_الوسطى
COD DR-Congo كونغولي الكونغو_الديمقراطية|الكونغو
ETH Ethiopia إثيوبي|أثيوبي إثيوبيا|أثيوبيا
ERI Eritrea إريتري إريتريا
KEN Kenya كيني كينيا
UGA Uganda أوغندي أوغندا
RWA Rwanda رواندي رواندا
BDI Burundi بوروندي بوروندي
TZA Tanzania تنزاني تنزانيا
MOZ Mozambique موزمبيقي موزمبيق
ZWE Zimbabwe زيمبابوي زيمبابوي
ZAF South-Africa جنوب_أفريقي جنوب_أفريقيا|جنوب_إفريقيا
AGO Angola أنغولي أنغولا
GAB Gabon غابوني الغابون
"""

# slug | English | sector | kind | names.  {m} masculine and {f} feminine definite adjective, {c} name of the country.
BODIES = """
government|government of|GOV|government|الحكومة {f};حكومة {c};السلطات {f};سلطات {c};السلطة {f};الإدارة {f}
presidency|presidency of|GOV|government|الرئاسة {f};رئاسة {c};القصر الرئاسي {m}
armed-forces|armed forces of|MIL|army|الجيش {m};جيش {c};القوات المسلحة {f};القوات {f};قوات {c};القوات المسلحة في {c};القوات البرية {f};القوات الخاصة {f};قوات الجيش {m};هيئة الأركان {f};رئاسة الأركان {f};الأركان {f};قيادة الجيش {m};المؤسسة العسكرية {f}
air-force|air force of|MIL|army|القوات الجوية {f};سلاح الجو {m};الطيران {m};الطيران الحربي {m};سلاح الطيران {m};المقاتلات {f};الطيران المسير {m};الدفاعات الجوية {f};الدفاع الجوي {m}
navy|navy of|MIL|army|البحرية {f};القوات البحرية {f};سلاح البحرية {m};البحرية الملكية {f};الأسطول {m}
border-guard|border guard of|MIL|security|حرس الحدود {m};قوات حرس الحدود {f}
coast-guard|coast guard of|MIL|security|خفر السواحل {m};حرس السواحل {m};قوات خفر السواحل {f}
police|police of|COP|police|الشرطة {f};شرطة {c};قوات الشرطة {f};الشرطة العسكرية {f};البوليس {m};الشرطة الفيدرالية {f};الشرطة القضائية {f};الدرك {m}
security-forces|security forces of|COP|security|قوات الأمن {f};الأجهزة الأمنية {f};أجهزة الأمن {f};السلطات الأمنية {f};القوات الأمنية {f};قوى الأمن {f};الأمن {m}
intelligence|intelligence services of|SPY|security|المخابرات {f};الاستخبارات {f};جهاز المخابرات {m};جهاز الاستخبارات {m};أجهزة الاستخبارات {f};أجهزة المخابرات {f};الاستخبارات العسكرية {f};المخابرات العامة {f};الاستخبارات الخارجية {f};جهاز الأمن {m}
ministry-of-defence|defence ministry of|MIL|ministry|وزارة الدفاع {f};الدفاع {f};وزارة الدفاع في {c}
ministry-of-foreign-affairs|foreign ministry of|GOV|ministry|وزارة الخارجية {f};الخارجية {f};وزارة خارجية {c};خارجية {c};وزارة الشؤون الخارجية {f};الدبلوماسية {f}
ministry-of-interior|interior ministry of|COP|ministry|وزارة الداخلية {f};الداخلية {f};وزارة الأمن الداخلي {f}
ministry-of-health|health ministry of|HLH|ministry|وزارة الصحة {f};السلطات الصحية {f};الصحة {f}
ministry-of-justice|justice ministry of|JUD|ministry|وزارة العدل {f}
ministry-of-finance|finance ministry of|GOV|ministry|وزارة المالية {f};وزارة الخزانة {f};الخزانة {f}
ministry-of-oil|oil and energy ministry of|GOV|ministry|وزارة النفط {f};وزارة الطاقة {f};وزارة الكهرباء {f}
ministry-of-information|information ministry of|GOV|ministry|وزارة الإعلام {f};وزارة الثقافة {f}
ministry-of-education|education ministry of|EDU|ministry|وزارة التربية {f};وزارة التعليم {f};وزارة التربية والتعليم {f};وزارة التعليم العالي {f}
ministry-of-economy|economy ministry of|GOV|ministry|وزارة الاقتصاد {f};وزارة التجارة {f};وزارة النقل {f};وزارة الزراعة {f}
ministry-of-awqaf|religious affairs ministry of|REL|ministry|وزارة الأوقاف {f};وزارة الشؤون الدينية {f};دار الإفتاء {f}
ministry-of-labour|social affairs ministry of|GOV|ministry|وزارة العمل {f};وزارة الشؤون الاجتماعية {f};وزارة الهجرة {f};وزارة الإدارة المحلية {f};وزارة حقوق الإنسان {f}
parliament|parliament of|GOV|parliament|البرلمان {m};برلمان {c};مجلس النواب {m};مجلس الشيوخ {m};الجمعية الوطنية {f};مجلس الشورى {m};المجلس التشريعي {m}
judiciary|judiciary of|JUD|court|القضاء {m};السلطة القضائية {f};النيابة العامة {f};النيابة {f};الادعاء العام {m};المحكمة العليا {f};المحكمة الدستورية {f};السلطات القضائية {f};محكمة {f}
embassy|embassies of|GOV|other|السفارة {f};سفارة {c};القنصلية {f};قنصلية {c};السفارات {f};البعثة الدبلوماسية {f}
opposition|opposition of|OPP|coalition|المعارضة {f};أحزاب المعارضة {f};قوى المعارضة {f}
delegation|delegation of|GOV|other|الوفد {m};وفد {c};الوفد الحكومي {m};الوفد العسكري {m}
central-bank|central bank of|BUS|company|البنك المركزي {m};المصرف المركزي {m}
red-crescent|national aid society of|NGO|aid|الهلال الأحمر {m};الصليب الأحمر {m}
civil-defence|civil defence of|HLH|aid|الدفاع المدني {m}
state-media|state media of|MED|media|التلفزيون {m};التلفزيون الرسمي {m};الإعلام {m};الإعلام الرسمي {m};وسائل الإعلام {f};وسائل إعلام {fi};وكالة الأنباء {f};الصحافة {f};الإذاعة {f}
election-commission|election authority of|GOV|other|اللجنة الانتخابية {f};اللجنة المركزية للانتخابات {f};لجنة الانتخابات {f}
"""
# Where actors.tsv has one of these names, the body is there already: the row adds its other names to that entry.
LEADING = {
    "government": ("الحكومة {f}",),
    "presidency": ("الرئاسة {f}",),
    "armed-forces": ("الجيش {m}",),
    "air-force": ("سلاح الجو {m}", "الطيران {m}"),
    "navy": ("البحرية {f}",),
    "police": ("الشرطة {f}",),
    "security-forces": ("الأجهزة الأمنية {f}",),
    "intelligence": ("المخابرات {f}", "الاستخبارات {f}"),
    "ministry-of-defence": ("وزارة الدفاع {f}",),
    "ministry-of-foreign-affairs": ("وزارة الخارجية {f}",),
    "ministry-of-health": ("وزارة الصحة {f}",),
    "parliament": ("البرلمان {m}",),
    "opposition": ("المعارضة {f}",),
    "red-crescent": ("الهلال الأحمر {m}",),
    "civil-defence": ("الدفاع المدني {m}",),
}


def fold(text):
    return re.sub("[\u064b-\u0652]", "", text).translate(FOLD)


def agree(stem, definite, feminine):
    """The adjective in one state and gender; every word of `كوري جنوبي` agrees, `جنوب أفريقي` inflects its last word."""
    words = stem.split("_")
    fixed = words[0] == "جنوب"  # a construct: only its last word inflects
    out = []
    for place, word in enumerate(words):
        inflect = not fixed or place == len(words) - 1
        word = word + "ة" if feminine and inflect else word
        out.append("ال" + word if definite else word)
    return " ".join(out)


def known(path):
    names = {}
    with open(path, encoding="utf-8") as lines:
        header = None
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            if header is None:
                header = cells
                continue
            for name in cells[header.index("spellings")].split("|"):
                names.setdefault(fold(name), dict(zip(header, cells)))
    return names


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
    taken = known(os.path.join(data, "actors.tsv"))
    rows = []
    for line in COUNTRIES.split("\n"):
        if not line.strip():
            continue
        code, english, adjectives, names = line.split()
        stems = [] if adjectives == "-" else adjectives.split("|")
        country = english.replace("-", " ")
        for line_of_body in BODIES.strip().split("\n"):
            slug, title, sector, kind, patterns = line_of_body.split("|")
            spellings = []
            body = [f"actor:{slug}-{code.lower()}", f"{title} {country}", code, sector, kind]
            for pattern in patterns.split(";"):
                if "{c}" in pattern:
                    made = [pattern.replace("{c}", name.replace("_", " ")) for name in names.split("|")]
                else:
                    made = [
                        pattern.replace("{m}", agree(stem, True, False))
                        .replace("{f}", agree(stem, True, True))
                        .replace("{fi}", agree(stem, False, True))
                        for stem in stems
                    ]
                for name in made:
                    if fold(name) in taken:
                        owner = taken[fold(name)]
                        if owner and pattern in LEADING.get(slug, ()):
                            body = [owner[column] for column in ("id", "name", "code", "sector", "kind")]
                        continue
                    taken[fold(name)] = None
                    spellings.append(name)
            if not spellings:
                continue
            row = body[:2] + ["|".join(spellings)] + body[2:] + ["", "", "", ""]
            rows.append("\t".join(row))
    with open(os.path.join(data, "actors-states.tsv"), "w", encoding="utf-8") as out:
        out.write("# The bodies that every state has, with adjectives that agree.  Columns as in actors.tsv, whose names win.\n")
        out.write("# Generated by Scripts/build-state-actors.py: edit the tables there, or add a row to actors.tsv.\n")
        out.write("id\tname\tspellings\tcode\tsector\tkind\tparent\tfrom\tto\tflags\n")
        out.write("\n".join(rows) + "\n")
    print(f"{len(rows)} actors, {sum(row.split(chr(9))[2].count('|') + 1 for row in rows)} names")


if __name__ == "__main__":
    main()
