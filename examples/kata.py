"""The wording of the made-up workbooks: what a kecamatan does, plans and says, with no figure in it."""

PEMERINTAHAN, PEMBERDAYAAN = "Kasi Pemerintahan", "Kasi Pemberdayaan Masyarakat"
KETENTERAMAN, PELAYANAN = "Kasi Ketenteraman dan Ketertiban Umum", "Kasi Pelayanan Umum"

KEGIATAN = (
    ("Asistensi penatausahaan keuangan di", "Lembar asistensi keuangan", PEMERINTAHAN),
    ("Pemantauan penyaluran Bantuan Langsung Tunai di", "Daftar penerima dan foto penyaluran", PEMBERDAYAAN),
    ("Pembinaan linmas di", "Daftar hadir anggota linmas", KETENTERAMAN),
    ("Sosialisasi persyaratan administrasi kependudukan di", "Daftar hadir dan bahan paparan", PELAYANAN),
    ("Pendampingan penyusunan laporan tahunan di", "Notula pendampingan", PEMERINTAHAN),
    ("Koordinasi penanganan tengkes bersama kader posyandu di", "Notula rapat kader", PEMBERDAYAAN),
    ("Mediasi sengketa batas pekarangan di", "Berita acara mediasi", KETENTERAMAN),
    ("Verifikasi data penerima bantuan sosial di", "Berita acara verifikasi data", PELAYANAN),
    ("Pemeriksaan buku inventaris aset di", "Berita acara pemeriksaan aset", PEMERINTAHAN),
    ("Pelatihan kader pemberdayaan keluarga di", "Daftar hadir dan laporan pelatihan", PEMBERDAYAAN),
    ("Pemetaan rawan longsor dan banjir di", "Peta sketsa dan daftar lokasi", KETENTERAMAN),
    ("Pelayanan perekaman identitas keliling di", "Rekapitulasi perekaman", PELAYANAN),
    ("Fasilitasi musyawarah perencanaan pembangunan di", "Berita acara musyawarah", PEMBERDAYAAN),
    ("Evaluasi kelengkapan profil wilayah di", "Lembar evaluasi profil", PEMERINTAHAN),
    ("Penertiban pedagang di tepi jalan di", "Surat tugas dan foto penertiban", KETENTERAMAN),
    ("Penanganan pengaduan pelayanan air bersih di", "Lembar pengaduan dan jawabannya", PELAYANAN),
    ("Pembinaan kelompok tani dan lumbung pangan di", "Notula pembinaan kelompok", PEMBERDAYAAN),
    ("Pemantauan pemungutan Pajak Bumi dan Bangunan di", "Rekapitulasi setoran pajak", PEMERINTAHAN),
    ("Koordinasi keamanan pemilihan umum di", "Notula rapat pengamanan", KETENTERAMAN),
    ("Pemantauan kebersihan saluran irigasi di", "Lembar pantauan dan foto saluran", PELAYANAN),
)  # fmt: skip
"""What is done in one desa or kelurahan, the evidence of it, and who does it."""

MUSRENBANG = (
    "Penyelenggaraan Musrenbangcam tahun perencanaan 2025",
    "Berita acara kesepakatan Musrenbangcam",
    PEMBERDAYAAN,
)

SASARAN = (
    "Meningkatnya penyelenggaraan pelayanan publik di kecamatan",
    "Meningkatnya akuntabilitas pemerintahan desa",
    "Meningkatnya kepuasan masyarakat terhadap pelayanan kecamatan",
)

PROGRAM = (
    ("7.01.01", "Persentase pemenuhan kebutuhan perkantoran"),
    ("7.01.02", "Persentase pelayanan publik yang terselenggara"),
    ("7.01.03", "Persentase lembaga masyarakat yang dibina"),
    ("7.01.04", "Persentase gangguan ketertiban yang ditangani"),
    ("7.01.06", "Persentase desa yang dibina dan diawasi"),
    ("7.01.05", "Persentase forum koordinasi yang terselenggara"),
)
"""Code and indicator; an office that has only five lacks the last."""

TERLAMBAT = (
    "Terlambat karena sekretaris desa berganti pada bulan Maret",
    "Terlambat karena laporan dikembalikan untuk dilengkapi",
    "Terlambat karena aplikasi tidak dapat dibuka pada akhir Maret",
)
BELUM = (
    "LPPDesa masih dibahas bersama Badan Permusyawaratan Desa",
    "LPPDesa menunggu tanda tangan Penjabat Kepala Desa",
)
BERUBAH = "Pergeseran anggaran pada DPA setelah PK ditandatangani"

STRATEGI = (
    (
        "Menyusun jadwal fasilitasi setiap seksi pada awal bulan",
        "Memeriksa bukti fasilitasi sebelum dicatat",
        "Membahas hasil fasilitasi dalam rapat mingguan",
        "Menunjuk petugas pencatat pada setiap seksi",
    ),
    (
        "Mengirim surat pengingat batas waktu kepada kepala desa",
        "Mencatat tanggal terima dokumen pada hari yang sama",
        "Mengunjungi desa yang dokumennya belum lengkap",
        "Membuka meja konsultasi penyusunan dokumen desa",
    ),
    (
        "Menyediakan lembar survei di ruang pelayanan",
        "Menjawab setiap pengaduan dalam dua hari kerja",
    ),
)
"""For each sasaran."""

TINDAK_LANJUT = (
    "Menyelesaikan fasilitasi yang belum ditindaklanjuti paling lambat akhir Mei 2024",
    "Menagih dokumen desa yang belum disampaikan sampai pertengahan April 2024",
    "Menyesuaikan rencana penarikan dana dengan jadwal kegiatan triwulan II",
    "Mendampingi pembentukan tim penyusun RKPDesa tahun anggaran 2025 pada bulan Juni 2024",
    "Memperbarui daftar petugas pelayanan dan jadwal piketnya pada bulan April 2024",
)

ACARA = (
    ("Kerja bakti", "Warga dan aparatur membersihkan saluran air dan halaman kantor."),
    ("Rapat koordinasi kepala desa", "Kepala desa dan kepala seksi membahas rencana kerja triwulan I."),
    ("Simulasi tanggap bencana", "Relawan berlatih mengarahkan warga ke titik kumpul."),
    ("Gerakan pangan murah", "Warga membeli bahan pokok dengan harga terjangkau di halaman kantor."),
)

SERAPAN = "Sebagian besar kegiatannya dijadwalkan pada triwulan II."
CAPAIAN = (
    "Fasilitasi yang belum ditindaklanjuti menunggu jawaban perangkat daerah.",
    "Sebagian desa menunggu kelengkapan dokumen pendukungnya.",
    "Survei dilakukan kepada pengguna layanan di kantor kecamatan.",
)
"""Why programmes and indicators lag, and how the last one was measured."""

NARASI = {
    "Faktor Pendukung": (
        "Setiap seksi mempunyai jadwal fasilitasi sejak awal tahun.",
        "Desa menerima surat pengingat pada pertengahan Februari.",
    ),
    "Hambatan": (
        "Pemilihan umum pada bulan Februari menyita waktu aparatur.",
        "Cuaca ekstrem menunda sebagian kunjungan ke desa.",
    ),
    "Simpulan": (
        "Sisa rencana tahun 2024 dilaksanakan pada triwulan berikutnya.",
        "Dokumen desa yang belum jatuh tempo dilaporkan pada triwulan berikutnya.",
    ),
}
