//! The portal's sentences: one typed method per message of `locales/`, written by the build.

use std::borrow::Cow;
use std::fmt::{Debug, Formatter};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use model::Language;

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// What the portal says in one language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

/// A value that a sentence can hold: text or a number. Numbers choose plurals and are grouped by language.
pub trait Argument {
    /// The value as Fluent takes it.
    fn value(&self) -> FluentValue<'_>;
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::English, EN));
static GERMAN: LazyLock<Bundle> = LazyLock::new(|| bundle(Language::German, DE));

impl Words {
    /// The sentences of a language.
    pub const fn of(language: Language) -> Self {
        Self { language }
    }

    /// The language spoken.
    pub const fn language(self) -> Language {
        self.language
    }

    fn bundle(self) -> &'static Bundle {
        match self.language {
            Language::German => &GERMAN,
            Language::English => &ENGLISH,
        }
    }

    fn plain(self, id: &'static str) -> Cow<'static, str> {
        format(self.bundle(), id, None)
    }

    fn filled<const N: usize>(
        self,
        id: &'static str,
        values: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        let arguments: FluentArgs<'_> = values.into_iter().collect();
        format(self.bundle(), id, Some(&arguments)).into_owned()
    }
}

impl Debug for Words {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Words({})", self.language.code())
    }
}

fn format<'a>(
    bundle: &'static Bundle,
    id: &str,
    arguments: Option<&'a FluentArgs<'a>>,
) -> Cow<'a, str> {
    let message = bundle
        .get_message(id)
        .expect("the build checked that the message exists");
    let pattern = message
        .value()
        .expect("the build checked that the message has text");
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors);
    debug_assert!(errors.is_empty(), "{id}: {errors:?}");
    text
}

fn bundle(language: Language, sources: &[&str]) -> Bundle {
    let identifier: LanguageIdentifier = language.code().parse().expect("our tags are valid");
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::German => grouped_by_dots,
        Language::English => grouped_by_commas,
    }));
    for source in sources {
        let resource = FluentResource::try_new((*source).to_owned()).expect("the build parsed it");
        bundle
            .add_resource(resource)
            .expect("the build checked that ids are unique");
    }
    bundle
}

fn grouped_by_dots(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    grouped(value, '.')
}

fn grouped_by_commas(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    grouped(value, ',')
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let digits = number.as_string();
    let mut text = String::with_capacity(digits.len() + 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl Argument for Cow<'_, str> {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize, i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_has_its_plural_and_its_grouping() {
        let (en, de) = (Words::of(Language::English), Words::of(Language::German));
        assert_eq!(en.user_list_count(1_u32), "1 user");
        assert_eq!(en.user_list_count(4812_u32), "4,812 users");
        assert_eq!(de.user_list_count(4812_u32), "4.812 Benutzer");
    }

    #[test]
    fn a_name_is_inserted_without_isolation_marks() {
        assert_eq!(
            Words::of(Language::English).user_delete_title("Zoë Weber"),
            "Delete user Zoë Weber?"
        );
    }
}
