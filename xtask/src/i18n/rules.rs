//! What must hold between the two languages, and in each.

use std::collections::BTreeSet;

use super::catalogue::{Catalogue, Sentence};

/// The file in `locales/` that lists the ids whose text is rightly the same in both languages.
pub(super) const SAME_IN_BOTH: &str = "same-in-both.txt";

/// Users are addressed as "Sie".
const INFORMAL: [&str; 9] = [
    "du", "dein", "deine", "deinem", "deinen", "deiner", "deines", "dir", "dich",
];

/// The same files with the same messages with the same variables.
pub(super) fn same(english: &Catalogue, german: &Catalogue) -> Vec<String> {
    let files = english.files.symmetric_difference(&german.files);
    let mut problems: Vec<_> = files
        .map(|file| format!("{file}: only in one language"))
        .collect();
    for (id, sentence) in &english.messages {
        match german.messages.get(id) {
            None => problems.push(format!("{}: {id} has no German text", sentence.file)),
            Some(other) => problems.extend(differences(id, sentence, other)),
        }
    }
    let missing = german
        .messages
        .iter()
        .filter(|(id, _)| !english.messages.contains_key(*id));
    problems.extend(
        missing.map(|(id, sentence)| format!("{}: {id} has no English text", sentence.file)),
    );
    problems
}

fn differences(id: &str, english: &Sentence, german: &Sentence) -> Vec<String> {
    let mut differences = Vec::new();
    if english.file != german.file {
        differences.push(format!(
            "{id}: in {} in English, in {} in German",
            english.file, german.file
        ));
    }
    if english.variables != german.variables {
        let variables = english.variables.symmetric_difference(&german.variables);
        let names: Vec<_> = variables.map(String::as_str).collect();
        differences.push(format!(
            "{}: {id} uses {} in one language only",
            english.file,
            names.join(", ")
        ));
    }
    differences
}

/// Every message is said somewhere; `words` are all words of the sources.
pub(super) fn used(catalogue: &Catalogue, words: &BTreeSet<String>) -> Vec<String> {
    let called = |id: &str| {
        let message = id.split('.').next().unwrap_or(id);
        words.contains(&message.replace('-', "_"))
    };
    let unused = catalogue.messages.iter().filter(|(id, _)| !called(id));
    unused
        .map(|(id, sentence)| format!("{}: nothing says {id}", sentence.file))
        .collect()
}

/// No German message says "du".
pub(super) fn formal(german: &Catalogue) -> Vec<String> {
    let mut problems = Vec::new();
    for (id, sentence) in &german.messages {
        if let Some(word) = informal(&sentence.text) {
            problems.push(format!(
                "de/{}: {id} says “{word}”; users are addressed as “Sie”",
                sentence.file
            ));
        }
    }
    problems
}

/// The first word that addresses a reader informally.
pub(super) fn informal(text: &str) -> Option<&str> {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.find(|word| INFORMAL.contains(&word.to_lowercase().as_str()))
}

/// No German message is still the English one, and no id is listed for nothing.
pub(super) fn translated(
    english: &Catalogue,
    german: &Catalogue,
    allowed: &BTreeSet<String>,
) -> Vec<String> {
    let same: BTreeSet<_> = english
        .messages
        .iter()
        .filter(|(id, sentence)| {
            german
                .messages
                .get(*id)
                .is_some_and(|other| other.text == sentence.text)
        })
        .filter(|(_, sentence)| has_words(sentence))
        .map(|(id, _)| id.clone())
        .collect();
    let untranslated = same.difference(allowed);
    let untranslated = untranslated.map(|id| {
        format!("{id} is the same in both languages; if rightly so, list it in {SAME_IN_BOTH}")
    });
    let listed = allowed
        .difference(&same)
        .map(|id| format!("{SAME_IN_BOTH}: {id} is not the same in both languages"));
    untranslated.chain(listed).collect()
}

/// Something to translate outside its variables.
fn has_words(sentence: &Sentence) -> bool {
    let outside = sentence
        .text
        .split('{')
        .map(|part| part.rsplit('}').next().unwrap_or(part));
    outside
        .into_iter()
        .any(|part| part.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(text: &str) -> Catalogue {
        let mut catalogue = Catalogue::default();
        assert_eq!(catalogue.add("user.ftl", text), Vec::<String>::new());
        catalogue
    }

    #[test]
    fn a_message_without_its_counterpart_is_told() {
        let found = same(
            &catalogue("a = One\nb = Two\n"),
            &catalogue("a = Eins\nc = Drei\n"),
        );
        assert_eq!(
            found,
            [
                "user.ftl: b has no German text",
                "user.ftl: c has no English text"
            ]
        );
    }

    #[test]
    fn variables_are_compared_also_inside_variants() {
        let english = "a = { $count ->\n    [one] One of { $all }\n   *[other] Many\n}\n";
        let found = same(&catalogue(english), &catalogue("a = { $count } Stück\n"));
        assert_eq!(found, ["user.ftl: a uses all in one language only"]);
    }

    #[test]
    fn a_message_nobody_says_is_told() {
        let words = BTreeSet::from(["user_add".to_owned()]);
        let found = used(&catalogue("user-add = Add\nuser-gone = Gone\n"), &words);
        assert_eq!(found, ["user.ftl: nothing says user-gone"]);
    }

    #[test]
    fn informal_german_is_told_and_a_longer_word_is_not() {
        let found = formal(&catalogue(
            "a = Hast Du angerufen?\nb = Dusche, Dirigent, Ihr Telefon\n",
        ));
        assert_eq!(
            found,
            ["de/user.ftl: a says “Du”; users are addressed as “Sie”"]
        );
    }

    #[test]
    fn a_german_text_that_is_still_english_is_told_unless_listed() {
        let english = catalogue("a = Call centre\nb = Agent\nc = { $from } – { $to }\n");
        let german = catalogue("a = Call centre\nb = Agent\nc = { $from } – { $to }\n");
        let found = translated(
            &english,
            &german,
            &BTreeSet::from(["b".to_owned(), "z".to_owned()]),
        );
        assert_eq!(
            found,
            [
                "a is the same in both languages; if rightly so, list it in same-in-both.txt",
                "same-in-both.txt: z is not the same in both languages",
            ]
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told() {
        assert!(!Catalogue::default().add("user.ftl", "a = { $\n").is_empty());
    }
}
