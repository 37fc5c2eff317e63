-- with: settled
-- Settled cases, and whether they went up by the plan on the way; unknown where a log knows no escalation at all.
WITH up AS (
    SELECT DISTINCT settled.case_id
    FROM settled JOIN event ON event.case_id = settled.case_id AND event.instant <= settled.instant
    WHERE event.code = 'escalated'
), knows AS (
    SELECT DISTINCT source FROM event WHERE code = 'escalated'
)
SELECT settled.source, settled.case_id, settled.instant,
       CASE WHEN settled.source = $desk OR settled.source IN (SELECT source FROM knows)
            THEN CAST(up.case_id IS NOT NULL AS INTEGER) END AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM settled LEFT JOIN up ON up.case_id = settled.case_id
