//! `cargo xtask db parity`: do both sets of migrations make the same schema?

use anyhow::{Result, bail};

use super::facts::{Facts, facts};
use super::{Databases, postgres, sqlite};

/// Prints every difference; an error when there is one.
pub(super) fn check(databases: &Databases) -> Result<()> {
    let sqlite = facts(&sqlite::schema(&databases.sqlite)?);
    let postgres = facts(&postgres::schema(&databases.postgres)?);
    let differences = compare(&sqlite, &postgres);
    for difference in &differences {
        eprintln!("{difference}");
    }
    if !differences.is_empty() {
        bail!("the schemas differ in {} places", differences.len());
    }
    println!("the same {} facts in both schemas", sqlite.len());
    Ok(())
}

fn compare(sqlite: &Facts, postgres: &Facts) -> Vec<String> {
    let mut differences = Vec::new();
    for (subject, ours) in sqlite {
        match postgres.get(subject) {
            None => differences.push(format!("{subject}: only in SQLite ({ours})")),
            Some(theirs) if theirs != ours => {
                differences.push(format!(
                    "{subject}: {ours} in SQLite, {theirs} in PostgreSQL"
                ));
            }
            Some(_) => {}
        }
    }
    let missing = postgres
        .iter()
        .filter(|(subject, _)| !sqlite.contains_key(*subject));
    differences
        .extend(missing.map(|(subject, fact)| format!("{subject}: only in PostgreSQL ({fact})")));
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts<const N: usize>(facts: [(&str, &str); N]) -> Facts {
        facts
            .map(|(subject, fact)| (subject.to_owned(), fact.to_owned()))
            .into()
    }

    #[test]
    fn equal_schemas_have_no_differences() {
        let one = facts([("column site.name", "text not null")]);
        assert!(compare(&one, &one.clone()).is_empty());
    }

    #[test]
    fn every_kind_of_difference_is_told() {
        let sqlite = facts([
            ("column site.name", "text null"),
            ("column site.note", "text null"),
        ]);
        let postgres = facts([
            ("column site.name", "text not null"),
            ("column site.zone", "text null"),
        ]);
        assert_eq!(
            compare(&sqlite, &postgres),
            [
                "column site.name: text null in SQLite, text not null in PostgreSQL",
                "column site.note: only in SQLite (text null)",
                "column site.zone: only in PostgreSQL (text null)",
            ]
        );
    }
}
