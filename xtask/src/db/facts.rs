//! A schema as a sorted list of facts, said in the same words for both databases.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a database says of its tables.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) columns: Vec<Column>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) uniques: Vec<Unique>,
}

/// A column; `key` is its place in the primary key, 0 when it is not in it.
#[derive(Debug, Deserialize)]
pub(super) struct Column {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) nullable: u8,
    pub(super) key: u16,
}

/// A foreign key. Without `target_columns` it means the primary key of the target.
#[derive(Debug, Deserialize)]
pub(super) struct ForeignKey {
    pub(super) table: String,
    pub(super) columns: String,
    pub(super) target: String,
    pub(super) target_columns: Option<String>,
    pub(super) on_delete: String,
}

/// A unique constraint or index; `definition` matters only when it is `partial`.
#[derive(Debug, Deserialize)]
pub(super) struct Unique {
    pub(super) table: String,
    pub(super) columns: String,
    pub(super) partial: u8,
    pub(super) definition: String,
}

/// What is said of (a column of the user table, its primary key, …) to what is said.
pub(super) type Facts = BTreeMap<String, String>;

/// The facts of a schema.
pub(super) fn facts(schema: &Schema) -> Facts {
    let keys = primary_keys(&schema.columns);
    let mut facts = Facts::new();
    for column in &schema.columns {
        let null = if column.nullable == 0 {
            "not null"
        } else {
            "null"
        };
        facts.insert(
            format!("column {}.{}", column.table, column.name),
            format!("{} {null}", kind(&column.kind)),
        );
    }
    for (table, columns) in &keys {
        facts.insert(
            format!("primary key of {table}"),
            format!("({})", columns.join(", ")),
        );
    }
    facts.extend(
        schema
            .foreign_keys
            .iter()
            .map(|key| foreign_key(key, &keys)),
    );
    facts.extend(schema.uniques.iter().map(unique));
    facts
}

fn primary_keys(columns: &[Column]) -> BTreeMap<&str, Vec<&str>> {
    let mut members: Vec<_> = columns.iter().filter(|column| column.key > 0).collect();
    members.sort_by_key(|column| column.key);
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for column in members {
        keys.entry(&column.table).or_default().push(&column.name);
    }
    keys
}

fn foreign_key(key: &ForeignKey, keys: &BTreeMap<&str, Vec<&str>>) -> (String, String) {
    let primary = || {
        keys.get(key.target.as_str())
            .map(|columns| columns.join(", "))
    };
    let target_columns = key
        .target_columns
        .clone()
        .or_else(primary)
        .unwrap_or_default();
    let ForeignKey {
        table,
        columns,
        target,
        ..
    } = key;
    (
        format!("foreign key {table} ({columns}) to {target} ({target_columns})"),
        format!("on delete {}", key.on_delete.to_lowercase()),
    )
}

fn unique(unique: &Unique) -> (String, String) {
    let condition = if unique.partial == 0 {
        String::new()
    } else {
        condition(&unique.definition)
    };
    (
        format!("unique {} ({}){condition}", unique.table, unique.columns),
        "there".to_owned(),
    )
}

/// The condition of a partial index without what PostgreSQL adds to it: brackets and casts.
fn condition(definition: &str) -> String {
    let text = definition.to_lowercase().replace(['(', ')'], " ");
    let words = text.split_whitespace().skip_while(|word| *word != "where");
    let plain = words.map(|word| word.split("::").next().unwrap_or(word));
    plain.fold(String::new(), |condition, word| condition + " " + word)
}

/// The kind of value, in SQLite's words; PostgreSQL has more types, of which these have a counterpart.
fn kind(name: &str) -> String {
    let kind = match name.to_lowercase().as_str() {
        "integer" | "int2" | "int4" | "int8" | "bool" => "integer",
        "text" | "varchar" | "json" | "jsonb" => "text",
        "blob" | "bytea" | "uuid" => "blob",
        "real" | "float4" | "float8" => "real",
        other => return format!("{other} (without counterpart)"),
    };
    kind.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casts_and_brackets_of_a_condition_do_not_matter() {
        let ours = "create unique index a on b (c) where state = 'pending' and d is null";
        let theirs = "CREATE UNIQUE INDEX a ON public.b USING btree (c) WHERE ((state = 'pending'::text) AND (d IS NULL))";
        assert_eq!(condition(ours), condition(theirs));
        assert_eq!(condition(ours), " where state = 'pending' and d is null");
    }

    #[test]
    fn a_foreign_key_without_columns_means_the_primary_key() {
        let key = ForeignKey {
            table: "user".into(),
            columns: "site_id".into(),
            target: "site".into(),
            target_columns: None,
            on_delete: "CASCADE".into(),
        };
        let (subject, rule) = foreign_key(&key, &BTreeMap::from([("site", vec!["id"])]));
        assert_eq!(subject, "foreign key user (site_id) to site (id)");
        assert_eq!(rule, "on delete cascade");
    }

    #[test]
    fn a_type_only_one_database_has_is_told() {
        assert_eq!(kind("INTEGER"), kind("int8"));
        assert_eq!(kind("timestamptz"), "timestamptz (without counterpart)");
    }
}
