//! Reads `help/{en,de}/*.md`, refuses what does not fit together, and writes the function `text`.
//!
//! A file is a page: `# Title`, its purpose, numbered steps, `## Part` before further steps, `? what goes wrong` and
//! `: what then`. A line may hold `**label**`, `[message-id]` for a label of `locales`, and `{given}` for what depends on
//! the country.

use std::collections::BTreeMap;
use std::path::Path;

/// What depends on the country, as the variants of `Given` are called.
const GIVEN: [(&str, &str); 6] = [
    ("emergency", "Emergency"),
    ("emergency-eu", "EmergencyEu"),
    ("national", "National"),
    ("international", "International"),
    ("login", "Login"),
    ("extension", "Extension"),
];

struct Language {
    code: &'static str,
    variant: &'static str,
    labels: BTreeMap<String, String>,
}

/// A page as code, and what must be the same in the other language.
struct Page {
    code: String,
    shape: Vec<String>,
}

/// The code of `text`, or every reason why there is none.
pub(crate) fn generate(root: &Path) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let [en, de] = [("en", "English"), ("de", "German")].map(|(code, variant)| {
        let labels = crate::words::labels(root, code);
        let language = Language {
            code,
            variant,
            labels,
        };
        let pages = pages(root, &language, &mut problems);
        (language, pages)
    });
    compare(&en.1, &de.1, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut code = String::from(
        "/// The text of a page in a language.\n\
         pub fn text(task: HelpTask, language: Language) -> &'static Text {\n    match (task, language) {\n",
    );
    for (language, pages) in [&en, &de] {
        for (id, page) in pages {
            code.push_str(&format!(
                "        (HelpTask::{}, Language::{}) => &{},\n",
                camel(id),
                language.variant,
                page.code
            ));
        }
    }
    code.push_str("    }\n}\n");
    Ok(code)
}

fn pages(root: &Path, language: &Language, problems: &mut Vec<String>) -> BTreeMap<String, Page> {
    let mut found = BTreeMap::new();
    for path in crate::files(&root.join("help").join(language.code)) {
        let id = path
            .file_stem()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        match page(&crate::read(&path), language) {
            Ok(page) => drop(found.insert(id, page)),
            Err(what) => problems.push(format!("help/{}/{id}.md: {what}", language.code)),
        }
    }
    found
}

fn compare(en: &BTreeMap<String, Page>, de: &BTreeMap<String, Page>, problems: &mut Vec<String>) {
    for (has, lacks, code) in [(en, de, "de"), (de, en, "en")] {
        let missing = has.keys().filter(|id| !lacks.contains_key(*id));
        problems.extend(missing.map(|id| format!("help/{code}/{id}.md is missing")));
    }
    for (id, english) in en {
        let Some(german) = de.get(id) else { continue };
        let mut pairs = english.shape.iter().zip(&german.shape);
        if let Some((english, german)) = pairs.find(|(english, german)| english != german) {
            problems.push(format!("help/*/{id}.md: en has {english}, de has {german}"));
        } else if english.shape.len() != german.shape.len() {
            problems.push(format!("help/*/{id}.md: one language says more"));
        }
    }
}

