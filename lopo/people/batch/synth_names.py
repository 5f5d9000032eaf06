"""Names of an invented city in Nusa Tenggara Timur: given names, family names by group, and how they are misspelt.

Source: lists made for this project, no register of people; the shares of the groups are assumptions.
"""

from typing import Final


def _names(text: str) -> tuple[str, ...]:
    """The names of a text, between commas."""
    return tuple(" ".join(name.split()) for name in text.split(","))


MEN: Final = _names("""
Yohanes, Yosef, Petrus, Paulus, Agustinus, Fransiskus, Antonius, Stefanus, Yakobus, Martinus, Markus, Mateus,
Matheos, Melkianus, Melkisedek, Marthen, Marthinus, Simon, Semuel, Samuel, Daud, Daniel, Dominggus, Kornelis, Obed,
Okto, Oktovianus, Yeremias, Yermias, Yusuf, Yunus, Zakarias, Nikodemus, Nimrot, Imanuel, Gerson, Godlief, Ferdinan,
Benyamin, Abraham, Adrianus, Aleksander, Alfonsius, Aloysius, Ambrosius, Andreas, Anderias, Arnoldus, Bernadus,
Blasius, Bonefasius, Damianus, Emanuel, Eduard, Ebenhaiser, Frederik, Frengki, Gaspar, Hendrikus, Hendrik, Herman,
Hironimus, Ignasius, Jefri, Jems, Jhoni, Jitro, Kristoforus, Lambertus, Laurensius, Leonardus, Lukas, Ludovikus,
Maksimus, Metusalak, Mikael, Musa, Nahor, Nikolaus, Pascalis, Pius, Rafael, Robertus, Rudolf, Sebastianus,
Silvester, Soleman, Tarsisius, Thomas, Thobias, Urbanus, Viktor, Vinsensius, Wilhelmus, Yacob, Yafet, Yosua, Yulius,
Yanuarius, Yonatan, Yoseph, Goris, Gregorius, Filmon, Filipus, Esau, Elias, Eliaser, Donatus, Beny, Ande, Nelson,
Ronal, Rian, Alfred, Arman, Ahmad, Muhammad, Abdul, Umar, Ismail
""")
WOMEN: Final = _names("""
Maria, Marselina, Martha, Margaritha, Yohana, Yuliana, Yublina, Yustina, Agustina, Adriana, Aplonia, Angelina,
Antonia, Anastasia, Bernadete, Bendelina, Dorkas, Dortia, Debora, Delila, Dina, Elisabeth, Emilia, Ermelinda, Ester,
Fransiska, Ferderika, Filomena, Florida, Gertrudis, Hermina, Helena, Herlina, Imelda, Irene, Juliana, Katarina,
Kristina, Kristofora, Lusia, Ludia, Lidia, Magdalena, Mariana, Marthina, Margareta, Mariam, Monika, Naomi, Novita,
Oktaviana, Orpa, Paulina, Petronela, Rahel, Regina, Rosalia, Rosalinda, Ruth, Sarlota, Salomi, Sara, Selfina, Serly,
Sofia, Susana, Theresia, Veronika, Viktoria, Welmince, Wilhelmina, Yasinta, Yakoba, Yeni, Yermina, Yovita, Yunita,
Yane, Mince, Mintje, Netty, Nelci, Merry, Santi, Asnat, Adelina, Afliana, Yosefina, Yulita, Ance, Norci, Noni, Desi,
Rambu, Dewi, Siti, Nurhayati, Fatimah, Aisyah
""")
"""Given names, the most frequent first."""

