//! What changes about a user, and what may change only once the user is active (S5, C1).

use std::fmt::Display;

use crate::{Change, Field, Mobile, NewUser, User, UserDraft};

/// The fields that are to change, as they were typed; `None` leaves a field as it is, empty clears it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `UserDraft`")]
pub struct UserPatch {
    pub number: Option<String>,
    pub extension: Option<String>,
    pub package: Option<String>,
    pub services: Option<Vec<String>>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub department: Option<String>,
    pub desk_phone_type: Option<String>,
    pub mobile_number: Option<String>,
    pub contract_number: Option<String>,
}

impl UserPatch {
    /// The user as it shall be. An extension that is cleared becomes the default one again (U4).
    #[must_use]
    pub fn apply(self, user: &User) -> UserDraft {
        let now = UserDraft::of(user);
        UserDraft {
            number: self.number.unwrap_or(now.number),
            extension: self.extension.unwrap_or(now.extension),
            package: self.package.unwrap_or(now.package),
            services: self.services.unwrap_or(now.services),
            first_name: self.first_name.unwrap_or(now.first_name),
            last_name: self.last_name.unwrap_or(now.last_name),
            username: self.username.unwrap_or(now.username),
            email: self.email.unwrap_or(now.email),
            language: self.language.unwrap_or(now.language),
            department: self.department.unwrap_or(now.department),
            desk_phone_type: self.desk_phone_type.unwrap_or(now.desk_phone_type),
            mobile_number: self.mobile_number.unwrap_or(now.mobile_number),
            contract_number: self.contract_number.unwrap_or(now.contract_number),
        }
    }
}

impl UserDraft {
    /// What would have to be typed for this user.
    #[must_use]
    pub fn of(user: &User) -> Self {
        let text = |value: Option<&dyn Display>| value.map(ToString::to_string).unwrap_or_default();
        let mobile = user.mobile.as_ref();
        Self {
            number: user.number.to_string(),
            extension: user.extension.to_string(),
            package: user.package.to_string(),
            services: user.services.iter().map(ToString::to_string).collect(),
            first_name: user.first_name.to_string(),
            last_name: user.last_name.to_string(),
            username: user.username.to_string(),
            email: user.email.to_string(),
            language: user.language.code().to_owned(),
            department: text(user.department.as_ref().map(|d| d as &dyn Display)),
            desk_phone_type: text(user.desk_phone_type.as_ref().map(|p| p as &dyn Display)),
            mobile_number: text(mobile.map(|m| &m.number as &dyn Display)),
            contract_number: text(mobile.map(|m| &m.contract as &dyn Display)),
        }
    }
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: Field,
    /// From what to what, for the journal.
    pub change: Change,
}

impl Difference {
    /// Whether it waits for the user to be active (S5).
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        matches!(
            self.field,
            Field::Username
                | Field::Number
                | Field::DeskPhoneType
                | Field::Package
                | Field::Services
                | Field::MobileNumber
                | Field::ContractNumber
        )
    }

    /// Whether the desk phone's login details stop working with it (C2).
    #[must_use]
    pub fn ends_login_details(&self) -> bool {
        matches!(self.field, Field::Number | Field::DeskPhoneType)
    }
}

/// Everything that differs between a user and what it shall be.
#[must_use]
pub fn differences(user: &User, new: &NewUser) -> Vec<Difference> {
    let services = |services: &[crate::Service]| {
        let names: Vec<_> = services.iter().map(|service| service.id()).collect();
        Some(names.join(", ")).filter(|names| !names.is_empty())
    };
    let number = |mobile: &Option<Mobile>| mobile.as_ref().map(|mobile| mobile.number.to_string());
    let contract =
        |mobile: &Option<Mobile>| mobile.as_ref().map(|mobile| mobile.contract.to_string());
    let all = [
        (Field::Number, text(&user.number), text(&new.number)),
        (
            Field::Extension,
            text(&user.extension),
            text(&new.extension),
        ),
        (Field::Package, text(&user.package), text(&new.package)),
        (
            Field::Services,
            services(&user.services),
            services(&new.services),
        ),
        (
            Field::FirstName,
            text(&user.first_name),
            text(&new.first_name),
        ),
        (Field::LastName, text(&user.last_name), text(&new.last_name)),
        (Field::Username, text(&user.username), text(&new.username)),
        (Field::Email, text(&user.email), text(&new.email)),
        (
            Field::Language,
            text(user.language.code()),
            text(new.language.code()),
        ),
        (
            Field::Department,
            user.department.as_ref().and_then(text),
            new.department.as_ref().and_then(text),
        ),
        (
            Field::DeskPhoneType,
            user.desk_phone_type.as_ref().and_then(text),
            new.desk_phone_type.as_ref().and_then(text),
        ),
        (
            Field::MobileNumber,
            number(&user.mobile),
            number(&new.mobile),
        ),
        (
            Field::ContractNumber,
            contract(&user.mobile),
            contract(&new.mobile),
        ),
    ];
    let different = all.into_iter().filter(|(_, before, after)| before != after);
    different
        .map(|(field, before, after)| Difference {
            field,
            change: Change {
                field: field.id().to_owned(),
                before,
                after,
            },
        })
        .collect()
}

fn text(value: &(impl Display + ?Sized)) -> Option<String> {
    Some(value.to_string())
}
