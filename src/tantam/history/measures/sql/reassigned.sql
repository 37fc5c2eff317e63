-- with: settled
-- Settled cases, and whether they went to somebody else once somebody had them; unknown where a log knows neither owners nor hand-overs.
WITH moved AS (
    SELECT settled.case_id, settled.source, event.code, COALESCE(event.owner, '') AS owner,
           LAST_VALUE(CASE WHEN event.code <> 'escalated' THEN COALESCE(event.owner, '') END IGNORE NULLS) OVER past AS before,
           COUNT(CASE WHEN event.code <> 'escalated' THEN event.owner END) OVER past AS owners
    FROM settled JOIN event ON event.case_id = settled.case_id
    WHERE event.code IN ('taken', 'handed_over', 'escalated') AND event.instant <= settled.instant
    WINDOW past AS (PARTITION BY event.case_id ORDER BY event.instant, event.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), away AS (
    SELECT DISTINCT case_id FROM moved
    WHERE (source <> $desk AND code = 'handed_over')  -- a log says so from a known value, be it a group's
       OR owners > 0 AND (code = 'escalated' OR (owner <> before AND (code = 'handed_over' OR before <> '')))
), knows AS (
    SELECT DISTINCT source FROM event WHERE code = 'handed_over' OR code = 'taken' AND owner IS NOT NULL
)
SELECT settled.source, settled.case_id, settled.instant,
       CASE WHEN settled.source = $desk OR settled.source IN (SELECT source FROM knows)
            THEN CAST(away.case_id IS NOT NULL AS INTEGER) END AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM settled LEFT JOIN away ON away.case_id = settled.case_id
