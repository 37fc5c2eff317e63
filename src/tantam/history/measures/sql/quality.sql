-- Conversations that were reviewed, by each form once, at the instant when they ended and were drawn, and whether the
-- last review found them good; unknown where a log does not tell how.
SELECT drawn.source, drawn.case_id, drawn.instant,
       CAST(reviewed.outcome = 'good' AS INTEGER) AS value,
       NULL AS since, drawn.clause, NULL AS policy, NULL AS version
FROM (
    SELECT source, case_id, clause, MIN(instant) AS instant
    FROM event WHERE code = 'quality_drawn' GROUP BY source, case_id, clause
) AS drawn
JOIN (
    SELECT case_id, clause, ARG_MAX(outcome, (instant, id)) AS outcome
    FROM event WHERE code = 'quality_reviewed' GROUP BY case_id, clause
) AS reviewed ON reviewed.case_id = drawn.case_id AND reviewed.clause = drawn.clause
WHERE drawn.instant >= $first AND drawn.instant < $last
