"""The invented government: 27 ministries, the agencies under them, two states and their councils.

Nothing here exists. All domains stand under `gov.example`, a name reserved for examples (RFC 2606).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from inventory.vocabulary import OrganisationKind, OrganisationStatus

DOMAIN = "gov.example"
_KINDS = {
    "M": OrganisationKind.MINISTRY,
    "D": OrganisationKind.DEPARTMENT,
    "A": OrganisationKind.AGENCY,
    "B": OrganisationKind.STATUTORY_BODY,
    "S": OrganisationKind.STATE,
    "C": OrganisationKind.LOCAL_COUNCIL,
}


@dataclass(frozen=True, slots=True)
class Body:
    """One organisation of the demo; `slug` is the word its handles are made of."""

    short: str
    kind: OrganisationKind
    name_ms: str
    name_en: str
    slug: str
    parent: str | None = None
    status: OrganisationStatus = OrganisationStatus.ACTIVE
    successor: str | None = None

    @property
    def domain(self) -> str:
        """The domain it would hold if it existed."""
        return f"{self.short.lower()}.{DOMAIN}"

    @property
    def is_ministry(self) -> bool:
        """Whether the seminar's table counts it as a ministry."""
        return self.kind is OrganisationKind.MINISTRY

    @property
    def unit(self) -> str:
        """The unit that speaks for it."""
        return f"Unit Komunikasi Korporat {self.short}"


