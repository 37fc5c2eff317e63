-- Cases that may be open at one of the ends: not settled, or joined to another, before the first of them and left so.
SELECT case_id FROM event
WHERE code IN ('opened', 'reopened', 'unmerged', 'resolved', 'merged') AND instant < $last
GROUP BY case_id
HAVING MAX(instant) >= $first OR ARG_MAX(code, (instant, id)) NOT IN ('resolved', 'merged')
