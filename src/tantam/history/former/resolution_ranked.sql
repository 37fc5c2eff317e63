-- The values of resolution at two ranks, for the interval of its median.  Asks for the lower and the upper rank.
, ranked AS (
    SELECT CAST(event.args ->> 'minutes' AS REAL) AS minutes,
           ROW_NUMBER() OVER (ORDER BY CAST(event.args ->> 'minutes' AS REAL), event.id) AS place
    FROM stretch
    JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
    WHERE event.code IN ('kept', 'fulfilled') AND event.args ->> 'kind' = 'resolution' AND event.args ->> 'minutes' IS NOT NULL
)
SELECT MIN(minutes), MAX(minutes) FROM ranked WHERE place IN (%s, %s)
