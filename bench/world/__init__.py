"""A synthetic country with ground truth: `python -m bench.world --stories 10000 --seed 1`.

Lives are simulated first (`lives.py`), then outlets report on them (`press.py`) and write stories (`prose.py`);
linking and custody are run on the claims and compared with the truth (`truth.py`, `measure.py`). See docs/linking.md.
"""