FAMILIES: Final[tuple[tuple[str, int, tuple[str, ...]], ...]] = (
    ("Timor (Atoni Meto)", 26, _names("""
Nope, Banamtuan, Tefa, Taneo, Neno, Nenobais, Nenoliu, Nabunome, Naben, Natun, Nubatonis, Nomleni, Nomnafa,
Nesimnasi, Mella, Oematan, Sonbai, Sanam, Saekoko, Selan, Snae, Tanesib, Tanone, Tamonob, Tapatab, Taopan, Tasoin,
Tameno, Tnunay, Tualaka, Usboko, Usfinit, Ufi, Atolan, Anone, Babu, Bani, Baitanu, Banunaek, Benu, Biaf, Bnani,
Boimau, Fallo, Faot, Feka, Finit, Fuah, Isu, Kabnani, Kase, Kause, Kefi, Kolo, Lakapu, Lake, Lasa, Leu, Liu, Lopo,
Maunino, Meo, Missa, Mnune, Muskanan, Nakmofa, Neolaka, Neonbasu, Neonane, Neonub, Nitbani, Nitsae, Oetpah, Olla,
Sabneno, Sakan, Sila, Silab, Sole, Talan, Tafuli, Timo, Tobe, Tse, Uki, Unbanu, Abi, Ataupah, Bana, Bees, Fafo,
Haumeni, Lenamah, Manbait, Mafo, Naimnanu, Nifu, Obehetan, Sasi, Sesfaot, Tallan, Toh
""")),
    ("Tetun (Belu, Malaka)", 8, _names("""
Seran, Bria, Nahak, Klau, Bere, Berek, Luan, Leki, Mali, Manek, Atok, Asa, Bau, Bouk, Fahik, Fatin, Hale, Halek,
Kehi, Lau, Lelo, Loe, Meak, Moruk, Muti, Rea, Suri, Taek, Tahu, Teti, Koi, Kali, Taolin, Besin, Mau, Un, Usi, Tae,
Mauk, Nana, Kiik, Lorok, Fouk, Tes, Maubuti, Bauk, Bitin
""")),
    ("Rote", 20, _names("""
Manafe, Mooy, Ndolu, Adoe, Amalo, Balukh, Bessie, Bolla, Daepanie, Dano, Dethan, Detaq, Dillak, Fanggidae, Fanggi,
Feoh, Foeh, Giri, Haning, Henukh, Hilli, Ingguoe, Johannes, Kiuk, Koli, Ledoh, Lenggu, Lian, Lidik, Loak, Lona,
Lusi, Malelak, Malole, Mandala, Manu, Mbau, Mbeo, Messakh, Meda, Menoh, Messah, Modok, Mulik, Nale, Nalle, Ndaumanu,
Ndaparoka, Ndoen, Ndun, Nggadas, Nggebu, Ngefak, Nunuhitu, Pah, Pandie, Panie, Pellokila, Pello, Penna, Poy, Saduk,
Sah, Sine, Sinlae, Sinlaeloe, Solukh, Suek, Tallo, Therik, Toelle, Toulasik, Tulle, Tungga, Ully, Zacharias, Thonak,
Tomodok, Bullan, Lay, Medah, Ndoluanak, Baun, Boik, Sodak
""")),
    ("Sabu", 14, _names("""
Riwu, Djami, Radja, Rihi, Rohi, Raga, Kale, Kana, Kadja, Kaho, Kitu, Kore, Lado, Lai, Lede, Lobo, Logo, Ludji, Mone,
Nawa, Nguru, Padja, Pawe, Pita, Rame, Robo, Talo, Tade, Tagi, Thei, Uly, Wadu, Wila, Wenyi, Lomi, Dimu, Dida, Haba,
Hae, Here, Heo, Huru, Huki, Bire, Bunga, Bara, Banni, Biha, Tanya, Ratu, Moni, Gigi, Mangngi, Djara
""")),
    ("Alor", 5, _names("""
Djobo, Plaimo, Laukamang, Mauko, Maro, Atacay, Blegur, Boling, Duka, Ena, Famani, Gomangani, Hinadang, Kamengmai,
Kafolamau, Karbeka, Lanma, Lobang, Maley, Malaikosa, Manilehi, Mautuka, Molina, Pulinggomang, Padafani, Padalani,
Salmau, Tang, Waang, Wabang, Maufani, Sir, Onma, Langko
""")),
    ("Sumba", 3, _names("""
Hambandima, Hamba, Landu, Ngongo, Bulu, Dapa, Dairo, Bili, Bora, Dangga, Deta, Geli, Holo, Kaka, Kalumbang, Loghe,
Malo, Mete, Milla, Ndara, Ngailu, Ngedo, Pati, Praing, Rangga, Tamu, Tarap, Wadda, Njurumana, Umbu, Lomu, Nono,
Mude, Ate, Bolo
""")),
    ("Flores Timur, Lembata (Lamaholot, Kedang)", 6, _names("""
Tukan, Hayon, Hurint, Koten, Kelen, Maran, Kleden, Lamawuran, Lamanepa, Lamatokan, Larantukan, Kedang, Keraf, Beraf,
Bataona, Blikololong, Boli, Bala, Gawi, Ile, Leyn, Liat, Lein, Lolon, Making, Muda, Ola, Open, Ritan, Riberu, Tokan,
Uran, Witak, Wuwur, Wutun, Fernandez, Da Silva, De Rosari, Diaz, Lewar
""")),
    ("Sikka, Ende, Lio", 5, _names("""
Da Gomez, Da Cunha, Da Costa, Da Lopez, Parera, Pareira, Conterius, Goleng, Keytimu, Moa, Raja, Sadipun, Sareng,
Bata, Bapa, Wangge, Mbete, Mite, Ngaga, Nggai, Paru, Rero, Sare, Sega, Seko, Senda, Siga, Wara, Woda, Ndopo, Gaa,
Djou, Tani
""")),
    ("Ngada, Nagekeo", 2, _names("""
Bate, Bei, Bhoki, Dhiu, Dhone, Dopo, Due, Ghae, Jawa, Kila, Lalu, Lina, Loda, Lebe, Menge, Muga, Nago, Ngani, Rato,
Reo, Sae, Sawo, Siwe, Soa, Tena, Wea, Meo, Wago, Nau, Dhae
""")),
    ("Manggarai", 2, _names("""
Jehadun, Jehadu, Jelahu, Jehaman, Jemadu, Janggur, Ganggut, Gagu, Habur, Hambur, Jebarus, Jeramu, Kabur, Madur,
Mbula, Nabit, Nampar, Nancar, Ngambut, Pantur, Sudin, Tagut, Tote, Dula, Deno, Gandut, Hamat, Jehalut, Jelatu,
Nggoro
""")),
    ("Helong / Kupang lama", 1, _names("""
Foenay, Bistolen, Bisilisin, Siktimu, Nisnoni, Lasi, Katu, Tabais, Tiupnesi, Saulina
""")),
    ("Tionghoa-Timor", 1, _names("""
Lie, Tan, Kho, Ang, Tjung, Thio, Go, The, Lauw, Oei, Sanga
""")),
    ("Pendatang (Jawa, Bugis, Batak, Minahasa, Maluku, Bali)", 7, _names("""
Santoso, Wibowo, Setiawan, Susanto, Rahman, Syamsuddin, Daeng Malewa, Abdullah, Hasan, Ibrahim, Siregar, Sihombing,
Simanjuntak, Lumentut, Mandagi, Pattinama, Latumahina, Tuhumury, Sahetapy, Wijaya, Made Suardana
""")),
)  # fmt: skip
"""Groups of people with their share in the city (percent) and their family names."""

