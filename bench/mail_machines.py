"""Which machine wrote a mail, over the real mails beside the project: `python -m bench.mail_machines`.

A table of its own: there is nothing to be faster than. `--unknown` names the reports that were not read as such.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from time import perf_counter

import django

from bench.mail_corpora import FOLDER

FOLDERS = ("mail-bounces/maildir/bsd", "mail-bounces/maildir/err", "mail-bounces/maildir/not", "mail-replies")
FOLDERS += ("mail-python-stdlib",)


def main(arguments: Sequence[str]) -> None:
    """Print a line a folder."""
    if not FOLDER.is_dir():
        print("The collections are not beside the project.")
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tantam.desk.settings")
    django.setup()
    from tantam.desk.channels.email.machine import Machine
    from tantam.desk.channels.email.reading import read

    print("| folder | mails |", " | ".join(each.value for each in Machine), "| whom | which | mails a second |")
    print("|---|--:|", "|".join("--:" for _ in Machine), "|--:|--:|--:|", sep="")
    for name in FOLDERS:
        files = [each for each in sorted((FOLDER.parent / name).rglob("*")) if each.is_file()]
        begun = perf_counter()
        mails = [read(each.read_bytes()) for each in files]
        speed = len(files) / (perf_counter() - begun)
        counts = Counter(each.machine for each in mails)
        bounces = [each.bounce for each in mails if each.bounce]
        whom, which = sum(bool(each.recipients) for each in bounces), sum(bool(each.message_id) for each in bounces)
        shown = " | ".join(str(counts[each] or "–") for each in Machine)
        print(f"| {name} | {len(files)} | {shown} | {whom}/{len(bounces)} | {which}/{len(bounces)} | {speed:.0f} |")
        if "--unknown" in arguments:
            print(*(f"  {file.name}: {mail.machine}" for file, mail in zip(files, mails) if not mail.bounce), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
