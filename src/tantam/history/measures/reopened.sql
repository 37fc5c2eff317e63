-- Cases resolved, and how many of them were opened again later.  Rows: number, n, reopened.
SELECT stretch.number, COUNT(*) AS n, SUM(CASE WHEN EXISTS (
           SELECT 1 FROM case_event AS later
           WHERE later.case_id = event.case_id AND later.code = 'reopened' AND later.id > event.id
       ) THEN 1 ELSE 0 END) AS reopened
FROM stretch
JOIN counted AS event ON event.at >= stretch.since AND event.at < stretch.until
WHERE event.code = 'resolved'
GROUP BY stretch.number
