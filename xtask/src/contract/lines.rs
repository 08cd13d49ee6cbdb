//! The lines of the contract, read from `docs/contract-lines.txt`.

use anyhow::{Context, Result};

use crate::workspace;

/// Lines under one heading.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
}

/// A line of the contract.
pub(super) struct Line {
    /// A letter and a number.
    pub(super) number: String,
    pub(super) rule: String,
    /// Whether it is still to be built.
    pub(super) is_awaited: bool,
}

pub(super) fn sections() -> Result<Vec<Section>> {
    let text = workspace::read(&workspace::root().join("docs/contract-lines.txt"))?;
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("## ") {
            Some(title) => sections.push(Section {
                title: title.to_owned(),
                lines: Vec::new(),
            }),
            None if line.starts_with('#') => {}
            None => {
                let section = sections.last_mut().context("a line before any heading")?;
                section.lines.push(read(line)?);
            }
        }
    }
    Ok(sections)
}

fn read(line: &str) -> Result<Line> {
    let (number, rule) = line
        .split_once(' ')
        .with_context(|| format!("no rule: {line}"))?;
    Ok(Line {
        number: number.trim_start_matches('?').to_owned(),
        rule: rule.to_owned(),
        is_awaited: number.starts_with('?'),
    })
}
