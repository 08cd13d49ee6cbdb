//! What is wrong with a form, as a page says it: beside the field and in the summary.

use model::{AudioFault, FieldProblem, Problem, Problems};
use service::audio;

use crate::names;
use crate::words::Words;

/// One problem, already in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Id (and name) of the field; the summary links to it. Empty when no single field is to blame.
    pub field: String,
    /// What is wrong and what to do now.
    pub message: String,
}

/// All problems of a page, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<FieldError>);

impl Errors {
    /// The problems of a use case in words.
    pub fn told(words: Words, problems: &Problems) -> Self {
        Self(
            problems
                .0
                .iter()
                .map(|problem| field_error(words, problem))
                .collect(),
        )
    }

    /// Notes a problem with a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.to_owned(),
            message: message.into(),
        });
    }

    /// What is wrong with this field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// What else is wrong with it.
    pub fn others_of(&self, field: &str) -> Vec<&str> {
        let all = self.0.iter().filter(|error| error.field == field);
        all.skip(1).map(|error| error.message.as_str()).collect()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

fn field_error(words: Words, problem: &FieldProblem) -> FieldError {
    let field = names::field(words, problem.field);
    FieldError {
        field: problem.field.id().to_owned(),
        message: message(words, &field, &problem.problem),
    }
}

/// What is wrong and what to do now, for the field of this name.
pub fn message(words: Words, field: &str, problem: &Problem) -> String {
    match problem {
        Problem::Required => words.problem_required(field),
        Problem::TooLong { max } => words.problem_too_long(field, max),
        Problem::TooShort { min } => words.problem_too_short(field, min),
        Problem::ForbiddenCharacter { character: ' ' } => words.problem_forbidden_space(field),
        Problem::ForbiddenCharacter { character } => {
            words.problem_forbidden_character(character.to_string(), field)
        }
        Problem::ControlCharacter => words.problem_control_character(field),
        Problem::InvalidNumber => words.problem_invalid_number(field),
        Problem::InvalidExtension { min, max } => words.problem_invalid_extension(max, min),
        Problem::EmergencyNumber => words.problem_emergency_number().into_owned(),
        Problem::InvalidEmail => words.problem_invalid_email().into_owned(),
        Problem::InvalidDomain => words.problem_invalid_domain().into_owned(),
        Problem::Unknown => words.problem_unknown(field),
        Problem::Taken => words.problem_taken(field),
        Problem::ExtensionTaken { by, suggestion } => {
            let suggestion = suggestion.as_ref().map(model::Extension::as_str);
            extension_taken(words, by.as_deref(), suggestion)
        }
        Problem::InAnotherGroup { name, group } => match group {
            Some(group) => words.problem_in_another_group(name, group),
            None => words.problem_in_hidden_group(name),
        },
        Problem::NotOfSite => words.problem_not_of_site().into_owned(),
        Problem::NumberNotAvailable => words.problem_number_not_available().into_owned(),
        Problem::NoLicenceLeft { product } => {
            words.problem_no_licence_left(names::product(words, *product))
        }
        Problem::ContractNumberMissing => words.problem_contract_number_missing().into_owned(),
        Problem::MobileNumberMissing => words.problem_mobile_number_missing().into_owned(),
        Problem::PackageNeedsMobile { package } => {
            words.problem_package_needs_mobile(names::package(words, *package))
        }
        Problem::InvalidRange => words.problem_invalid_range().into_owned(),
        Problem::RangeTooLarge { max } => words.problem_range_too_large(max),
        Problem::BelowUse { used } => words.problem_below_use(used),
        Problem::OutOfRange { min, max } => words.problem_out_of_range(field, max, min),
        Problem::InsideItself => words.problem_inside_itself().into_owned(),
        Problem::TooDeep { max } => words.problem_too_deep(max),
        Problem::TooMany { max } => words.problem_too_many(max),
        Problem::ExtensionsInUse { count } => words.problem_extensions_in_use(count),
        Problem::InUse => words.problem_in_use(field),
        Problem::NumberAssigned => words.problem_number_assigned().into_owned(),
        Problem::NumberReserved => words.problem_number_reserved().into_owned(),
        Problem::NumberIsMain => words.problem_number_is_main().into_owned(),
        Problem::LastAdministrator => words.problem_last_administrator().into_owned(),
        Problem::Oneself => words.problem_oneself().into_owned(),
        Problem::InvalidDay => words.problem_invalid_day(field),
        Problem::LooksLikeFormula => words.problem_looks_like_formula().into_owned(),
        Problem::LooksLikeNumber => words.problem_looks_like_number().into_owned(),
        Problem::TooManyUsers { max } => words.problem_too_many_users(max),
        Problem::Twice => words.problem_twice().into_owned(),
        Problem::NobodyMatches => words.problem_nobody_matches().into_owned(),
        Problem::InvalidTime => words.problem_invalid_time(field),
        Problem::EndBeforeBegin => words.problem_end_before_begin().into_owned(),
        Problem::UnknownExtension => words.problem_unknown_extension(field),
        Problem::NotOneUser => words.problem_not_one_user(field),
        Problem::ForwardToSelf => words.problem_forward_to_self(field),
        Problem::Barred { class } => {
            words.problem_barred(names::number_class(words, *class), field)
        }
        Problem::TooFewClasses { min } => words.problem_too_few_classes(min),
        Problem::RepeatedCharacter { max } => words.problem_repeated_character(max),
        Problem::WhiteSpace => words.problem_white_space().into_owned(),
        Problem::UsedBefore { count } => words.problem_used_before(count),
        Problem::WrongCode => words.problem_wrong_code().into_owned(),
        Problem::PasskeyRefused => words.problem_passkey_refused().into_owned(),
        Problem::WrongPassword => words.problem_wrong_password().into_owned(),
        Problem::NotDigits => words.problem_not_digits(field),
        Problem::RunOfDigits { max } => words.problem_run_of_digits(field, max),
        Problem::Audio { fault } => not_taken(words, *fault),
    }
}

/// Why a sound is not taken.
fn not_taken(words: Words, fault: AudioFault) -> String {
    match fault {
        AudioFault::NotWav => words.problem_audio_not_wav().into_owned(),
        AudioFault::Compressed => words.problem_audio_compressed().into_owned(),
        AudioFault::Unusual => words.problem_audio_unusual().into_owned(),
        AudioFault::TooLong => words.problem_audio_too_long(audio::LONGEST_S / 60),
        AudioFault::TooLarge => words.problem_audio_too_large(audio::LARGEST / 1_000_000),
        AudioFault::Empty => words.problem_audio_empty().into_owned(),
    }
}

/// U4: who has it, when the reader may know, and one that is free.
fn extension_taken(words: Words, by: Option<&str>, suggestion: Option<&str>) -> String {
    match (by, suggestion) {
        (Some(by), Some(free)) => words.problem_extension_taken_by_free(by, free),
        (Some(by), None) => words.problem_extension_taken_by(by),
        (None, Some(free)) => words.problem_extension_taken_free(free),
        (None, None) => words.problem_extension_taken().into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use model::{Field, Language};

    use super::*;

    #[test]
    fn u4_a_clash_names_who_has_the_extension_and_a_free_one() {
        let problem = Problem::ExtensionTaken {
            by: Some("Jonas Brandt".to_owned()),
            suggestion: "4568".parse().ok(),
        };
        let problems = Problems::one(Field::Extension, problem);
        let errors = Errors::told(Words::of(Language::English), &problems);
        assert_eq!(
            errors.of("extension"),
            Some("Jonas Brandt has this extension already. 4568 is free.")
        );
    }
}
