-- Cases that are settled, each at the instant when it was for good: no later reopening. What was called spam was none.
SELECT event.source, event.case_id, event.instant
FROM event SEMI JOIN (SELECT case_id FROM event WHERE code = 'resolved' AND instant >= $first AND instant < $last) AS near
    ON event.case_id = near.case_id
    ANTI JOIN (SELECT case_id, instant FROM event WHERE code = 'called_spam') AS spam
    ON event.case_id = spam.case_id AND event.instant = spam.instant
WHERE event.code IN ('resolved', 'reopened')
WINDOW life AS (PARTITION BY event.case_id ORDER BY event.instant, event.id)
QUALIFY event.code = 'resolved' AND LAG(event.code) OVER life IS DISTINCT FROM 'resolved'
    AND COUNT(*) FILTER (WHERE event.code = 'reopened') OVER (
        PARTITION BY event.case_id ORDER BY event.instant, event.id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) = 0
