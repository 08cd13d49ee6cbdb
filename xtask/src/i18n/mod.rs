//! `cargo xtask i18n`: the message files of the portal say the same in both languages, and say it well.

mod catalogue;
mod rules;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};

use self::catalogue::Catalogue;
use crate::workspace;

/// Prints every problem; an error when there is one.
pub(crate) fn run() -> Result<()> {
    let web = workspace::root().join("crates/web");
    let locales = web.join("locales");
    let mut problems = Vec::new();
    let english = Catalogue::load(&locales.join("en"), &mut problems)?;
    let german = Catalogue::load(&locales.join("de"), &mut problems)?;
    problems.extend(rules::same(&english, &german));
    problems.extend(rules::used(&english, &words(&web)?));
    problems.extend(rules::formal(&german));
    problems.extend(rules::translated(
        &english,
        &german,
        &same_in_both(&locales)?,
    ));
    problems.extend(informal_help(&web.join("help/de"))?);
    for problem in &problems {
        eprintln!("{problem}");
    }
    if !problems.is_empty() {
        bail!("{} problems in crates/web/locales", problems.len());
    }
    println!("{} messages in both languages", english.messages.len());
    Ok(())
}

/// Help texts that do not address their readers as "Sie"; that both languages fit together is checked by the build.
fn informal_help(folder: &Path) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for path in workspace::files(folder, &["md"])? {
        if let Some(word) = rules::informal(&workspace::read(&path)?) {
            problems.push(format!("{}: “{word}”", path.display()));
        }
    }
    Ok(problems)
}

/// Every word in the sources of the portal: messages are called as functions.
fn words(web: &Path) -> Result<BTreeSet<String>> {
    let mut words = BTreeSet::new();
    for folder in ["src", "templates"] {
        for path in workspace::files(&web.join(folder), &["rs", "html", "txt", "xml", "csv"])? {
            let text = workspace::read(&path)?;
            let found = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            words.extend(found.map(str::to_owned));
        }
    }
    Ok(words)
}

/// The ids whose text is rightly the same in both languages, one a line; `#` begins a comment.
fn same_in_both(locales: &Path) -> Result<BTreeSet<String>> {
    let path = locales.join(rules::SAME_IN_BOTH);
    let text = if path.is_file() {
        workspace::read(&path)?
    } else {
        String::new()
    };
    let lines = text
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    Ok(lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}
