-- with: clock, settled, settled as wanted, piece
-- From opening to settled for good, without the time between resolved and reopened; settled at once, it took nothing.
WITH early AS (
    SELECT settled.source, settled.case_id, settled.instant, piece.opened,
           CASE WHEN piece.runs AND piece.instant < settled.instant THEN piece.next_passed - piece.passed ELSE 0 END AS took
    FROM settled JOIN piece ON piece.case_id = settled.case_id AND piece.instant <= settled.instant
    WHERE settled.instant >= $first AND settled.instant < $last
)
SELECT source, case_id, instant, CASE WHEN COUNT(*) = COUNT(took) THEN SUM(took) / 6e7 END AS value,
       ANY_VALUE(opened) AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM early
GROUP BY source, case_id, instant
