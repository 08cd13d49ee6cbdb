//! What every `Cargo.toml` must say: the workspace's lints, and why a library is there.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::workspace;

/// A sentence for each manifest that lacks something.
pub(super) fn breaches() -> Result<Vec<String>> {
    let root = workspace::root();
    let mut breaches = Vec::new();
    for path in members(root)? {
        if !inherits_lints(&workspace::read(&path)?) {
            breaches.push(format!(
                "{}: lacks `[lints] workspace = true`",
                workspace::relative(&path)
            ));
        }
    }
    let manifest = workspace::read(&root.join("Cargo.toml"))?;
    breaches.extend(
        unexplained(&manifest).map(|line| format!("Cargo.toml: say why `{line}` is there")),
    );
    Ok(breaches)
}

fn members(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["crates", "bench", "xtask"] {
        let files = workspace::files(&root.join(folder), &["toml"])?;
        found.extend(
            files
                .into_iter()
                .filter(|path| path.ends_with("Cargo.toml")),
        );
    }
    Ok(found)
}

fn inherits_lints(manifest: &str) -> bool {
    let mut lines = manifest
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    lines.any(|line| line == "[lints]") && lines.next() == Some("workspace = true")
}

/// The libraries from outside with no comment on their line and none above their group. A group ends at
/// an empty line.
fn unexplained(manifest: &str) -> impl Iterator<Item = &str> {
    let section = manifest
        .split("\n[workspace.dependencies]\n")
        .nth(1)
        .unwrap_or_default();
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .split("\n\n")
        .filter(|group| !group.trim_start().starts_with('#'))
        .flat_map(|group| {
            let lines = group.lines().filter(|line| line.contains('='));
            lines.filter(|line| !line.contains('#') && !line.contains("path ="))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_needs_a_reason_of_its_own_or_of_its_group() {
        let manifest = "[workspace]\n\n[workspace.dependencies]\nmodel = { path = \"m\" }\nserde = \"1\"\n\
                        uuid = \"1\" # ids\n\n# tests\ninsta = \"1\"\n\n[profile.dev]\ndebug = false\n";
        assert_eq!(unexplained(manifest).collect::<Vec<_>>(), ["serde = \"1\""]);
    }

    #[test]
    fn lints_are_inherited_only_by_saying_so() {
        assert!(inherits_lints(
            "[package]\nname = \"a\"\n\n[lints]\nworkspace = true\n"
        ));
        assert!(!inherits_lints("[package]\nname = \"a\"\n"));
        assert!(!inherits_lints(
            "[lints]\nrust.dead_code = \"allow\"\n[x]\nworkspace = true\n"
        ));
    }
}
