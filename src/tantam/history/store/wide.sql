-- The one definition of a desk's event in columns. `raw`: rows as the desk's database keeps them, see raw.py.
-- Both what is exported and what is read beside it pass through here, so the two can never differ.
WITH read AS (
    SELECT raw.*, from_json(args, '{
        "reference": "VARCHAR", "customer": "VARCHAR", "purchase": "VARCHAR", "channel": "VARCHAR",
        "topic": "VARCHAR", "stage": "VARCHAR", "severity": "VARCHAR", "language": "VARCHAR",
        "groups": ["VARCHAR"], "facts": "JSON", "recorded": "JSON", "level": "VARCHAR", "owner": "VARCHAR",
        "reason": "VARCHAR", "promise": "BIGINT", "kind": "VARCHAR", "clock": "VARCHAR", "due": "VARCHAR",
        "minutes": "DOUBLE", "minutes_late": "DOUBLE", "claim": "BIGINT", "policy": "VARCHAR",
        "outcome": "VARCHAR", "minor": "BIGINT", "currency": "VARCHAR"
    }') AS said
    FROM raw
)
SELECT
    'desk' AS source,
    id,
    case_id,
    CAST(written AS TIMESTAMP) AS instant,
    code,
    actor,
    CAST(person_id AS VARCHAR) AS person,
    CAST(plan_version_id AS INTEGER) AS version,
    clause,
    CAST(handling_seconds AS INTEGER) AS handling_seconds,
    said.reference,
    said.customer,
    said.purchase,
    said.channel,
    said.topic,
    said.stage,
    said.severity,
    said.language,
    said.groups,
    CAST(said.facts AS VARCHAR) AS facts,
    CAST(said.recorded AS VARCHAR) AS recorded,
    -- A grant names the level that gave it; where the case is, only these say.
    CASE WHEN code IN ('opened', 'taken', 'handed_over', 'escalated') THEN said.level END AS level,
    said.owner,
    said.reason,
    said.promise,
    CASE WHEN said.promise IS NOT NULL THEN said.kind END AS kind,
    said.clock,
    timezone('UTC', CAST(said.due AS TIMESTAMPTZ)) AS due,
    said.minutes,
    said.minutes_late,
    said.claim,
    said.policy,
    said.outcome,
    said.minor,
    said.currency
FROM read
