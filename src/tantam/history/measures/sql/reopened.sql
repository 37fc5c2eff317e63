-- Cases first resolved, and whether they were reopened soon; unknown where a log knows no reopening at all.
-- What was called spam was not resolved.
WITH done AS (
    SELECT event.source, event.case_id, MIN(event.instant) AS instant
    FROM event ANTI JOIN (SELECT case_id, instant FROM event WHERE code = 'called_spam') AS spam
        ON event.case_id = spam.case_id AND event.instant = spam.instant
    WHERE event.code = 'resolved' AND event.instant < $last
    GROUP BY event.source, event.case_id HAVING MIN(event.instant) >= $first
), again AS (
    SELECT DISTINCT done.case_id
    FROM done JOIN event ON event.case_id = done.case_id
    WHERE event.code = 'reopened' AND event.instant >= done.instant
      AND ($within IS NULL OR event.instant <= done.instant + CAST($within AS INTERVAL))
), knows AS (
    SELECT DISTINCT source FROM event WHERE code = 'reopened'
)
SELECT done.source, done.case_id, done.instant,
       CASE WHEN done.source = $desk OR done.source IN (SELECT source FROM knows)
            THEN CAST(again.case_id IS NOT NULL AS INTEGER) END AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM done LEFT JOIN again ON again.case_id = done.case_id
