-- with: clock
-- From opening to a person's first answer, a question being one too; counted when it was given.
-- A log that tells questions and no replies does not tell the first answer: its cases are left out.
WITH knows AS (
    SELECT DISTINCT source FROM event WHERE code = 'replied'
), opening AS (
    SELECT source, case_id, instant FROM event
    WHERE code = 'opened' AND instant < $last AND (source = $desk OR source IN (SELECT source FROM knows))
), reply AS (
    SELECT opening.source, opening.case_id, opening.instant AS since, MIN(event.instant) AS instant
    FROM event JOIN opening ON event.case_id = opening.case_id AND event.instant >= opening.instant
    WHERE event.code IN ('replied', 'asked') AND event.actor = 'person' AND event.instant < $last
    GROUP BY opening.source, opening.case_id, opening.instant
    HAVING MIN(event.instant) >= $first
), began AS (
    SELECT reply.*, open.shift + epoch_us(LEAST(reply.since, open.until)) AS passed
    FROM reply ASOF LEFT JOIN clock AS open ON reply.since >= open.since
)
SELECT began.source, began.case_id, began.instant,
       (open.shift + epoch_us(LEAST(began.instant, open.until)) - began.passed) / 6e7 AS value,
       began.since, NULL AS clause, NULL AS policy, NULL AS version
FROM began ASOF LEFT JOIN clock AS open ON began.instant >= open.since