VARIANTS: Final[dict[str, tuple[str, ...]]] = {
    "Yohanes": _names("Johanes, Yohanis, Johannes, Yohannes, Yoh, Jhon"),
    "Yosef": _names("Yoseph, Josef, Joseph, Yosep, Yos"),
    "Yakobus": _names("Jakobus, Yakob, Jacobus"),
    "Fransiskus": _names("Fransiscus, Franciskus, Frans"),
    "Antonius": _names("Anthonius, Anton, Toni"),
    "Marthen": _names("Marten, Martin, Marthin"),
    "Semuel": _names("Samuel, Sem, Semy"),
    "Oktovianus": _names("Oktafianus, Octavianus, Okto"),
    "Dominggus": _names("Domingus, Minggus, Domi"),
    "Wilhelmus": _names("Willem, Wilem, Wily"),
    "Margaritha": _names("Margarita, Margareta, Margretha, Ita"),
    "Yohana": _names("Johana, Yohanna, Yohanah"),
    "Marthina": _names("Martina, Marthena, Tina"),
    "Elisabeth": _names("Elisabet, Elizabeth, Elis, Lisbeth"),
    "Katarina": _names("Catarina, Katharina, Rina"),
    "Theresia": _names("Teresia, Tresia, Theresa"),
    "Welmince": _names("Welmintje, Welminje, Mince"),
    "Yuliana": _names("Juliana, Yulian, Yuli"),
    "Djami": _names("Jami"),
    "Djobo": _names("Jobo"),
    "Ndolu": _names("Dolu"),
    "Foenay": _names("Funay"),
    "Toelle": _names("Tule, Tulle"),
    "Riwu": _names("Riwoe"),
    "Radja": _names("Raja"),
    "Ludji": _names("Luji"),
    "Kadja": _names("Kaja"),
    "Messakh": _names("Mesakh, Mesak"),
    "Fanggidae": _names("Fanggidai, Fangidae"),
    "Pellokila": _names("Pelokila, Pellokilla"),
    "Banunaek": _names("Banunaik"),
    "Nubatonis": _names("Nubatonus"),
    "Da Silva": _names("Dasilva"),
    "Da Costa": _names("Dacosta"),
    "Lay": _names("Lai"),
}
"""How a name is also written, or what its bearer is called."""
