-- When the measure's clock is open.  shift + epoch_us(t): the open microseconds that had passed at an instant t in it.
SELECT since, until, CAST(ROUND(before * 60000000) AS BIGINT) - epoch_us(since) AS shift
FROM open_time WHERE clock = $clock AND $clock <> ''
UNION ALL
SELECT TIMESTAMP '0001-01-01', TIMESTAMP '9999-01-01', 0 WHERE $clock = ''
