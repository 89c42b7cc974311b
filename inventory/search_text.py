"""The text of each account that search looks through, refreshed as part of every change."""

import sqlite3
import unicodedata


def folded(text: str) -> str:
    """Return `text` as search compares it: lower case, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def refresh_texts(connection: sqlite3.Connection, seq: int) -> None:
    """Bring the search text up to date for every account that change `seq` touched."""
    connection.create_function("folded", 1, folded, deterministic=True)
    connection.execute("DROP TABLE IF EXISTS temp.touched")
    connection.execute("CREATE TEMP TABLE touched (account_id INTEGER PRIMARY KEY)")
    connection.execute(_TOUCHED, {"seq": seq})
    connection.execute(
        "DELETE FROM account_texts WHERE account_id IN"
        " (SELECT account_id FROM touched EXCEPT SELECT id FROM accounts)"
    )
    connection.execute(_REFRESH)
    connection.execute("DROP TABLE temp.touched")


_TOUCHED = """
INSERT OR IGNORE INTO touched
SELECT row_id FROM change_items WHERE seq = :seq AND entity = 'accounts'
UNION
SELECT k.account_id FROM change_items i JOIN account_keys k ON k.id = i.row_id
WHERE i.seq = :seq AND i.entity = 'account_keys'
UNION
SELECT json_extract(before, '$.account_id') FROM change_items
WHERE seq = :seq AND entity = 'account_keys' AND after IS NULL
UNION
SELECT a.id FROM change_items i JOIN accounts a ON a.organisation_id = i.row_id
WHERE i.seq = :seq AND i.entity = 'organisations'
UNION
SELECT a.id FROM change_items i JOIN organisation_names n ON n.id = i.row_id
JOIN accounts a ON a.organisation_id = n.organisation_id
WHERE i.seq = :seq AND i.entity = 'organisation_names'
"""

_REFRESH = """
INSERT INTO account_texts (account_id, text, place_ms, place_en)
SELECT a.id,
  folded(a.handle || ' ' || coalesce(a.display_name, '') || ' ' || a.platform || ' ' || a.url
    || ' ' || coalesce(o.name_ms, '') || ' ' || coalesce(o.name_en, '')
    || ' ' || coalesce(o.short_name, '') || ' ' || coalesce(o.code, '') || ' '
    || coalesce((SELECT group_concat(name, ' ') FROM organisation_names n
                 WHERE n.organisation_id = o.id), '') || ' '
    || coalesce((SELECT group_concat(key, ' ') FROM account_keys k
                 WHERE k.account_id = a.id), '')),
  folded(coalesce(o.name_ms, o.name_en, o.short_name, o.code, '') || ' ' || a.platform || ' '
    || a.handle),
  folded(coalesce(o.name_en, o.name_ms, o.short_name, o.code, '') || ' ' || a.platform || ' '
    || a.handle)
FROM touched t JOIN accounts a ON a.id = t.account_id
JOIN organisations o ON o.id = a.organisation_id
WHERE true
ON CONFLICT (account_id) DO UPDATE
SET text = excluded.text, place_ms = excluded.place_ms, place_en = excluded.place_en
"""
