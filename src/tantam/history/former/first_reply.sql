-- From the first contact to our first reply, in minutes of the promise's own clock without the time that we waited for the customer: the median.
-- Rows: number, n, median.
, ranked AS (
    SELECT stretch.number, CAST(event.args ->> 'minutes' AS REAL) AS minutes,
           ROW_NUMBER() OVER (PARTITION BY stretch.number ORDER BY CAST(event.args ->> 'minutes' AS REAL), event.id) AS place,
           COUNT(*) OVER (PARTITION BY stretch.number) AS n
    FROM stretch
    JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
    WHERE event.code IN ('kept', 'fulfilled') AND event.args ->> 'kind' = 'first_reply' AND event.args ->> 'minutes' IS NOT NULL
)
SELECT number, MAX(n) AS n, AVG(minutes) AS median
FROM ranked
WHERE place IN ((n + 1) / 2, (n + 2) / 2)
GROUP BY number
