"""How soon the agents' screen is there, and how soon a key shows; each beside its yardstick.

    python -m tests.benchmarks.bench_screen first-paint [--rounds 15]
    python -m tests.benchmarks.bench_screen key-to-screen [--rounds 3] [--folder DIR]
    python -m tests.benchmarks.bench_screen help [--rounds 20]

Compile the bytecode before (`python -m compileall -q bok_tui db reports .venv`): without it every
figure is several times too large. Programs take turns, so that a busy machine slows all alike;
the ratio of the medians is the figure to look at. `--folder` holds a demo made by `bok demo`;
without it one is made in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

from tests.tui.terminal import PATIENCE, ROOT, Terminal

WORDS = ("kowalczyk", "lipowa 12", "nowak anna", "81234567")
SIZE = (140, 40)
LABELS = ("min", "p50", "p95", "max")
HELLO = """
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
@app.command()
def hello() -> None:
    'Say hello.'
app()
"""


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def report(name: str, seconds: Sequence[float]) -> None:
    """Print one line of figures in milliseconds."""
    figures = [min(seconds), statistics.median(seconds), quantile(seconds, 0.95), max(seconds)]
    shown = "  ".join(f"{label} {value * 1000:7.1f}" for label, value in zip(LABELS, figures, strict=True))
    print(f"{name:<34} n={len(seconds):<4} {shown} ms", flush=True)


def taking_turns(rounds: int, tasks: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Run each task once a round, after one round that is thrown away."""
    results: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(rounds + 1):
        for name, task in tasks.items():
            seconds = task()
            if turn:
                results[name].append(seconds)
    return results


def compare(results: dict[str, list[float]], ours: str, yardstick: str) -> None:
    """Print all figures and the ratio of ours to the yardstick."""
    for name, seconds in results.items():
        report(name, seconds)
    medians = statistics.median(results[ours]) / statistics.median(results[yardstick])
    best = min(results[ours]) / min(results[yardstick])
    print(f"{ours} : {yardstick} = {medians:.2f} (medians), {best:.2f} (best)")


def demo_folder(given: str | None) -> str:
    """Return the home of a demo, made now unless it is given."""
    if given:
        return given
    from db.sample.demo import demo_settings, prepare_demo
    from db.settings import load_settings

    folder = tempfile.mkdtemp(prefix="bok-bench-")
    settings = load_settings({"BOK_HOME": folder})
    prepare_demo(settings)
    return str(demo_settings(settings).folders.data.parent)


def first_paint(rounds: int, folder: str) -> None:
    """From starting the process to the first screen with something on it."""

    def until(words: bytes, *program: str) -> Callable[[], float]:
        def run() -> float:
            start = time.perf_counter()
            with Terminal("-m", "tests.benchmarks.desk_program", *program, size=SIZE) as terminal:
                terminal.until(lambda it: words in it.raw)
                return time.perf_counter() - start

        return run

    results = taking_turns(
        rounds,
        {
            "agents' screen": until(b"Szukaj", "ours", folder),
            "bare Input + DataTable": until(b"EADY", "bare"),
        },
    )
    compare(results, "agents' screen", "bare Input + DataTable")


def key_times(terminal: Terminal, prompt: str) -> tuple[list[float], int]:
    """Type the words key by key; return the seconds to the first change, and the bytes written.

    The first bytes are the letter's in the line; what the terminal shows is drawn and looked at
    when the time is taken, for drawing takes longer than the program.
    """
    seconds: list[float] = []
    before = len(terminal.raw)
    for word in WORDS:
        typed = ""
        for key in word:
            typed += key
            start = time.perf_counter()
            terminal.send(key)
            terminal.read(PATIENCE)
            seconds.append(time.perf_counter() - start)
            terminal.until_shown(prompt + typed)
            while terminal.read(0.06):
                pass
        terminal.send("\x15")
        while terminal.read(0.2):
            pass
    return seconds, len(terminal.raw) - before


def results_shown(terminal: Terminal, words: Sequence[str]) -> list[float]:
    """Type the words key by key; return the seconds until the last byte that a key caused."""
    seconds: list[float] = []
    for word in words:
        for key in word:
            start = last = time.perf_counter()
            terminal.send(key)
            while terminal.read(0.12):
                last = time.perf_counter()
            seconds.append(last - start)
        terminal.send("\x15")
        while terminal.read(0.3):
            pass
    return seconds


def key_to_screen(rounds: int, folder: str) -> None:
    """From writing a key to the terminal until it stands in the line, and until the list is painted."""
    echoed: list[float] = []
    listed: list[float] = []
    yardstick: list[float] = []
    keys = rounds * sum(map(len, WORDS))
    written = 0
    for _ in range(rounds):
        with Terminal("-m", "tests.benchmarks.desk_program", "ours", folder, size=SIZE) as terminal:
            terminal.until_shown("Do zrobienia")
            while terminal.read(0.5):
                pass
            seconds, count = key_times(terminal, "Szukaj ▸ ")
            echoed += seconds
            written += count
            listed += results_shown(terminal, WORDS)
        with Terminal("-m", "tests.benchmarks.desk_program", "echo", size=SIZE) as terminal:
            terminal.until_shown("READY")
            while terminal.read(0.5):
                pass
            yardstick += results_shown(terminal, WORDS)
    report("key -> in the line", echoed)
    report("key -> list painted (last byte)", listed)
    report("bare Input, key -> last byte", yardstick)
    print(f"bytes a key {written / keys:.0f}")
    print(f"list : bare = {statistics.median(listed) / statistics.median(yardstick):.2f} (medians)")


def help_text(rounds: int) -> None:
    """`bok --help` beside a Typer program of one command without Rich."""

    def run(*command: str) -> Callable[[], float]:
        def once() -> float:
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            return time.perf_counter() - start

        return once

    tasks = {"bok --help": run("-m", "bok_tui", "--help"), "Typer hello --help": run("-c", HELLO, "--help")}
    compare(taking_turns(rounds, tasks), "bok --help", "Typer hello --help")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("first-paint", "key-to-screen", "help"))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--folder", help="home of a demo")
    chosen = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    if chosen.what == "help":
        help_text(chosen.rounds or 20)
    elif chosen.what == "first-paint":
        first_paint(chosen.rounds or 15, demo_folder(chosen.folder))
    else:
        key_to_screen(chosen.rounds or 3, demo_folder(chosen.folder))


if __name__ == "__main__":
    main()
