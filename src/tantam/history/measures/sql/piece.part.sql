-- The life of the cases in `wanted`, cut where its clock may start or stop.  passed, next_passed: open microseconds of
-- the clock when a piece begins and ends; standing: which of those that open or close came last.
-- runs: the clock does. A case that is joined to another is none of its own until that is undone.
SELECT *, standing IN ('opened', 'reopened', 'unmerged') AND NOT ($waiting AND code = 'asked') AS runs
FROM (
    SELECT *, LEAD(instant) OVER life AS next_instant, LEAD(passed) OVER life AS next_passed,
           MIN(CASE WHEN code = 'opened' THEN instant END) OVER (PARTITION BY case_id) AS opened,
           LAST_VALUE(CASE WHEN code NOT IN ('asked', 'received') THEN code END IGNORE NULLS) OVER life AS standing
    FROM (
        SELECT turn.*, open.shift + epoch_us(LEAST(turn.instant, open.until)) AS passed
        FROM (
            SELECT event.source, event.case_id, event.id, event.code, event.instant
            FROM event SEMI JOIN wanted ON event.case_id = wanted.case_id
            WHERE event.code IN ('opened', 'asked', 'received', 'reopened', 'resolved', 'merged', 'unmerged')
              AND event.instant < $last
        ) AS turn ASOF LEFT JOIN clock AS open ON turn.instant >= open.since
    )
    WINDOW life AS (PARTITION BY case_id ORDER BY instant, id)
)
WHERE opened IS NOT NULL
