"""The SQL of the facts: how each is read from the record, and which accounts a change touches.

Facts that are fields of the account come straight from it; `COMPUTED` holds those that compare
fields; the rest were gathered in Python and are joined in.
"""

from collections.abc import Mapping

from audits.fact_gathering import AccountRow, Gathered
from audits.fact_vocabulary import FactKind, facts


def insert_sql() -> str:
    names = list(facts())
    values = [_value_sql(name) for name in names]
    return (
        f"INSERT INTO audit_facts (account_id, good_until, {', '.join(names)})"
        f" SELECT a.id, g.good_until, {', '.join(values)} FROM temp.gathered g"
        " JOIN accounts a ON a.id = g.account_id"
        " JOIN organisations o ON o.id = a.organisation_id"
        " LEFT JOIN organisations p ON p.id = o.parent_id"
        " LEFT JOIN audit_sets s ON s.account_id = a.id"
    )


def _value_sql(name: str) -> str:
    if name in COMPUTED:
        return COMPUTED[name]
    if name in Gathered._fields:
        return f"g.{name}"
    fact = facts()[name]
    column = f"a.{fact.column}"
    if fact.kind is FactKind.DAY:
        return _day_sql(column)
    if fact.kind is FactKind.CHOICE:
        return f"nullif({column}, 'unknown')"
    return f"nullif(trim({column}), '')" if fact.kind is FactKind.TEXT else column


def _day_sql(column: str) -> str:
    # Days as Python counts them, so that a difference is a number of days.
    return f"CAST(julianday({column}) - 1721424.5 AS INTEGER)"


def _coded(pairs: Mapping[str, str]) -> str:
    branches = " || ".join(
        f"CASE WHEN {test} THEN '{code} ' ELSE '' END" for code, test in pairs.items()
    )
    return f"rtrim({branches})"


_BADGE_SHOWN = (
    "g.badge IN ('government', 'organisation', 'paid_organisation', 'paid_person', 'legacy',"
    " 'unspecified')"
)
_PAST = (
    "official_since", "badge_seen_on", "badge_requested_on", "closed_on", "access_confirmed_on",
    "last_monitored_on", "last_post_on", "last_post_seen_on", "handover_done_on", "disposition_on",
    "detected_on", "reported_on", "report_followed_up_on", "reviewed_on", "first_seen_on",
    "opened_on", "profile_seen_on", "created_on",
)  # fmt: skip

COMPUTED = {
    "ours": "CASE WHEN a.account_class IN ('third_party', 'impostor') THEN 0"
    " WHEN a.account_class <> 'unknown' OR a.official_status = 'official' THEN 1 END",
    "office_account": "CASE WHEN a.account_class IN ('third_party', 'impostor') THEN 0"
    " WHEN a.account_class = 'office_holder' OR a.person_role NOT IN ('none', 'unknown') THEN 1"
    " WHEN a.person_role = 'none' OR a.account_class IN ('corporate', 'programme') THEN 0 END",
    "monitoring_unit_gone": "CASE WHEN trim(a.monitoring_unit) <> '' THEN"
    " lower(trim(a.monitoring_unit)) IN (SELECT name FROM temp.gone_units) END",
    "disposition_seen_on": "CASE WHEN a.disposition_on IS NOT NULL THEN "
    + _day_sql("max(a.disposition_on, coalesce(a.reviewed_on, a.disposition_on))")
    + " END",
    "report_seen_on": _day_sql(
        "coalesce(max(a.report_followed_up_on, a.reported_on),"
        " a.report_followed_up_on, a.reported_on)"
    ),
    "organisation_active": "o.status = 'active'",
    "parent_active": "CASE WHEN p.id IS NOT NULL THEN p.status = 'active'"
    " WHEN o.kind IN ('ministry', 'state') THEN 1 END",
    "duplicate_of": "coalesce(s.duplicate_of, '')",
    "lookalikes": "coalesce(s.lookalikes, '')",
    "latest_past_day": _day_sql(
        f"nullif(max({', '.join(f'''coalesce(a.{name}, '')''' for name in _PAST)}), '')"
    ),
    "impossible_dates": _coded(
        {
            "handler": "a.handler_until < a.handler_from",
            "closed_before_opened": "a.closed_on < a.opened_on",
            "post_before_opened": "a.last_post_on < a.opened_on",
            "badge_before_opened": "a.badge_seen_on < a.opened_on",
            "post_after_seen": "a.last_post_on > a.last_post_seen_on",
            "report_before_detected": "a.reported_on < a.detected_on",
            "follow_up_before_report": "a.report_followed_up_on < a.reported_on",
        }
    ),
    "contradictions": _coded(
        {
            "official_of_individual": "a.official_status = 'official'"
            " AND (a.legal_owner = 'individual' OR a.account_class = 'individual')",
            "official_of_others": "a.official_status = 'official'"
            " AND a.account_class IN ('third_party', 'impostor')",
            "official_personal_badge": "a.official_status = 'official' AND g.badge = 'paid_person'",
            "badge_not_offered": f"{_BADGE_SHOWN} AND g.platform_offers_badge = 0",
            "posts_after_closing": "a.lifecycle = 'retired' AND a.last_post_on > a.closed_on",
            "individual_of_agency": "a.account_class = 'individual' AND a.legal_owner = 'agency'",
            "corporate_named_after_person": "a.account_class = 'corporate'"
            " AND a.named_after = 'person'",
            "office_holder_without_office": "a.account_class = 'office_holder'"
            " AND a.person_role = 'none'",
            "closed_yet_active": "a.closed_on IS NOT NULL AND a.lifecycle = 'active'",
        }
    ),
}

