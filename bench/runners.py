"""5,000 results in sixteen names of eight scripts, as cells to be printed."""

import random

Cells = tuple[str, ...]

ROWS = 5_000
NAMES = (
    "Łukasz Wiśniewski",
    "Begoña Ibáñez Muñoz",
    "Đorđe Živković",
    "İpek Yıldırım",
    "李小龍",
    "王 秀英",
    "محمد صلاح",
    "فاطمة الزهراء",
    "Αλέξανδρος Παπαδόπουλος",
    "Иван Петров",
    "Siobhán O’Brien",
    "Nguyễn Văn Đức",
    "שרה כהן",
    "John Taylor",
    "Émile Lefèvre",
    "Þóra Jónsdóttir",
)
HEADS = ("Rank", "Bib", "Name", "Nat", "Cat", "Cat rank", "Gun", "Chip", "Gap")
RIGHT = frozenset({0, 1, 5, 6, 7, 8})


def rows(seed: int = 11) -> list[Cells]:
    made: list[Cells] = []
    chance, chip = random.Random(seed), 1_680_000
    for rank in range(1, ROWS + 1):
        gun, gap = _clock(chip + chance.randrange(90_000)), "+" + _clock(chip - 1_680_000)
        bib, name = str(chance.randrange(1, 9_999)), chance.choice(NAMES)
        made.append((str(rank), bib, name, "NOR", "M40", str(1 + rank // 10), gun, _clock(chip), gap))
        chip += chance.randrange(1_100)
    return made


def _clock(ms: int) -> str:
    seconds, rest = divmod(ms, 1_000)
    return f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest // 100}"
