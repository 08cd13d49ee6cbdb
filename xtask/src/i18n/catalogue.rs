//! The messages of one language, with what the rules ask of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use fluent_syntax::parser;

use crate::workspace;

/// The messages of one language by id.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) messages: BTreeMap<String, Sentence>,
    pub(super) files: BTreeSet<String>,
}

/// One message, or one attribute of it (`id.attribute`).
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// Name of the file that holds it.
    pub(super) file: String,
    /// All its text, variables as `{name}`, variants one after the other.
    pub(super) text: String,
    pub(super) variables: BTreeSet<String>,
}

impl Catalogue {
    /// Reads a folder; what cannot be read is a problem.
    pub(super) fn load(folder: &Path, problems: &mut Vec<String>) -> Result<Self> {
        let mut catalogue = Self::default();
        for path in workspace::files(folder, &["ftl"])? {
            let name = path.strip_prefix(folder)?.display().to_string();
            let text = workspace::read(&path)?;
            let faults = catalogue.add(&name, &text);
            problems.extend(
                faults
                    .iter()
                    .map(|fault| format!("{}: {fault}", workspace::relative(&path))),
            );
        }
        Ok(catalogue)
    }

    /// Adds a file and gives what is wrong with it.
    pub(super) fn add(&mut self, file: &str, text: &str) -> Vec<String> {
        self.files.insert(file.to_owned());
        let (resource, errors) =
            parser::parse(text).map_or_else(|faulty| faulty, |good| (good, Vec::new()));
        let mut faults: Vec<_> = errors.iter().map(ToString::to_string).collect();
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                faults.extend(self.add_message(file, message));
            }
        }
        faults
    }

    fn add_message(&mut self, file: &str, message: &Message<&str>) -> Vec<String> {
        let id = message.id.name;
        let text = message.value.iter().map(|pattern| (id.to_owned(), pattern));
        let attributes = message
            .attributes
            .iter()
            .map(|a| (format!("{id}.{}", a.id.name), &a.value));
        let mut twice = Vec::new();
        for (id, pattern) in text.chain(attributes) {
            let mut sentence = Sentence {
                file: file.to_owned(),
                ..Sentence::default()
            };
            sentence.read(pattern);
            if self.messages.insert(id.clone(), sentence).is_some() {
                twice.push(format!("{id} is there twice"));
            }
        }
        twice
    }
}

impl Sentence {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.read_expression(expression),
            }
        }
    }

    fn read_expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.read_inline(inline),
            Expression::Select { selector, variants } => {
                self.read_inline(selector);
                for variant in variants {
                    self.text.push(' ');
                    self.read(&variant.value);
                }
            }
        }
    }

    fn read_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.text.push_str(&format!("{{{}}}", id.name));
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::StringLiteral { value }
            | InlineExpression::NumberLiteral { value } => {
                self.text.push_str(value);
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments
                    .positional
                    .iter()
                    .for_each(|argument| self.read_inline(argument));
            }
            InlineExpression::Placeable { expression } => self.read_expression(expression),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {}
        }
    }
}
