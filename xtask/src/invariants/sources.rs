//! Who opens a write transaction, from the sources: the types cannot say it.

use std::path::Path;

use anyhow::Result;

use crate::workspace;

/// The use cases, and what stands below them or beside them.
const WRITERS: [&str; 5] = [
    "service",
    "store",
    "store-postgres",
    "store-sqlite",
    "testkit",
];

/// A sentence for each place where a store is opened for writing and must not be.
pub(super) fn breaches() -> Result<Vec<String>> {
    let crates = workspace::root().join("crates");
    let mut breaches = Vec::new();
    for path in workspace::files(&crates, &["rs"])? {
        if may_write(path.strip_prefix(&crates)?) {
            continue;
        }
        let text = workspace::read(&path)?;
        let place = workspace::relative(&path);
        breaches.extend(
            writes(&text).map(|line| format!("{place}:{line}: only use cases write to the store")),
        );
    }
    Ok(breaches)
}

fn may_write(path: &Path) -> bool {
    let owner = path.iter().next().and_then(|name| name.to_str());
    owner.is_some_and(|owner| WRITERS.contains(&owner))
}

/// The lines with `.write()` that is awaited, there or on the next line; a lock of the standard library is not.
fn writes(text: &str) -> impl Iterator<Item = usize> {
    let found = text.match_indices(".write()");
    let awaited = found.filter(|(place, call)| {
        text[place + call.len()..]
            .trim_start()
            .starts_with(".await")
    });
    awaited.map(|(place, _)| text[..place].lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_awaited_write_is_one() {
        let text = "let a = lock.write();\nlet b = store.write().await?;\nlet c = store\n    .write()\n    .await?;\n";
        assert_eq!(writes(text).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn the_portal_may_not_write_but_a_use_case_may() {
        assert!(may_write(Path::new("service/src/user/add.rs")));
        assert!(!may_write(Path::new("web/src/users.rs")));
    }
}
