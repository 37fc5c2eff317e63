-- with: clock, standing, standing as wanted, piece
-- Age of the cases open at each stretch's end, without the time between resolved and reopened.
WITH finish AS (
    SELECT ends.until, open.shift + epoch_us(LEAST(ends.until, open.until)) AS passed
    FROM (SELECT DISTINCT until FROM stretch) AS ends ASOF LEFT JOIN clock AS open ON ends.until >= open.since
), aged AS (
    SELECT *, COALESCE(SUM(CASE WHEN runs THEN next_passed - passed ELSE 0 END) OVER (
               PARTITION BY case_id ORDER BY instant, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS age
    FROM piece
)
SELECT aged.source, aged.case_id, finish.until AS instant,
       (aged.age + CASE WHEN aged.runs THEN finish.passed - aged.passed ELSE 0 * aged.passed END) / 6e7 AS value,
       aged.opened AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM aged JOIN finish ON aged.instant < finish.until AND (aged.next_instant IS NULL OR aged.next_instant >= finish.until)
WHERE aged.standing IN ('opened', 'reopened', 'unmerged')