ACCOUNTS = f"""
SELECT {", ".join(f"a.{name}" for name in AccountRow._fields[:-1])},
  (SELECT group_concat(key, char(10)) FROM account_keys k WHERE k.account_id = a.id)
FROM temp.to_make t JOIN accounts a ON a.id = t.account_id
"""
EVIDENCE = """
SELECT account_id, kind, collected_on, expires_on, made_by_named_person FROM evidence
WHERE account_id IN (SELECT account_id FROM temp.to_make)
"""
OBSERVATIONS = """
SELECT account_id, kind, value, seen_on, seen_at, by, method FROM observations
WHERE kind <> 'profile_links' AND value IS NOT NULL AND seen_on IS NOT NULL
AND account_id IN (SELECT account_id FROM temp.to_make) ORDER BY seen_on, id
"""
ORGANISATIONS = """
SELECT o.id, o.parent_id,
  coalesce(o.name_ms, '') || char(10) || coalesce(o.name_en, '') || char(10)
    || coalesce(o.short_name, '') || char(10) || coalesce(o.code, '') || char(10)
    || coalesce((SELECT group_concat(name, char(10)) FROM organisation_names n
                 WHERE n.organisation_id = o.id), ''),
  coalesce(o.website, '') || char(10)
    || coalesce((SELECT group_concat(domain, char(10)) FROM organisation_domains d
                 WHERE d.organisation_id = o.id), '')
FROM organisations o
"""
SHORT_NAMES = "SELECT id, coalesce(short_name, code, name_ms, name_en, uid) FROM organisations"
GONE_UNITS = """
INSERT OR IGNORE INTO temp.gone_units
SELECT lower(trim(name)) FROM (
  SELECT name_ms AS name FROM organisations WHERE status <> 'active'
  UNION SELECT name_en FROM organisations WHERE status <> 'active'
  UNION SELECT short_name FROM organisations WHERE status <> 'active')
WHERE trim(name) <> ''
"""
# The plus keeps SQLite off the index by entity, which leads through the whole history.
_ITEMS = "SELECT row_id, before, after FROM change_items WHERE seq > :since AND +entity ="
_OF_ACCOUNT = (
    "account_keys",
    "account_relations",
    "evidence",
    "observations",
)
TOUCHED = (
    f"INSERT OR IGNORE INTO temp.to_make SELECT row_id FROM ({_ITEMS} 'accounts')",
    *(
        "INSERT OR IGNORE INTO temp.to_make"
        f" SELECT coalesce(r.account_id, json_extract(i.before, '$.account_id'))"
        f" FROM ({_ITEMS} '{table}') i LEFT JOIN {table} r ON r.id = i.row_id"
        " WHERE coalesce(r.account_id, json_extract(i.before, '$.account_id')) IS NOT NULL"
        for table in _OF_ACCOUNT
    ),
    *(
        "WITH RECURSIVE under (id) AS ("
        f"SELECT coalesce(r.{column}, json_extract(i.before, '$.{column}'), i.row_id)"
        f" FROM ({_ITEMS} '{table}') i LEFT JOIN {table} r ON r.id = i.row_id"
        " UNION SELECT o.id FROM organisations o JOIN under u ON o.parent_id = u.id)"
        " INSERT OR IGNORE INTO temp.to_make"
        " SELECT a.id FROM under u JOIN accounts a ON a.organisation_id = u.id"
        for table, column in (
            ("organisations", "id"),
            ("organisation_names", "organisation_id"),
            ("organisation_domains", "organisation_id"),
        )
    ),
)
"""What marks the accounts whose facts a change since `:since` may have touched."""
