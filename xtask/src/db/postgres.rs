//! A scratch PostgreSQL database and its schema, through the `psql` program.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

use super::facts::{Column, ForeignKey, Schema, Unique};
use crate::postgres::psql;
use crate::process;

const COLUMNS: &str = "
    select c.relname as \"table\", a.attname as name, t.typname as kind,
           (not a.attnotnull)::int as nullable,
           coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) as key
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname, a.attnum";

const FOREIGN_KEYS: &str = "
    select c.relname as \"table\", d.relname as target,
           case k.confdeltype when 'a' then 'NO ACTION' when 'r' then 'RESTRICT'
                when 'c' then 'CASCADE' when 'n' then 'SET NULL' when 'd' then 'SET DEFAULT' end as on_delete,
           string_agg(a.attname, ', ' order by n.place) as columns,
           string_agg(b.attname, ', ' order by n.place) as target_columns
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class d on d.oid = k.confrelid
    cross join lateral unnest(k.conkey, k.confkey) with ordinality as n(source, target, place)
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.source
    join pg_attribute b on b.attrelid = k.confrelid and b.attnum = n.target
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace
    group by k.oid, c.relname, d.relname, k.confdeltype";

const UNIQUES: &str = "
    select c.relname as \"table\", pg_get_indexdef(i.indexrelid) as definition,
           (i.indpred is not null)::int as partial,
           string_agg(coalesce(a.attname, '<expression>'), ', ' order by n.place) as columns
    from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
    cross join lateral unnest(i.indkey::int2[]) with ordinality as n(number, place)
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = n.number and n.number > 0
    where i.indisunique and not i.indisprimary and n.place <= i.indnkeyatts
    group by c.relname, i.indexrelid, i.indpred";

/// Applies the migrations.
pub(super) fn migrate(url: &str, migrations: &[PathBuf]) -> Result<()> {
    for migration in migrations {
        process::output(
            psql(url)
                .arg("--single-transaction")
                .arg("--file")
                .arg(migration),
        )?;
    }
    Ok(())
}

/// Reads the schema.
pub(super) fn schema(url: &str) -> Result<Schema> {
    Ok(Schema {
        columns: query::<Column>(url, COLUMNS)?,
        foreign_keys: query::<ForeignKey>(url, FOREIGN_KEYS)?,
        uniques: query::<Unique>(url, UNIQUES)?,
    })
}

fn query<T: DeserializeOwned>(url: &str, sql: &str) -> Result<Vec<T>> {
    let sql = format!("select coalesce(json_agg(q), '[]') from ({sql}) q");
    let json = process::output(psql(url).args(["--command", &sql]))?;
    serde_json::from_str(&json).with_context(|| format!("reading {json}"))
}
