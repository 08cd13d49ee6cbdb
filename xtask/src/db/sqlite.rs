//! A scratch SQLite database and its schema, through the `sqlite3` program.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

use super::facts::{Column, ForeignKey, Schema, Unique};
use crate::process::{self, command};
use crate::workspace;

const COLUMNS: &str = "
    select t.name as \"table\", c.name as name, c.type as kind, c.pk as key,
           not (c.\"notnull\" or (c.pk = 1 and upper(c.type) = 'INTEGER')) as nullable
    from pragma_table_list t join pragma_table_xinfo(t.name) c
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\'
    order by t.name, c.cid";

const FOREIGN_KEYS: &str = "
    select t.name as \"table\", f.\"table\" as target, f.on_delete as on_delete,
           group_concat(f.\"from\", ', ') as columns, group_concat(f.\"to\", ', ') as target_columns
    from pragma_table_list t
    join pragma_foreign_key_list(t.name) f
    where t.schema = 'main' and t.type = 'table'
    group by t.name, f.id";

/// `unique` and `create unique index`; the primary key's own index is left out. The definition is there
/// for an index made by itself, which may have a condition.
const UNIQUES: &str = "
    select t.name as \"table\", coalesce(m.sql, '') as definition, i.partial as partial,
           group_concat(coalesce(c.name, '<expression>'), ', ') as columns
    from pragma_table_list t
    join pragma_index_list(t.name) i join pragma_index_info(i.name) c
    left join sqlite_master m on m.type = 'index' and m.name = i.name
    where t.schema = 'main' and t.type = 'table' and i.\"unique\" and i.origin <> 'pk'
    group by t.name, i.name";

/// Makes the database and applies the migrations.
pub(super) fn create(database: &Path, migrations: &[PathBuf]) -> Result<()> {
    process::output(sqlite(database).arg("pragma user_version"))?;
    for migration in migrations {
        let text = File::open(migration).with_context(|| workspace::relative(migration))?;
        process::output(sqlite(database).stdin(text))
            .with_context(|| workspace::relative(migration))?;
    }
    Ok(())
}

/// Reads the schema.
pub(super) fn schema(database: &Path) -> Result<Schema> {
    Ok(Schema {
        columns: query::<Column>(database, COLUMNS)?,
        foreign_keys: query::<ForeignKey>(database, FOREIGN_KEYS)?,
        uniques: query::<Unique>(database, UNIQUES)?,
    })
}

fn query<T: DeserializeOwned>(database: &Path, sql: &str) -> Result<Vec<T>> {
    let json = process::output(sqlite(database).args(["-json", sql]))?;
    // Without rows the program prints nothing at all.
    let json = if json.trim().is_empty() { "[]" } else { &json };
    serde_json::from_str(json).with_context(|| format!("reading {json}"))
}

fn sqlite(database: &Path) -> Command {
    let mut sqlite = command("sqlite3");
    sqlite.args(["-batch", "-bail"]).arg(database);
    sqlite
}
