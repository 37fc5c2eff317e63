-- Cases that may be open at one of the ends: not settled before the first of them and left so.
SELECT case_id FROM event
WHERE code IN ('opened', 'reopened', 'resolved') AND instant < $last
GROUP BY case_id
HAVING MAX(instant) >= $first OR ARG_MAX(code, (instant, id)) <> 'resolved'
