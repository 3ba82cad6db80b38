"""How fast vouchers are drawn on A4 in a child process: `python -m tests.bench.vouchers [vouchers]`.

Beside it a window's clock ticks: how late it is while the child draws, and how late without it. Seconds and
memory are the child's own.
"""

import os
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from loyalty_pos.app.papers import VoucherPaper
from loyalty_pos.domain.identifiers import code_from_bits, discount_barcode
from loyalty_pos.press import sheet_command, write_sheet_request

TICK_MS = 4
NAMES = ("سارا", "مریم", "علی", "رضا", "نگار", "آرش", "لیلا", "کاوه", "پریسا", "بهرام")
FAMILIES = ("م.", "ر.", "ا.", "ک.", "ن.", "ص.", "ج.", "ح.", "ب.", "ش.")
ONE = VoucherPaper(
    language="fa",
    shop_name="کافه فیروزه",
    for_text="",
    value_text="٪۲۰ تخفیف",
    condition_text="۲۰٪ تخفیف روی همه‌ی نوشیدنی‌ها، برای خرید از ۲۰۰ هزار تومان به بالا.",
    barcode="",
    code_text="",
    expiry_text="تا ۲۹ اسفند ۱۴۰۵",
    terms=("برای یک بار استفاده. به پول تبدیل نمی‌شود.",),
)


def vouchers(count: int) -> list[VoucherPaper]:
    """Make vouchers for named people, each with a code of its own."""
    found = []
    for number in range(count):
        bits = number * 0x9E3779B97F4A7C15 % 2**80
        whose = f"هدیه‌ای برای {NAMES[number % 10]} {FAMILIES[number // 10 % 10]}"
        found.append(
            replace(ONE, for_text=whose, barcode=discount_barcode(bits), code_text=code_from_bits(bits))
        )
    return found


def child(count: int, folder: Path) -> tuple[float, float, int]:
    """Draw so many in a child; return its CPU seconds, its wall seconds and the file's size."""
    source, target = folder / "request.jsonl", folder / "sheet.pdf"
    write_sheet_request(source, vouchers(count), "صفحه‌ی {page} از {pages}")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(sheet_command(source, target), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, perf_counter() - began, target.stat().st_size


def peak_kb(count: int, folder: Path) -> int:
    """Measure the most memory a child ever held."""
    source, target = folder / "request.jsonl", folder / "sheet.pdf"
    write_sheet_request(source, vouchers(count), "{page}/{pages}")
    process = subprocess.Popen(sheet_command(source, target))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss


def late_ms(count: int, folder: Path, seconds: float) -> list[float]:
    """Tick in a window for some seconds, while a child draws if `count`; return how late it was, sorted."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication.instance() or QApplication(sys.argv[:1])
    label = QLabel("0")
    label.show()
    source, target = folder / "request.jsonl", folder / "sheet.pdf"
    write_sheet_request(source, vouchers(count), "{page}/{pages}")
    process = subprocess.Popen(sheet_command(source, target)) if count else None
    late: list[float] = []
    end = perf_counter() + seconds
    due = perf_counter() + TICK_MS / 1000
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)

    def tick() -> None:
        nonlocal due
        now = perf_counter()
        late.append(max(0.0, (now - due) * 1000))
        due = now + TICK_MS / 1000
        label.setText(str(len(late)))
        if now > end or (process is not None and process.poll() is not None):
            app.exit()

    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    app.exec()
    if process is not None:
        process.wait()
    return sorted(late)


def main(count: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        start = min(child(8, folder)[0] for _ in range(3))
        spent, wall, size = min(child(count, folder) for _ in range(3))
        few, many = peak_kb(80, folder), peak_kb(count, folder)
        print(f"start of the child   {start:8.2f} s of its own time")
        print(
            f"{count:,} vouchers      {spent:8.2f} s of its own time, {wall:.2f} on the wall, {size:,} bytes"
        )
        print(f"vouchers a second    {count / max(spent - start, 1e-9):8,.0f}")
        print(f"memory of each       {(many - few) / (count - 80):8.2f} kB at the peak")
        for said, drawn in (("alone", 0), ("beside the child", count)):
            late = late_ms(drawn, folder, max(3.0, wall))
            middle, far = late[len(late) // 2], late[len(late) * 99 // 100]
            print(f"ticks late           {middle:8.2f} ms p50, {far:.2f} ms p99 {said}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
