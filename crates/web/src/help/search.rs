//! Looking for a page by words.

use std::sync::LazyLock;

use model::{Country, HelpTask, Language, fold};

use super::{country::plain, text};

/// More characters than anybody looks for.
const LONGEST: usize = 100;

/// A page as it is searched: without case and accents.
struct Entry {
    task: HelpTask,
    title: String,
    all: String,
}

static GERMAN: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(Language::German));
static ENGLISH: LazyLock<Vec<Entry>> = LazyLock::new(|| entries(Language::English));

/// The pages that hold the most of the words, those with a word in the title first.
pub fn find(language: Language, query: &str) -> Vec<HelpTask> {
    let query: String = fold(query).chars().take(LONGEST).collect();
    let words: Vec<&str> = query
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let entries = match language {
        Language::German => &*GERMAN,
        Language::English => &*ENGLISH,
    };
    let hits = |text: &str| words.iter().filter(|word| text.contains(**word)).count();
    let best = entries.iter().map(|entry| hits(&entry.all)).max();
    let best = best.unwrap_or_default();
    if best == 0 {
        return Vec::new();
    }
    let mut found: Vec<_> = entries
        .iter()
        .filter(|entry| hits(&entry.all) == best)
        .collect();
    found.sort_by_key(|entry| std::cmp::Reverse(hits(&entry.title)));
    found.iter().map(|entry| entry.task).collect()
}

fn entries(language: Language) -> Vec<Entry> {
    let entry = |task: &HelpTask| {
        let text = text(*task, language);
        let parts = text.parts.iter();
        let mut all = vec![text.title.to_owned()];
        all.extend(parts.clone().map(|part| part.title.to_owned()));
        let steps = parts.flat_map(|part| part.steps).copied();
        let troubles = text.troubles.iter().flat_map(|t| [t.what, t.then]);
        let lines = steps.chain(troubles).chain([text.purpose]);
        all.extend(lines.map(|line| plain(line, Country::Germany)));
        Entry {
            task: *task,
            title: fold(text.title),
            all: fold(&all.join("\n")),
        }
    };
    HelpTask::ALL.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h2_pages_are_found_by_words_in_both_languages() {
        let first = |language, query| find(language, query).first().copied();
        let (de, en) = (Language::German, Language::English);
        assert_eq!(first(de, "BENUTZER LÖSCHEN"), Some(HelpTask::DeleteUser));
        assert_eq!(first(de, "loschen benutzer"), Some(HelpTask::DeleteUser));
        assert_eq!(first(en, "delete a user"), Some(HelpTask::DeleteUser));
        assert_eq!(first(en, "Yealink"), Some(HelpTask::PhoneLogin));
        assert_eq!(first(de, "Amtsleitung"), Some(HelpTask::OperatorTrunk));
        assert_eq!(find(en, "xyzzy"), []);
        assert_eq!(find(en, " \0 "), []);
        assert!(find(en, &"a ".repeat(10_000)).len() <= HelpTask::ALL.len());
    }
}