# One line each: letter of the kind, short name, slug, name in Malay / name in English. Ministries
# and states stand at the margin, what is under them is indented.
_REGISTER = """
M KCT teladan Kementerian Contoh dan Teladan / Ministry of Examples and Models
    D JCP contohpilihan Jabatan Contoh Pilihan / Department of Chosen Examples
    B LTDN papanteladan Lembaga Teladan Negara / National Board of Good Examples
    A APMS perumpamaan Agensi Perumpamaan dan Misalan / Agency for Parables and Illustrations
    D JSC semakcontoh Jabatan Semakan Contoh / Department of Example Checking
M KCB cuacabaik Kementerian Cuaca Baik / Ministry of Fine Weather
    D JRP petangcerah Jabatan Ramalan Petang Cerah / Department of Bright Afternoon Forecasts
    A APL pelangi Agensi Pelangi / Rainbow Agency
    B LHR hujanrenyai Lembaga Hujan Renyai / Light Rain Board
    A PEK embunkabus Pusat Embun dan Kabus / Centre for Dew and Mist
M KGT giliran Kementerian Giliran dan Tertib / Ministry of Queues and Good Order
    D JNG nombornanti Jabatan Nombor Giliran / Department of Queue Numbers
    B LBB barisan Lembaga Barisan Berbual / Sociable Queues Board
    A ASD siladahulu Agensi Sila Dahulu / After You Agency
    D JKTG kerusitunggu Jabatan Kerusi Tunggu / Department of Waiting Chairs
M KPTT payung Kementerian Payung dan Tempat Teduh / Ministry of Umbrellas and Shelter
    D JPG pinjampayung Jabatan Pinjaman Payung / Department of Umbrella Loans
    B LHB hentianteduh Lembaga Hentian Berbumbung / Covered Stops Board
    A APN pokoknaungan Agensi Pokok Naungan / Shade Tree Agency
    D JTC topicaping Jabatan Topi dan Caping / Department of Hats and Brims
M KBYS sunyisepi Kementerian Bunyi dan Kesenyapan / Ministry of Sound and Silence
    D JGL gemalorong Jabatan Gema Lorong / Department of Alley Echoes
    A ASPG senyappagi Agensi Senyap Pagi / Quiet Mornings Agency
    B LKG kompanggong Lembaga Kompang dan Gong / Board of Drums and Gongs
    A ABK bisikan Agensi Bisikan / Whispering Agency
M KJL jambatan Kementerian Jambatan Kecil dan Lorong / Ministry of Small Bridges and Lanes
    D JTI titian Jabatan Titian / Department of Footbridges
    B LLB loronglapang Lembaga Lorong Belakang / Back Lanes Board
    A ATJ tanjakan Agensi Tanjakan Landai / Gentle Slopes Agency
    D JPD tandamesra Jabatan Papan Tanda Mesra / Department of Friendly Signboards
M KPA petaarah Kementerian Peta dan Arah / Ministry of Maps and Directions
    D JUS utaraselatan Jabatan Utara dan Selatan / Department of North and South
    A AJP jalanpintas Agensi Jalan Pintas / Short Cuts Agency
    B LKPS kompas Lembaga Kompas Negara / National Compass Board
    A ATS tersesat Agensi Bantuan Tersesat / Agency for Those Who Are Lost
M KML masalapang Kementerian Masa Lapang / Ministry of Leisure
    D JTD tidurpetang Jabatan Tidur Petang / Department of Afternoon Naps
    B LCD congkak Lembaga Congkak dan Dam / Board of Congkak and Draughts
    A AGW gasing Agensi Gasing Negara / National Spinning Tops Agency
    A AHB buaian Agensi Buaian / Hammock Agency
M KSMP sarapan Kementerian Sarapan dan Minum Petang / Ministry of Breakfast and Afternoon Tea
    D JTT tehberbuih Jabatan Teh dan Buih / Department of Tea and Foam
    B LKP kuihpetang Lembaga Kuih Petang / Afternoon Cakes Board
    A ARBK rotibakar Agensi Roti Bakar / Toast Agency
    D JSP sudupiring Jabatan Sudu dan Piring / Department of Spoons and Saucers
M KWC warnacorak Kementerian Warna dan Corak / Ministry of Colours and Patterns
    D JBP birupirus Jabatan Biru dan Pirus / Department of Blue and Turquoise
    A ACB ulangcorak Agensi Corak Berulang / Repeating Patterns Agency
    B LCT catdinding Lembaga Cat Dinding / Wall Paint Board
    D JKC kapurwarna Jabatan Kapur Berwarna / Department of Coloured Chalk
M KTB tamanbangku Kementerian Taman dan Bangku / Ministry of Parks and Benches
    D JRT rumputhijau Jabatan Rumput Hijau / Department of Green Grass
    B LBT bangkukayu Lembaga Bangku Taman / Park Benches Board
    A AKI kolamhias Agensi Kolam Ikan Hias / Ornamental Fish Ponds Agency
    A AJT jejaktaman Agensi Jejak Taman / Park Trails Agency
M KPSR pasangsurut Kementerian Pasang Surut / Ministry of Tides
    D JKB kulitsiput Jabatan Kulit Siput / Department of Seashells
    B LIP istanapasir Lembaga Istana Pasir / Sandcastles Board
    A ABO suratbotol Agensi Surat dalam Botol / Messages in Bottles Agency
    D JOL ombaklembut Jabatan Ombak Lembut / Department of Gentle Waves
M KCJ jenaka Kementerian Cerita Rakyat dan Jenaka / Ministry of Folk Tales and Jokes
    D JKS sangkancil Jabatan Kisah Sang Kancil / Department of Mousedeer Stories
    B LPTN pantun Lembaga Pantun / Board of Pantuns
    A ATT tekateki Agensi Teka-teki / Riddles Agency
    D JGS gelaksenyum Jabatan Gelak dan Senyum / Department of Laughter and Smiles
M KBK kebunbelakang Kementerian Benih dan Kebun Belakang / Ministry of Seeds and Back Gardens
    D JCM ciliserai Jabatan Cili dan Serai / Department of Chillies and Lemongrass
    B LPB pasubunga Lembaga Pasu Bunga / Flowerpots Board
    A ACG cacingtanah Agensi Cacing Tanah / Earthworms Agency
    A AKO bajakebun Agensi Kompos / Compost Agency
M KTL tanggalif Kementerian Tangga dan Lif / Ministry of Stairs and Lifts
    D JTP tingkatsatu Jabatan Tingkat Pertama / Department of the First Floor
    A APPT pegangtangan Agensi Pemegang Tangan / Handrails Agency
    B LMU muziklif Lembaga Muzik Lif / Lift Music Board
    D JBU butangnaik Jabatan Butang Naik / Department of Up Buttons
M KBC borangcap Kementerian Borang dan Cap / Ministry of Forms and Stamps
    D JSL salinanketiga Jabatan Salinan Ketiga / Department of Third Copies
    B LDK dakwat Lembaga Dakwat / Ink Board
    A AKK klipkertas Agensi Klip Kertas / Paper Clips Agency
    D JRU ruangkosong Jabatan Ruang Kosong / Department of Blank Spaces
M KBJ jumpabarang Kementerian Barang Hilang dan Dijumpai / Ministry of Lost and Found
    D JSK stokingkiri Jabatan Stoking Kiri / Department of Left Socks
    A AKU kuncirumah Agensi Kunci Rumah / House Keys Agency
    B LSB sarungtangan Lembaga Sarung Tangan / Gloves Board
    A ACM cerminmata Agensi Cermin Mata / Spectacles Agency
M KLB lampubayang Kementerian Lampu dan Bayang / Ministry of Lamps and Shadows
    D JPE pelita Jabatan Pelita / Department of Oil Lamps
    B LWK wayangkulit Lembaga Wayang Bayang / Shadow Theatre Board
    A AKE kelipkelip Agensi Kelip-kelip / Fireflies Agency
    D JSU suis Jabatan Suis / Department of Switches
M KKJ kucingjinak Kementerian Kucing dan Haiwan Jinak / Ministry of Cats and Tame Animals
    D JML mengiau Jabatan Mengiau / Department of Meowing
    B LEK ekortelinga Lembaga Ekor dan Telinga / Board of Tails and Ears
    A AAR arnab Agensi Arnab / Rabbits Agency
    A ABR burungtiong Agensi Burung Tiong / Mynah Birds Agency
M KSJ soaljawab Kementerian Soalan dan Jawapan / Ministry of Questions and Answers
    D JMGP mengapa Jabatan Mengapa / Department of Why
    D JBGM bagaimana Jabatan Bagaimana / Department of How
    B LJW jawapantepat Lembaga Jawapan Tepat / Board of Precise Answers
    A ATR tandatanya Agensi Tanda Tanya / Question Marks Agency
M KJK jamkalendar Kementerian Jam dan Kalendar / Ministry of Clocks and Calendars
    D JLML limaminit Jabatan Lima Minit Lagi / Department of Five More Minutes
    B LHL tahunlompat Lembaga Tahun Lompat / Leap Years Board
    A ADT sedetik Agensi Detik / Agency of Moments
    D JEB esoklusa Jabatan Esok dan Lusa / Department of Tomorrow and the Day After
M KBP basikalkaki Kementerian Basikal dan Pejalan Kaki / Ministry of Bicycles and Pedestrians
    D JLO loceng Jabatan Loceng Basikal / Department of Bicycle Bells
    B LTK tayarkempis Lembaga Tayar Kempis / Flat Tyres Board
    A AKM kakilima Agensi Kaki Lima / Five-foot Ways Agency
    A ALPG lintasan Agensi Lintasan Lapang / Open Crossings Agency
M KLA layanglayang Kementerian Layang-layang dan Angin / Ministry of Kites and Winds
    D JWB waubulan Jabatan Wau / Department of Wau Kites
    B LTB talibenang Lembaga Tali dan Benang / Board of String and Thread
    A AKA kincirangin Agensi Kincir Angin / Windmills Agency
    D JSN sepoisepoi Jabatan Angin Sepoi-sepoi / Department of Gentle Breezes
M KBNP bukunota Kementerian Buku Nota dan Pensel / Ministry of Notebooks and Pencils
    D JPTJ penseltajam Jabatan Pensel Tajam / Department of Sharp Pencils
    B LPMD pemadam Lembaga Pemadam / Erasers Board
    A AHK halamankosong Agensi Halaman Kosong / Blank Pages Agency
    D JMR margin Jabatan Margin / Department of Margins
M KHM hujungminggu Kementerian Hujung Minggu / Ministry of Weekends
    D JSA sabtupagi Jabatan Sabtu Pagi / Department of Saturday Mornings
    B LCP cutipanjang Lembaga Cuti Panjang / Long Weekends Board
    A APK perkelahan Agensi Perkelahan / Picnics Agency
    A AAHM ahadmalam Agensi Ahad Malam / Sunday Evenings Agency
M KALM langitmalam Kementerian Awan dan Langit Malam / Ministry of Clouds and the Night Sky
    D JABK bentukawan Jabatan Awan Berbentuk / Department of Cloud Shapes
    B LBN bintang Lembaga Bintang / Board of Stars
    A ABP bulanpenuh Agensi Bulan Penuh / Full Moon Agency
    D JTH tahibintang Jabatan Hajat dan Tahi Bintang / Department of Wishes and Shooting Stars
M KGR gotongroyong Kementerian Gotong-royong dan Kejiranan / Ministry of Mutual Help and Neighbours
    D JPGL pinjamgula Jabatan Pinjam Gula / Department of Borrowed Sugar
    B LPL pagarrendah Lembaga Pagar Rendah / Low Fences Board
    A ASJ salamjiran Agensi Salam Jiran / Neighbourly Greetings Agency
    D JPU penyapulidi Jabatan Penyapu dan Cangkul / Department of Brooms and Hoes
S NCB contohbaharu Negeri Contoh Baharu / State of New Example
    C MPSC sungaicontoh Majlis Perbandaran Sungai Contoh / Sungai Contoh Municipal Council
    C MBAT arahtimur Majlis Bandaraya Arah Timur / East Heading City Council
    C MDK daerahkabus Majlis Daerah Kabus / Mist District Council
S NTL negerilama Negeri Teladan Lama / State of Old Model
    C MPTP telukpayung Majlis Perbandaran Teluk Payung / Umbrella Bay Municipal Council
    C MDB bukitsenyum Majlis Daerah Bukit Senyum / Smile Hill District Council
    C MDR ranting Majlis Daerah Ranting / Twig District Council
"""

