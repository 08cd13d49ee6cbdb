//! Tests and the numbers they begin with: `u3_and_u6_…` in Rust, `test("U3 U6: …")` in the browser stories.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::workspace;

/// Numbers of the contract, each with the tests that bear it.
pub(super) type Borne = BTreeMap<String, Vec<String>>;

/// Every test of the workspace that names a line.
pub(super) fn borne() -> Result<Borne> {
    let mut borne = Borne::new();
    for folder in ["crates", "xtask", "e2e"] {
        for path in workspace::files(&workspace::root().join(folder), &["rs", "ts"])? {
            let (text, place) = (workspace::read(&path)?, workspace::relative(&path));
            let names = match path.extension().is_some_and(|extension| extension == "rs") {
                true => rust_tests(&text),
                false => stories(&text),
            };
            for name in names {
                note(&mut borne, &place, &name);
            }
        }
    }
    Ok(borne)
}

fn note(borne: &mut Borne, place: &str, name: &str) {
    for number in numbers(name) {
        let tests = borne.entry(number).or_default();
        tests.push(format!("`{place}` {}", name.replace('|', "\\|")));
    }
}

/// The functions behind `#[test]`, `#[tokio::test]` and in `proptest!`.
fn rust_tests(text: &str) -> Vec<String> {
    let mut is_test = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim_start) {
        is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let declared = line
            .strip_prefix("async fn ")
            .or_else(|| line.strip_prefix("fn "));
        if let Some(declared) = declared {
            if is_test {
                names.extend(declared.split('(').next().map(str::to_owned));
            }
            is_test = false;
        }
    }
    names
}

/// The titles of the browser stories.
fn stories(text: &str) -> Vec<String> {
    let titles = text.split("test(").skip(1);
    let quoted = titles.filter_map(|title| {
        let quote = title
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '`' | '\''))?;
        title[1..].split(quote).next()
    });
    quoted.map(str::to_owned).collect()
}

/// The numbers that a name begins with.
fn numbers(name: &str) -> Vec<String> {
    let words = name.split(['_', ' ', ':', ',']);
    let words = words.take_while(|word| *word == "and" || is_number(word));
    words
        .filter(|word| *word != "and")
        .map(str::to_uppercase)
        .collect()
}

fn is_number(word: &str) -> bool {
    let mut letters = word.chars();
    letters
        .next()
        .is_some_and(|letter| "SUDCLARGH".contains(letter.to_ascii_uppercase()))
        && !letters.as_str().is_empty()
        && letters.all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_bears_the_numbers_it_begins_with() {
        assert_eq!(numbers("u3_u4_and_u6_what_is_wrong_1"), ["U3", "U4", "U6"]);
        assert_eq!(numbers("H1 U2: in d1"), ["H1", "U2"]);
        assert_eq!(numbers("all_of_d1"), Vec::<String>::new());
        assert_eq!(numbers("s_and_d"), Vec::<String>::new());
    }

    #[test]
    fn only_tests_are_found() {
        let rust = "#[tokio::test]\nasync fn u1_a() {}\nfn u2_b() {}\n    #[test]\n    #[ignore]\n    fn u3_c() {}";
        assert_eq!(rust_tests(rust), ["u1_a", "u3_c"]);
        assert_eq!(
            stories("test(\"H1: a\", …); test.use(x); test(`L1: b ${c}`)"),
            ["H1: a", "L1: b ${c}"]
        );
    }
}
