"""The same person records given to splink on DuckDB, for comparison. Not a dependency: measured only where installed.

Splink 5 (Fellegi and Sunter's model, parameters by expectation maximisation, no training data). It gets what linking
gets of each mention: given names, family name, year of birth reckoned from the age, role, town, and year of the
report. It is set up as its documentation advises for people; thresholds are not chosen for it: several are shown.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from typing import Any

from bench.world.harness import View
from bench.world.measure import compare
from bench.world.truth import Truth
from khronika.text.edtf import bounds
from khronika.text.names import given, surname

THRESHOLDS = (0.5, 0.9, 0.99, 0.999)


def measure(view: View, truth: Truth) -> dict[str, Any] | None:
    """Quality at each threshold, and seconds; None where splink is not installed."""
    try:
        import duckdb
        import splink
    except ImportError:
        return None
    rows = records(view)
    began = time.process_time()
    clusters = _clusters(duckdb, rows)
    took = time.process_time() - began
    keys = [(r["document"], r["name"]) for r in rows]
    found = {}
    for threshold, cluster in clusters.items():
        items = ((truth.people[key], cluster.get(i, i)) for i, key in enumerate(keys) if key in truth.people)
        found[str(threshold)] = compare(items).to_json()
    return {"version": splink.__version__, "records": len(rows), "seconds": round(took, 2), "thresholds": found}


def records(view: View) -> list[dict[str, Any]]:
    """One record for each mention of a person."""
    documents = {d.id: d for d in view.documents()}
    towns: dict[tuple[str, str], str] = {}
    for claim in view.claims():
        for name in (*claim.targets, *claim.actors):
            if claim.place:
                towns.setdefault((claim.document, name), claim.place[0].casefold())
    rows: list[dict[str, Any]] = []
    for mention in view.mentions():
        if mention.label != "person":
            continue
        document = documents[mention.document]
        day = bounds(document.known_from)[0] if document.known_from else None
        age = next((int(h) for h in mention.hints if h.isdigit()), None)
        town = towns.get((mention.document, mention.name)) or (document.dateline or "").casefold() or None
        rows.append(
            {
                "unique_id": len(rows),
                "document": mention.document,
                "name": mention.name,
                "given": given(mention.name) or None,
                "surname": surname(mention.name) or None,
                "born": day.year - age if day and age else None,
                "role": next((h for h in mention.hints if not h.isdigit()), None),
                "town": town,
                "told": day.year if day else None,
            }
        )
    return rows


def _clusters(duckdb: Any, rows: list[dict[str, Any]]) -> dict[float, dict[int, int]]:  # noqa: ANN401
    """Threshold → record → cluster."""
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    connection = duckdb.connect(":memory:")
    connection.execute("SET threads TO 1")
    texts = "given VARCHAR, surname VARCHAR, role VARCHAR, town VARCHAR"
    connection.execute(f"CREATE TABLE person (unique_id BIGINT, born INT, told INT, {texts})")
    columns = ("unique_id", "born", "told", "given", "surname", "role", "town")
    connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", [[r[c] for c in columns] for r in rows])
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.95, 0.88, 0.75]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("surname", [0.95, 0.88, 0.75]).configure(term_frequency_adjustments=True),
            cl.CustomComparison(
                output_column_name="born",
                comparison_levels=[
                    cll.NullLevel("born"),
                    cll.ExactMatchLevel("born"),
                    cll.AbsoluteDifferenceLevel("born", 2),
                    cll.ElseLevel(),
                ],
            ),
            cl.ExactMatch("role"),
            cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("surname"),
            block_on("substr(given, 1, 3)", "substr(surname, 1, 3)"),
            block_on("given", "town"),
        ],
    )
    api = DuckDBAPI(connection)
    linker = Linker(api.register("person"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "surname", "town"), block_on("given", "surname", "born")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("surname", "given"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("town", "role"))
    predictions = linker.inference.predict(threshold_match_probability=min(THRESHOLDS))
    out: dict[float, dict[int, int]] = defaultdict(dict)
    for threshold in THRESHOLDS:
        clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, threshold)
        table = clustered.physical_name
        for unique_id, cluster in connection.execute(f"SELECT unique_id, cluster_id FROM {table}").fetchall():
            out[threshold][unique_id] = cluster
    return out