_ASIDE = (
    Body(
        "JPR",
        OrganisationKind.DEPARTMENT,
        "Jabatan Payung Hujan",
        "Department of Rain Umbrellas",
        "payunghujan",
        "KPTT",
        OrganisationStatus.MERGED,
        "JPG",
    ),
    Body(
        "PLK",
        OrganisationKind.AGENCY,
        "Pusat Lawak Kebangsaan",
        "National Centre for Wit",
        "pusatlawak",
        "KCJ",
        OrganisationStatus.DISSOLVED,
    ),
    Body(
        "PST",
        OrganisationKind.AGENCY,
        "Pusat Serbaneka Terpinggir",
        "Centre for the Overlooked",
        "serbaneka",
    ),
)
"""What does not fit the register: merged, dissolved, or under nobody that is known."""

FORMER_NAMES = (
    # Short name, former name in either language, changed how many days ago.
    ("KGR", "Kementerian Pagar dan Kejiranan", "Ministry of Fences and Neighbours", 150),
    ("LMU", "Lembaga Irama Lif", "Board of Lift Rhythms", 700),
)

OTHER_NAMES = (
    ("KCT", "Kem. Contoh & Teladan"),
    ("KCB", "MOFW"),
    ("NCB", "Kerajaan Negeri Contoh Baharu"),
)


def bodies() -> Iterator[Body]:
    """Yield every organisation, each parent before what is under it."""
    above = ""
    for line in _REGISTER.strip().splitlines():
        letter, short, slug, names = line.split(maxsplit=3)
        in_malay, in_english = names.split(" / ")
        under = above if line.startswith(" ") else None
        above = above if under else short
        yield Body(short, _KINDS[letter], in_malay, in_english, slug, under)
    yield from _ASIDE
