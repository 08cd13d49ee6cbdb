//! Which crate may know which, from `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process::{self, command};

/// `model` does no IO: nothing beyond these. A longer list is a decision.
const OF_MODEL: [&str; 6] = [
    "email_address",
    "phonenumber",
    "serde",
    "thiserror",
    "unicode-normalization",
    "uuid",
];

/// Who must not know whom, not even through another crate. Tests may (development dependencies).
const STRANGERS: [(&str, &[&str]); 6] = [
    ("store", &["service", "sip", "sqlx", "web"]),
    ("store-sqlite", &["service", "sip", "web"]),
    ("store-postgres", &["service", "sip", "web"]),
    (
        "service",
        &["sqlx", "store-postgres", "store-sqlite", "web"],
    ),
    (
        "sip",
        &[
            "service",
            "sqlx",
            "store",
            "store-postgres",
            "store-sqlite",
            "web",
        ],
    ),
    ("web", &["sqlx", "store-postgres", "store-sqlite"]),
];

/// Who may name sqlx.
const DATABASES: [&str; 2] = ["store-postgres", "store-sqlite"];

/// Crate to what it depends on.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// The members and their direct dependencies.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    ordinary: Edges,
    of_tests: Edges,
}

impl Workspace {
    /// Asks cargo.
    pub(super) fn load() -> Result<Self> {
        let json = process::output(command("cargo").args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
        ]))?;
        let metadata: Metadata = serde_json::from_str(&json).context("cargo metadata")?;
        let mut workspace = Self::default();
        for package in metadata.packages {
            workspace.add(package);
        }
        Ok(workspace)
    }

    /// How many crates there are.
    pub(super) fn len(&self) -> usize {
        self.ordinary.len()
    }

    /// A sentence for each arrow that must not be.
    pub(super) fn breaches(&self) -> Vec<String> {
        let mut breaches = self.model();
        breaches.extend(self.databases());
        for (name, strangers) in STRANGERS {
            breaches.extend(strangers.iter().filter_map(|stranger| {
                let path = self.path(name, stranger)?;
                Some(format!(
                    "{name} must not know {stranger}: {}",
                    path.join(" → ")
                ))
            }));
        }
        breaches
    }

    fn add(&mut self, package: Package) {
        let ordinary = self.ordinary.entry(package.name.clone()).or_default();
        let of_tests = self.of_tests.entry(package.name).or_default();
        for dependency in package.dependencies {
            match dependency.kind.as_deref() {
                Some("dev") => of_tests.insert(dependency.name),
                _ => ordinary.insert(dependency.name),
            };
        }
    }

    fn model(&self) -> Vec<String> {
        let known = self.ordinary.get("model").into_iter().flatten();
        let foreign = known.filter(|name| !OF_MODEL.contains(&name.as_str()));
        foreign
            .map(|name| format!("model does no IO and may not depend on {name}"))
            .collect()
    }

    fn databases(&self) -> Vec<String> {
        let all = self.ordinary.iter().chain(&self.of_tests);
        let named = all.filter(|(name, known)| {
            known.contains("sqlx")
                && !DATABASES.contains(&name.as_str())
                && name.as_str() != "bench"
        });
        named
            .map(|(name, _)| format!("only store-* name a database, not {name}"))
            .collect()
    }

    /// How one crate comes to know another.
    fn path(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let known = self.ordinary.get(from)?;
        if known.contains(to) {
            return Some(vec![from.to_owned(), to.to_owned()]);
        }
        let mut path = known.iter().find_map(|next| self.path(next, to))?;
        path.insert(0, from.to_owned());
        Some(path)
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

/// `kind` is absent for an ordinary dependency.
#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of a dependency and its kind.
    type Edge<'a> = (&'a str, Option<&'a str>);

    fn workspace(packages: &[(&str, &[Edge<'_>])]) -> Workspace {
        let mut workspace = Workspace::default();
        for (name, dependencies) in packages {
            let dependencies = dependencies.iter().map(|(name, kind)| Dependency {
                name: (*name).to_owned(),
                kind: kind.map(str::to_owned),
            });
            workspace.add(Package {
                name: (*name).to_owned(),
                dependencies: dependencies.collect(),
            });
        }
        workspace
    }

    #[test]
    fn a_stranger_is_found_through_another_crate() {
        let found = workspace(&[
            ("web", &[("service", None)]),
            ("service", &[("store-sqlite", None)]),
        ])
        .breaches();
        assert_eq!(
            found,
            [
                "service must not know store-sqlite: service → store-sqlite",
                "web must not know store-sqlite: web → service → store-sqlite",
            ]
        );
    }

    #[test]
    fn tests_may_know_every_crate_but_name_no_database() {
        let found = workspace(&[(
            "web",
            &[("store-sqlite", Some("dev")), ("sqlx", Some("dev"))],
        )])
        .breaches();
        assert_eq!(found, ["only store-* name a database, not web"]);
    }

    #[test]
    fn the_model_has_a_closed_list_of_libraries() {
        let found = workspace(&[(
            "model",
            &[("uuid", None), ("tokio", None), ("proptest", Some("dev"))],
        )])
        .breaches();
        assert_eq!(found, ["model does no IO and may not depend on tokio"]);
    }
}
