//! `cargo xtask db prepare` and `check`: what sqlx must know of each query to compile without a database.
//!
//! sqlx's macros ask a live database while the store is compiled and write one `query-<hash>.json` each
//! into `SQLX_OFFLINE_DIR`. So each store is compiled anew, against a fresh database, into an empty folder.

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Result, bail};

use super::Databases;
use crate::process::{self, command};
use crate::workspace;

/// File name to content.
type Descriptions = BTreeMap<String, String>;

/// A store and how its compilation finds its database (`sqlx.toml` of the crate names the variable).
struct Store {
    name: &'static str,
    variable: &'static str,
    url: String,
}

/// Writes the descriptions into the stores.
pub(super) fn prepare(databases: &Databases) -> Result<()> {
    for store in stores(databases) {
        let fresh = describe(&store)?;
        let folder = store.committed();
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        if !fresh.is_empty() {
            fs::create_dir_all(&folder)?;
        }
        for (name, text) in &fresh {
            fs::write(folder.join(name), text)?;
        }
        println!("{}: {} queries described", store.name, fresh.len());
    }
    Ok(())
}

/// An error when the descriptions in the stores are not what `prepare` would write.
pub(super) fn check(databases: &Databases) -> Result<()> {
    let mut differences = Vec::new();
    for store in stores(databases) {
        let fresh = describe(&store)?;
        let committed = read(&store.committed())?;
        differences
            .extend(compare(&committed, &fresh).map(|what| format!("{}: {what}", store.name)));
        println!("{}: {} queries checked", store.name, fresh.len());
    }
    for difference in &differences {
        eprintln!("{difference}");
    }
    if !differences.is_empty() {
        bail!("run `cargo xtask db prepare` and commit what it writes");
    }
    Ok(())
}

fn stores(databases: &Databases) -> [Store; 2] {
    let sqlite = format!("sqlite://{}", databases.sqlite.display());
    let postgres = databases.postgres.clone();
    [
        Store {
            name: "store-sqlite",
            variable: "SQLITE_DATABASE_URL",
            url: sqlite,
        },
        Store {
            name: "store-postgres",
            variable: "POSTGRES_DATABASE_URL",
            url: postgres,
        },
    ]
}

impl Store {
    fn folder(&self) -> PathBuf {
        workspace::root().join("crates").join(self.name)
    }

    fn committed(&self) -> PathBuf {
        self.folder().join(".sqlx")
    }
}

/// Compiles the store against its live database and gives what sqlx wrote.
fn describe(store: &Store) -> Result<Descriptions> {
    let target = tempfile::tempdir()?;
    let entry = Touched::now(store.folder().join("src/lib.rs"))?;
    let checked = process::run(
        command("cargo")
            .args(["check", "--quiet", "--all-targets", "--package", store.name])
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", target.path())
            .env(store.variable, &store.url),
    );
    entry.restore()?;
    checked?;
    read(target.path())
}

fn read(folder: &Path) -> Result<Descriptions> {
    let files = workspace::files(folder, &["json"])?;
    let named = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        workspace::read(path).map(|text| (name, text))
    };
    files.iter().map(named).collect()
}

fn compare<'a>(
    committed: &'a Descriptions,
    fresh: &'a Descriptions,
) -> impl Iterator<Item = String> + use<'a> {
    let missing_or_old = fresh
        .iter()
        .filter_map(|(name, text)| match committed.get(name) {
            None => Some(format!("{name} is missing: {}", query(text))),
            Some(old) if old != text => Some(format!("{name} is out of date: {}", query(text))),
            Some(_) => None,
        });
    let left_over = committed
        .iter()
        .filter(|(name, _)| !fresh.contains_key(*name));
    missing_or_old
        .chain(left_over.map(|(name, text)| format!("{name} is left over: {}", query(text))))
}

/// The query in a description, on one line.
fn query(description: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(description).unwrap_or_default();
    let text = json["query"].as_str().unwrap_or("(not a description)");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A source file that looks changed, so that cargo compiles it. Its old time is put back afterwards:
/// other builds have no reason to start over.
struct Touched {
    path: PathBuf,
    before: SystemTime,
    since: SystemTime,
}

impl Touched {
    fn now(path: PathBuf) -> Result<Self> {
        let before = fs::metadata(&path)?.modified()?;
        #[expect(
            clippy::disallowed_methods,
            reason = "cargo compares it with the time of the last build"
        )]
        set_modified(&path, SystemTime::now())?;
        let since = fs::metadata(&path)?.modified()?;
        Ok(Self {
            path,
            before,
            since,
        })
    }

    /// Leaves the file alone when somebody has changed it meanwhile.
    fn restore(&self) -> Result<()> {
        if fs::metadata(&self.path)?.modified()? == self.since {
            set_modified(&self.path, self.before)?;
        }
        Ok(())
    }
}

fn set_modified(path: &Path, time: SystemTime) -> Result<()> {
    let file = File::options().write(true).open(path)?;
    Ok(file.set_times(FileTimes::new().set_modified(time))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn descriptions<const N: usize>(files: [(&str, &str); N]) -> Descriptions {
        files
            .map(|(name, query)| (name.to_owned(), format!(r#"{{"query": "{query}"}}"#)))
            .into()
    }

    #[test]
    fn missing_changed_and_left_over_descriptions_are_told_with_their_query() {
        let committed = descriptions([("a.json", "select 1"), ("b.json", "select 2")]);
        let fresh = descriptions([("b.json", "select  3"), ("c.json", "select 4")]);
        let told: Vec<_> = compare(&committed, &fresh).collect();
        assert_eq!(
            told,
            [
                "b.json is out of date: select 3",
                "c.json is missing: select 4",
                "a.json is left over: select 1"
            ]
        );
    }
}
