-- with: clock, settled, settled as wanted, piece
-- From opening to settled for good, without the time between resolved and reopened.
SELECT settled.source, settled.case_id, settled.instant,
       CASE WHEN COUNT(*) FILTER (WHERE piece.runs AND piece.next_passed - piece.passed IS NULL) = 0
            THEN COALESCE(SUM(piece.next_passed - piece.passed) FILTER (WHERE piece.runs), 0) / 6e7 END AS value,
       ANY_VALUE(piece.opened) AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM settled JOIN piece ON piece.case_id = settled.case_id AND piece.instant <= settled.instant
WHERE settled.instant >= $first AND settled.instant < $last
GROUP BY settled.source, settled.case_id, settled.instant
