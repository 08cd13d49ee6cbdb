//! Reads `locales/{en,de}/*.ftl`, refuses what does not fit together, and writes `impl Words`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

const LANGUAGES: [&str; 2] = ["en", "de"];

/// What one language says: message id to what the build must know of it.
type Catalogue = BTreeMap<String, Message>;

struct Message {
    file: String,
    text: String,
    variables: BTreeSet<String>,
}

/// The code of `impl Words`, or every reason why there is none.
pub(crate) fn generate(root: &Path) -> Result<String, Vec<String>> {
    let mut problems = Vec::new();
    let [en, de] = LANGUAGES.map(|language| catalogue(root, language, &mut problems));
    compare(&en, &de, &mut problems);
    compare_missing(&de, &en, "en", &mut problems);
    unused(root, &en, &mut problems);
    if problems.is_empty() {
        Ok(code(root, &en))
    } else {
        Err(problems)
    }
}

/// The texts of a language's messages that hold no variable, by id: buttons and headings, as the help names them.
pub(crate) fn labels(root: &Path, language: &str) -> BTreeMap<String, String> {
    let messages = catalogue(root, language, &mut Vec::new()).into_iter();
    let plain = messages.filter(|(_, message)| message.variables.is_empty());
    plain.map(|(id, message)| (id, message.text)).collect()
}

fn catalogue(root: &Path, language: &str, problems: &mut Vec<String>) -> Catalogue {
    let mut found = Catalogue::new();
    for path in crate::files(&root.join("locales").join(language)) {
        let file = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let place = format!("locales/{language}/{file}");
        let text = crate::read(&path);
        let resource = match parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => {
                problems.extend(errors.iter().map(|error| format!("{place}: {error}")));
                continue;
            }
        };
        for entry in resource.body {
            add_entry(&mut found, &entry, (&place, &file), problems);
        }
    }
    found
}

fn add_entry(
    found: &mut Catalogue,
    entry: &Entry<&str>,
    (place, file): (&str, &str),
    problems: &mut Vec<String>,
) {
    match entry {
        Entry::Message(message) => {
            let id = message.id.name;
            let Some(pattern) = &message.value else {
                return problems.push(format!("{place}: {id} has no text"));
            };
            if !message.attributes.is_empty() {
                problems.push(format!("{place}: {id} has attributes, which nothing reads"));
            }
            let mut seen = Message {
                file: file.to_owned(),
                text: String::new(),
                variables: BTreeSet::new(),
            };
            if let Err(what) = walk(pattern, &mut seen) {
                problems.push(format!(
                    "{place}: {id} uses {what}, which Words does not offer"
                ));
            }
            if found.insert(id.to_owned(), seen).is_some() {
                problems.push(format!("{place}: {id} is there twice"));
            }
        }
        Entry::Term(term) => problems.push(format!(
            "{place}: -{} is a term; write a message",
            term.id.name
        )),
        Entry::Junk { content } => problems.push(format!("{place}: cannot be read: {content}")),
        Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
    }
}

fn walk(pattern: &Pattern<&str>, seen: &mut Message) -> Result<(), &'static str> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => seen.text.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => walk_inline(inline, seen)?,
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                walk_inline(selector, seen)?;
                for variant in variants {
                    seen.text.push_str(" / ");
                    walk(&variant.value, seen)?;
                }
            }
        }
    }
    Ok(())
}

fn walk_inline(inline: &InlineExpression<&str>, seen: &mut Message) -> Result<(), &'static str> {
    match inline {
        InlineExpression::VariableReference { id } => {
            seen.text.push_str(&format!("{{{}}}", id.name));
            seen.variables.insert(id.name.to_owned());
            Ok(())
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
        InlineExpression::FunctionReference { .. } => Err("a function"),
        InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
            Err("another message")
        }
        InlineExpression::Placeable { .. } => Err("a nested placeable"),
    }
}

fn compare(en: &Catalogue, de: &Catalogue, problems: &mut Vec<String>) {
    compare_missing(en, de, "de", problems);
    for (id, english) in en {
        let Some(german) = de.get(id) else { continue };
        if english.variables != german.variables {
            problems.push(format!(
                "{id}: en has {:?}, de has {:?}",
                english.variables, german.variables
            ));
        }
        if english.file != german.file {
            problems.push(format!(
                "{id}: en has it in {}, de in {}",
                english.file, german.file
            ));
        }
    }
}

fn compare_missing(has: &Catalogue, lacks: &Catalogue, language: &str, problems: &mut Vec<String>) {
    let missing = has.iter().filter(|(id, _)| !lacks.contains_key(*id));
    problems.extend(
        missing
            .map(|(id, message)| format!("locales/{language}/{}: {id} is missing", message.file)),
    );
}

fn unused(root: &Path, catalogue: &Catalogue, problems: &mut Vec<String>) {
    let sources = ["templates", "src"]
        .iter()
        .flat_map(|folder| crate::files(&root.join(folder)));
    let source: String = sources.map(|path| crate::read(&path)).collect();
    for (id, message) in catalogue {
        let name = function(id);
        let called =
            source.contains(&format!(".{name}(")) || source.contains(&format!("Words::{name}"));
        if !called {
            problems.push(format!(
                "{}: nothing says {id} (words.{name})",
                message.file
            ));
        }
    }
}

fn function(id: &str) -> String {
    id.replace('-', "_")
}

fn code(root: &Path, catalogue: &Catalogue) -> String {
    let mut code = String::new();
    for language in LANGUAGES {
        code.push_str(&sources(root, language));
    }
    code.push_str("impl Words {\n");
    for (id, message) in catalogue {
        code.push_str(&method(id, message));
    }
    code.push_str("}\n");
    code
}

fn sources(root: &Path, language: &str) -> String {
    let mut code = format!("const {}: &[&str] = &[\n", language.to_uppercase());
    for path in crate::files(&root.join("locales").join(language)) {
        let file = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        code.push_str(&format!(
            "    include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/locales/{language}/{file}\")),\n"
        ));
    }
    code.push_str("];\n");
    code
}

/// Arguments stand in alphabetical order, so that rewording a sentence never swaps two of them.
fn method(id: &str, message: &Message) -> String {
    let name = function(id);
    let doc = message.text.replace('\n', " ");
    if message.variables.is_empty() {
        return format!(
            "    #[doc = {doc:?}]\n    pub fn {name}(self) -> Cow<'static, str> {{ self.plain({id:?}) }}\n"
        );
    }
    let parameters: String = message
        .variables
        .iter()
        .map(|variable| format!(", {}: impl Argument", function(variable)))
        .collect();
    let arguments: String = message
        .variables
        .iter()
        .map(|variable| format!("({variable:?}, {}.value()), ", function(variable)))
        .collect();
    format!(
        "    #[doc = {doc:?}]\n    pub fn {name}(self{parameters}) -> String {{ self.filled({id:?}, [{arguments}]) }}\n"
    )
}
