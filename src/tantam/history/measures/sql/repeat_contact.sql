-- Cases opened, and whether their customer had another one opened or resolved shortly before; unknown without a customer.
WITH opening AS (
    SELECT source, case_id, instant, NULLIF(customer, '') AS customer FROM event WHERE code = 'opened' AND instant < $last
), contact AS (
    SELECT customer, instant FROM opening WHERE customer IS NOT NULL
    UNION ALL
    SELECT opening.customer, event.instant
    FROM event JOIN opening ON event.case_id = opening.case_id AND event.instant >= opening.instant
    WHERE event.code = 'resolved' AND event.instant < $last AND opening.customer IS NOT NULL
)
SELECT fresh.source, fresh.case_id, fresh.instant,
       CASE WHEN fresh.customer IS NOT NULL THEN CAST(
           contact.instant IS NOT NULL AND ($within IS NULL OR fresh.instant <= contact.instant + CAST($within AS INTERVAL))
       AS INTEGER) END AS value,
       NULL AS since, NULL AS clause, NULL AS policy, NULL AS version
FROM (SELECT * FROM opening WHERE instant >= $first) AS fresh
ASOF LEFT JOIN contact ON fresh.customer = contact.customer AND fresh.instant > contact.instant
