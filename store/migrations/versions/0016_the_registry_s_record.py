"""What changes in the registry is on record: who, when, what, before and after; appended, and never anything else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"

TEXT = sa.Text()

#: Table by table: what a row is called by, whom it concerns, what is secret, and what says nothing.
TABLES = (
    ("organisation", "id", "id", "", ""),
    ("person", "id", "id", "password_hash", ""),
    ("customer", "id", "id", "", ""),
    ("department", "customer,id", "customer", "", ""),
    ("contract", "id", "customer", "", ""),
    ("standing_authorisation", "id", "customer", "", ""),
    ("deputyship", "id", "approver", "", ""),
    ("shift", "id", "person", "", ""),
    ("identity", "provider,subject", "person_id", "", ""),
    ("token", "id", "person_id", "hash", "last_used_at"),
    ("session", "id", "person_id", "csrf", "last_used_at"),
    ("approval_link", "id", "person", "hash", ""),
    ("upload", "id", "ticket", "", ""),
)

_NOTE = """
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    none CONSTANT jsonb := 'null';
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}'::jsonb ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}'::jsonb ELSE to_jsonb(NEW) END;
    whole jsonb := old_row || new_row;
    secrets text[] := string_to_array(TG_ARGV[2], ',');
    silent text[] := string_to_array(TG_ARGV[3], ',');
    is_before jsonb := '{}';
    is_after jsonb := '{}';
    name text;
    was jsonb;
    becomes jsonb;
BEGIN
    FOR name IN SELECT jsonb_object_keys(whole) LOOP
        was := coalesce(old_row -> name, none);
        becomes := coalesce(new_row -> name, none);
        CONTINUE WHEN name = ANY (silent) OR was = becomes;
        IF name = ANY (secrets) THEN
            was := CASE WHEN was = none THEN none ELSE '"***"' END;
            becomes := CASE WHEN becomes = none THEN none ELSE '"***"' END;
        END IF;
        IF was <> none THEN is_before := is_before || jsonb_build_object(name, was); END IF;
        IF becomes <> none THEN is_after := is_after || jsonb_build_object(name, becomes); END IF;
    END LOOP;
    IF is_before = '{}' AND is_after = '{}' THEN RETURN NULL; END IF;
    INSERT INTO registry_change (person, way, request, kind, about, whom, action, before, after) VALUES (
        nullif(current_setting('zhishou.person', true), ''),
        coalesce(nullif(current_setting('zhishou.way', true), ''), current_setting('application_name')),
        nullif(current_setting('zhishou.request', true), ''),
        TG_TABLE_NAME,
        (SELECT string_agg(whole ->> part, '/' ORDER BY place)
            FROM unnest(string_to_array(TG_ARGV[0], ',')) WITH ORDINALITY AS parts (part, place)),
        whole ->> TG_ARGV[1],
        CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'DELETE' THEN 'removed' ELSE 'changed' END,
        is_before, is_after);
    RETURN NULL;
END $$
"""

_APPENDED_ONLY = """
CREATE FUNCTION appended_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record of the registry is appended to only'; END $$
"""


def upgrade() -> None:
    op.add_column("approval_link", sa.Column("id", TEXT, nullable=True))
    op.execute("UPDATE approval_link SET id = md5(hash)")
    op.alter_column("approval_link", "id", nullable=False)
    op.create_unique_constraint("uq_approval_link_id", "approval_link", ["id"])
    _record()
    for table, called_by, whom, secret, silent in TABLES:
        op.execute(
            f"CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION note_change('{called_by}', '{whom}', '{secret}', '{silent}')"
        )


def _record() -> None:
    op.create_table(
        "registry_change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("person", TEXT, nullable=True),
        sa.Column("way", TEXT, nullable=False),
        sa.Column("request", TEXT, nullable=True),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("about", TEXT, nullable=False),
        sa.Column("whom", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("before", JSONB(), nullable=False),
        sa.Column("after", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registry_change"),
    )
    for columns in (["person", "id"], ["whom", "id"], ["kind", "about", "id"]):
        op.create_index(f"ix_registry_change_{'_'.join(columns)}", "registry_change", columns)
    op.execute(_NOTE)
    op.execute(_APPENDED_ONLY)
    op.execute(
        "CREATE TRIGGER appended_only BEFORE UPDATE OR DELETE OR TRUNCATE ON registry_change "
        "FOR EACH STATEMENT EXECUTE FUNCTION appended_only()"
    )
