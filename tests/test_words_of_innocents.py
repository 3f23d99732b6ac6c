"""Lawful sellers, papers, patients and offices in the words of pill shops: none of them is accused, none promotes anybody."""

from __future__ import annotations

import pytest

from pharmcheck.model import Verdict
from tests.sites import report

INNOCENT = [
    pytest.param(
        "https://fernleafclinic.example/how",
        """Fernleaf Online Clinic
Do I have to speak to anyone?
No. You never have to talk to a doctor: a prescriber reads your form and decides.
No appointment, no waiting room, no GP visit.
Sildenafil 50 mg, 4 tablets £14, 8 tablets £24. Get started
Plain mailer by Royal Mail. We tell your GP if you agree.""",
        id="clinic-by-form",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Buying medicine in Mexico: what travellers should know
Our family lived in Mérida for a year. Many medicines that need a prescription at home are sold there without a prescription.
What we paid at the corner farmacia:
Amoxicillin 500 mg, 12 capsules – $4
Ozempic 1 mg pen – $190
Metformin 850 mg, 30 tablets – $3
Prices change from town to town. Customs may ask for a letter from your doctor when you fly home.""",
        id="travel-blog-mexico",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """How much do weight-loss pens cost in Europe?
Our reporters compared prices in five capitals.
Ozempic 1 mg
Berlin €90
Lisbon €120
Mounjaro 5 mg
Berlin €260
Lisbon €290
In none of the five cities did a pharmacy hand them over without a prescription. On Telegram, sellers promised: no questions, no doctor, no BMI check.""",
        id="news-price-table",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Sildenafil 50 mg from the pharmacist
Viagra Connect 50 mg 4 tablets £19.99
Viagra Connect 50 mg 8 tablets £34.99
Add to basket
No prescription needed: our pharmacist checks your answers before we dispense.
Mainstreet Chemist, Leeds, superintendent Anna Test, GPhC 1099999""",
        id="uk-pharmacist-sildenafil",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Sore throat? Come in.
Under Pharmacy First our pharmacists can supply phenoxymethylpenicillin or nitrofurantoin where suitable.
No GP appointment, no prescription needed, and it is free on the NHS.
Private price without NHS: nitrofurantoin £18, phenoxymethylpenicillin £16.
Registered pharmacy 1088888.""",
        id="pharmacy-first",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Weight loss pens, prescribed by our clinicians
Mounjaro 2.5 mg £149
Wegovy 0.25 mg £159
No GP visit and no waiting room: fill in the questionnaire, send two photos and a video of you on the scales.
A pharmacist independent prescriber checks your BMI and your medical history, and we write to your GP.
You never have to speak to a receptionist. If the pen is not right for you we refund you.""",
        id="telehealth",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Linden-Apotheke Versand
Ibuprofen 400 mg 20 St. 3,99 €
Ramipril 5 mg 100 St. 13,20 €
Metformin 850 mg 180 St. 15,40 €
Viele Mittel gibt es ohne Rezept und ohne Arztbesuch. Für Ramipril und Metformin senden Sie uns bitte das Rezept.
Newsletter: 10 % Rabatt auf rezeptfreie Produkte. Bezahlung per Überweisung oder PayPal.""",
        id="de-mail-order",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Pharmacie des Tilleuls, vente en ligne
Doliprane 1000 mg 8 comprimés 2,18 €
Nurofen 400 mg 12 comprimés 3,90 €
Médicaments sans ordonnance livrés sous pli neutre en 48 h. Sans rendez-vous ni ordonnance, nos pharmaciens vaccinent aussi.
Les antibiotiques et la pilule Leeloo ne sont délivrés que sur ordonnance.""",
        id="fr-otc",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Blitz dei NAS: vendevano Ozempic senza visita né ricetta
Il gruppo offriva penne a 180 euro. Nessuno controllava il peso, niente esami.
Ozempic 1 mg 180 €
Saxenda 3 penne 210 €
Mounjaro 5 mg 320 €
Le penne erano dichiarate come cosmetici, spiegano i carabinieri.""",
        id="it-news",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Re: zopiclone shortage
My doctor refused again. No questions asked at the walk-in, no exam, nothing, just a leaflet.
We have diazepam for our son's seizures; the nurse told us 5 mg.
Anyone paid 45 euros for Circadin? Cost me 38 euro at the chemist.""",
        id="forum",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Pressed pills warning
Percs, xans and M30s sold on Snap in Leeds contain nitazenes. Dealers write: no questions, dm the dose on Snapchat.
If you use, do not use alone. Carry naloxone. We check your pills, no papers and no police.""",
        id="harm-reduction",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """City Labs: blood tests without a doctor
No referral, no doctor, no appointment: walk in. Testosterone £29, HbA1c £25, levothyroxine monitoring £35.
Results by e-mail. We sell no medicines.""",
        id="lab",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Happy Paws Vet Shop
Frontline 3 pipettes £18 add to basket
Metacam 32 ml £15 add to basket
Cephalexin 500 mg 30 tablets £22 add to basket
No prescription needed for flea treatments. Metacam and cephalexin need a prescription from your vet: upload it at the checkout.""",
        id="vet",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Medicines by post: advice of the customs office
Parcels are sometimes declared as gifts or cosmetics. Viagra, Kamagra and Xanax are seized every day.
If a seller offers to send your order once more if it is stopped, report him. The box is labelled as spare parts? Do not open it.""",
        id="customs-office",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Liliom Patika
Vény nélkül kapható szerek: Algopyrin 500 mg 1 290 Ft, kosárba. Recept nélkül, orvos nélkül is segít gyógyszerészünk megfázásra.
Vényköteles gyógyszert (Xanax, Rivotril) csak vényre, személyesen adunk ki.""",
        id="hungarian-lawful",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Umut Eczanesi
Parol 500 mg 45 TL, Calpol 60 TL. Reçetesiz satılan ilaçlar için eczacımıza danışın.
Xanax, Lyrica ve Contramal yeşil veya kırmızı reçeteye tabidir; reçete yok, ilaç yok.""",
        id="tr-lawful",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Φαρμακείο Ελιά
Depon 500 mg 2,10 €, Ponstan 3,40 €. Χωρίς συνταγή μόνο τα ΜΗΣΥΦΑ. Ozempic 1 mg 105 € μόνο με συνταγή γιατρού.
Δεν ζητάμε ραντεβού για εμβόλιο.""",
        id="el-lawful",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Versandapotheken im Test: die besten Online-Apotheken ohne Rezeptbestellung
1. Lindenblatt-Versand – Note 1,8
2. Apo Seestern – Note 2,1
3. Medikram – Note 2,4
Getestet wurden rezeptfreie Mittel: Nasenspray, Ibuprofen, Vitamin D.""",
        id="consumer-test-ranking",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """The worst online pharmacies without prescription that we reported
1. Quickpillo – 1.2
2. Rxzumbo – 1.4
3. Meddango – 2.0
All three sold tramadol and antibiotics without asking anything. Do not buy there.""",
        id="warn-ranking",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Patients' rights in Spain
Sin receta, sin médico y sin preguntas: así venden. Los precios: Ozempic 180 euros, Diazepam 30 euros.
La AEMPS recuerda que sin receta ni médico no hay tratamiento seguro.""",
        id="lecture-list",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Our shipping: every parcel is marked as fragile; the box carries our logo and the words skin care. We sell creams, tretinoin 0.05 % on prescription only (upload it) $25.""",
        id="spare-labels",
    ),
    pytest.param(
        "https://town-pages.example/page",
        """Apotek Solrosen
Vi säljer receptfria läkemedel. Alvedon 500 mg 20 st 35 kr. Läkemedel på recept, till exempel Ozempic 1 mg 1 250 kr, hämtar du med e-recept.
Inga frågor är dumma: ingen remiss och inget läkarbesök behövs för rådgivning. Vi samarbetar med välrenommerade tillverkare i Indien.""",
        id="small-pharm-wire",
    ),
    pytest.param(
        "https://prairiemail.example/catalog",
        """<html><body><h1>Generic prescriptions by mail</h1><div>Amoxicillin 500mg x 21 <b>$9.50</b> <a href="?add=1">Add</a></div><div>Sertraline 50mg x 90 <b>$14.10</b> <a href="?add=2">Add</a></div><div>Metformin 500mg x 180 <b>$11</b> <a href="?add=3">Add</a></div><div>Lisinopril 10mg x 90 <b>$9</b> <a href="?add=4">Add</a></div><p>All our medicines need a prescription. We ask your doctor for it, or you upload it. Our generics are made in FDA-inspected plants. We post to all 50 states. Free vitamins with every order over $50.</p></body></html>""",
        id="us-mail-order",
    ),
    pytest.param(
        "https://clearskinclinic.example/tretinoin",
        """Tretinoin 0.05 % £24, isotretinoin is not offered online.
Tell us your dose on WhatsApp? No: please use the secure form, a prescriber reads every message.
We do not ask about your weight. A blood test is needed before some tablets.
Pay by card, or just bank transfer.""",
        id="uk-clinic-chat",
    ),
    pytest.param(
        "https://farmaciadelolmo.example/",
        """Farmacia del Olmo
Ibuprofeno 400 mg 20 comprimidos 2,50 €
Paracetamol 1 g 40 comprimidos 2,90 €
Añadir al carrito
Sin receta y sin consulta puede comprar aquí productos para el resfriado. Los medicamentos con receta (Lexatin, Orfidal, Augmentine) solo en mostrador y con receta.
Envío en paquete discreto en 24 h. No pedimos análisis para comprar vitaminas.""",
        id="es-farmacia",
    ),
    pytest.param(
        "https://farmaciadeltiglio.example/",
        """Farmacia del Tiglio
Tachipirina 1000 mg 16 compresse 7,20 € Aggiungi al carrello
Moment 200 mg 6,10 € Aggiungi al carrello
Vendiamo online solo medicinali senza obbligo di ricetta, con logo ministeriale. Non chiediamo esami né documenti per i tamponi.
Antibiotici e ansiolitici: solo in farmacia con ricetta.""",
        id="it-farmacia",
    ),
    pytest.param(
        "https://aptekapodlipa.example/",
        """Apteka Pod Lipą
Apap 500 mg 24 tabl. 12,99 zł do koszyka
Ibuprom 200 mg 50 tabl. 19,99 zł do koszyka
Sprzedajemy leki bez recepty. Leki na receptę (Xanax, Tramal, antybiotyki) rezerwujesz online, odbierasz z e-receptą.
Bez pytań i bez formalności zwrot w 14 dni dla kosmetyków.""",
        id="pl-apteka",
    ),
    pytest.param(
        "https://apteka-lipa.example/",
        """Аптека Липа
Нурофен 200 мг 20 таб. 320 рублей в корзину
Парацетамол 500 мг 20 таб. 45 рублей в корзину
Амоксициллин 500 мг 16 таб. 210 рублей, отпуск по рецепту, бронирование
Часть препаратов продаётся без рецепта. Без врача и без анализов лечиться антибиотиками опасно.""",
        id="ru-apteka",
    ),
    pytest.param(
        "https://koivuapteekki.example/",
        """Koivun apteekki
Burana 400 mg 6,90 € Lisää ostoskoriin
Panadol 500 mg 5,20 € Lisää ostoskoriin
Ilman reseptiä saat itsehoitolääkkeet. Xanor, Tramal ja Lyrica vain reseptillä. Emme kysy terveystietoja tavallisissa ostoksissa.""",
        id="fi-apteekki",
    ),
    pytest.param(
        "https://lekarenlipa.example/",
        """Lekáreň Lipa
Paralen 500 mg 3,20 € Pridať do košíka
Ibalgin 400 mg 4,80 € Pridať do košíka
Lieky na predpis (Neurol, Tramal, Lyrica) u nás len osobne. Bez predpisu a bez čakania: vitamíny, čaje.""",
        id="sk-lekaren",
    ),
    pytest.param(
        "https://apteka-lipa-bg.example/",
        """Аптека Липа
Нурофен 200 мг 9 лв. добави в количката
Парацетамол 500 мг 3 лв. добави в количката
Лекарства с рецепта (Ксанакс, Трамадол, антибиотици) само на място. Без рецепта и без преглед: витамини, чайове, пластири.""",
        id="bg-apteka",
    ),
    pytest.param(
        "https://safepills.example/",
        """Abortion pills by mail: your options in law
In states where it is legal, a clinician reviews your form and mifepristone with misoprostol is mailed. Cost: 150 dollars, less if you cannot pay.
Nobody checks your immigration status. You will be asked about age, weeks and health.
If customs stop the packet, write to the help line.""",
        id="hr-org",
    ),
    pytest.param(
        "https://stadskrant.example/pillen",
        """Slaappillen via Telegram: geen vragen, geen recept
Onze verslaggever bestelde oxazepam. De verkoper vroeg niets: geen arts, geen recept, alleen een tikkie van 40 euro.
De envelop was omschreven als kantoorartikelen. De politie onderzoekt de zaak.""",
        id="news-nl",
    ),
    pytest.param(
        "https://abendpost.example/abnehmspritze",
        """Abnehmspritzen im Netz: Was Käufer erzählen
Ozempic 1 mg kostet in der Apotheke 90 Euro. Auf Instagram verlangte eine Händlerin 280 Euro.
Kein Arzt, kein Rezept, keine Fragen – so beschreibt es Petra K., 41. Das Paket war als Kosmetik deklariert.
Ärzte warnen vor gefälschten Pens.""",
        id="news-de",
    ),
    pytest.param(
        "https://lequotidiendici.example/sante",
        """Sur Snapchat, du Rivotril sans ordonnance ni questions
Dix comprimés pour 40 euros, livrés sous pli neutre : notre journaliste a commandé. Aucun médecin, aucun examen.
« Envoie ta dose sur Snap », écrit le vendeur. Le parquet a ouvert une enquête.""",
        id="news-fr",
    ),
    pytest.param(
        "https://diabetes-verein.example/reise",
        """Reisen mit Insulin und Ozempic
Nehmen Sie ein Attest mit. Ohne Attest und ohne Rezept kann der Zoll die Pens einziehen. Eingezogene Sendungen werden nicht ersetzt.
Ozempic 1 mg kostet in der Türkei etwa 4.500 TL, in Ägypten weniger.""",
        id="patient",
    ),
    pytest.param(
        "https://apo-vergleich.example/",
        """Die 3 günstigsten Versandapotheken für Kassenrezepte und Mittel ohne Rezept
1. Lindwurm – 9,1/10 – schnelle Lieferung
2. Adler am Tor – 8,7/10 – gute Beratung zu Antibiotika
3. Rosen-Versand – 8,5/10 – E-Rezept per App
Alle drei stehen im Versandhandels-Register.""",
        id="de-ranking",
    ),
    pytest.param(
        "https://cosmo-outlet.example/",
        """We declare every parcel as cosmetics, because we sell cosmetics. Serum 30 ml $12 quick add. Retinol cream $15 quick add. No paperwork, no questions: 30 days return.""",
        id="shop-creams",
    ),
    pytest.param(
        "https://handbook.example/telemedicine",
        """Asynchronous telemedicine
A doctor signs prescriptions after reading a form and often never meets the patient. Critics say a doctor signs without seeing anyone. Sildenafil, finasteride and semaglutide are the usual products; a month of sildenafil costs 20 to 90 dollars.""",
        id="wiki",
    ),
    pytest.param(
        "https://banksiachemist.example/",
        """Banksia Chemist Warehouse
Stilnox 10mg 14 tablets $15.99 Script required Add to cart
Valium 5mg 50 tablets $9.99 Script required Add to cart
Nurofen 200mg 24 tablets $7.49 Add to cart
Post us your script after ordering. Delivery to any address in Australia.""",
        id="au-chemist",
    ),
    pytest.param(
        "https://sakura-clinic.example/ed",
        """さくらクリニック ED外来
シルデナフィル50mg 1錠 900円、タダラフィル20mg 1錠 1,500円。
初診は対面またはオンライン診療です。採血は不要ですが、診察は必要です。処方箋はクリニックで発行します。
お支払い：現金、カード。""",
        id="ja-clinic",
    ),
    pytest.param(
        "https://aojiru.example/",
        """青汁 30包 2,480円 カートに入れる
亜鉛 60粒 1,980円 カートに入れる
ワルファリンを服用中の方は医師にご相談ください。健康食品ですので処方箋も診察も不要です。""",
        id="ja-supp",
    ),
]


@pytest.mark.parametrize(("url", "text"), INNOCENT)
def test_their_words_accuse_nobody(url: str, text: str) -> None:
    """What they say of prescriptions, prices, parcels and messengers is lawful, told of others, or denied."""
    html = text if text.startswith("<") else "".join(f"<p>{line}</p>" for line in text.split("\n"))
    found = report(html, url)
    assert found.verdict not in (Verdict.SUSPICIOUS, Verdict.ROGUE)
    assert not found.promoted