/// Reads one page.
fn page(text: &str, language: &Language) -> Result<Page, String> {
    let mut lines = text.lines().filter(|line| !line.is_empty());
    let title = lines.next().and_then(|line| line.strip_prefix("# "));
    let title = title.ok_or("begins without a title")?;
    let mut shape = vec!["a title".to_owned()];
    let mut pieces = |text: &str, what: &str| {
        let (code, holds) = line(text, language)?;
        shape.push(format!("{what} with {holds:?}"));
        Ok::<_, String>(code)
    };
    let purpose = pieces(lines.next().ok_or("has no purpose")?, "a purpose")?;
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    let mut troubles: Vec<(String, Option<String>)> = Vec::new();
    for text in lines {
        if let Some(title) = text.strip_prefix("## ") {
            pieces("", "a part")?;
            parts.push((title.to_owned(), Vec::new()));
        } else if let Some(trouble) = text.strip_prefix("? ") {
            troubles.push((pieces(trouble, "a trouble")?, None));
        } else if let Some(then) = text.strip_prefix(": ") {
            let last = troubles.last_mut().ok_or("answers before it asks")?;
            last.1 = Some(pieces(then, "an answer")?);
        } else if let Some((number, step)) = text.split_once(". ") {
            if parts.is_empty() {
                parts.push((String::new(), Vec::new()));
            }
            let steps = &mut parts.last_mut().expect("there is one now").1;
            if number.parse() != Ok(steps.len() + 1) {
                return Err(format!("cannot be read, or is misnumbered: {text}"));
            }
            steps.push(pieces(step, "a step")?);
        } else {
            return Err(format!("cannot be read: {text}"));
        }
    }
    let code = code(title, &purpose, &parts, &troubles)?;
    Ok(Page { code, shape })
}

fn code(
    title: &str,
    purpose: &str,
    parts: &[(String, Vec<String>)],
    troubles: &[(String, Option<String>)],
) -> Result<String, String> {
    if parts.is_empty() || parts.iter().any(|(_, steps)| steps.is_empty()) {
        return Err("has no steps, or a part without".to_owned());
    }
    let parts: String = parts
        .iter()
        .map(|(title, steps)| {
            format!(
                "Part {{ title: {title:?}, steps: &[{}] }}, ",
                steps.join(", ")
            )
        })
        .collect();
    let mut told = String::new();
    for (what, then) in troubles {
        let then = then.as_ref().ok_or("asks without an answer")?;
        told.push_str(&format!("Trouble {{ what: {what}, then: {then} }}, "));
    }
    Ok(format!(
        "Text {{ title: {title:?}, purpose: {purpose}, parts: &[{parts}], troubles: &[{told}] }}"
    ))
}

/// A line as code, and what it holds besides words, sorted.
fn line(text: &str, language: &Language) -> Result<(String, Vec<String>), String> {
    let (mut code, mut holds) = (String::from("&["), Vec::new());
    let mut rest = text;
    while let Some(at) = rest.find(['*', '[', '{']) {
        let (plain, marked) = rest.split_at(at);
        if !plain.is_empty() {
            code.push_str(&format!("Piece::Plain({plain:?}), "));
        }
        let (open, close) = match &marked[..1] {
            "*" => ("**", "**"),
            "[" => ("[", "]"),
            _ => ("{", "}"),
        };
        let inner = marked
            .strip_prefix(open)
            .and_then(|text| text.split_once(close));
        let (name, after) = inner.ok_or_else(|| format!("ends too early: {text}"))?;
        let (piece, hold) = piece(open, name, language)?;
        code.push_str(&piece);
        holds.push(hold);
        rest = after;
    }
    if !rest.is_empty() {
        code.push_str(&format!("Piece::Plain({rest:?}), "));
    }
    code.push(']');
    holds.sort();
    Ok((code, holds))
}

fn piece(open: &str, name: &str, language: &Language) -> Result<(String, String), String> {
    match open {
        "**" => Ok((format!("Piece::Label({name:?}), "), "a label".to_owned())),
        "[" => {
            let label = language.labels.get(name);
            let label = label.ok_or_else(|| format!("no message {name} without variables"))?;
            Ok((format!("Piece::Label({label:?}), "), name.to_owned()))
        }
        _ => {
            let known = GIVEN.iter().find(|(given, _)| *given == name);
            let (_, variant) = known.ok_or_else(|| format!("nothing gives {name}"))?;
            Ok((format!("Piece::Given(Given::{variant}), "), name.to_owned()))
        }
    }
}

fn camel(id: &str) -> String {
    let words = id.split('-');
    words
        .map(|word| word[..1].to_uppercase() + &word[1..])
        .collect()
}
