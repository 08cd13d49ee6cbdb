//! The fields of a user in forms: what can be chosen, and what was sent.

use model::{DepartmentTree, Field, Licence, Limit, Problem, Problems, User, UserDraft, UserPatch};
use service::{Error, Place, department, licence, number};

use super::{form::Form, home::count, reader::Reader};
use crate::{
    format,
    pages::user_form::{self, UserChoices},
    parts::Choice,
    server::Portal,
};

/// How many free numbers are offered in a list.
const OFFERED: usize = 200;

/// What can be chosen at a site; for a user that is there already, what the user has as well.
pub(super) async fn choices(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    user: Option<&User>,
) -> Result<UserChoices, Error> {
    let (env, actor, site) = (&portal.env, reader.actor(), place.site.id);
    let free = number::list(env, actor, site, true, None, Limit::new(OFFERED)).await?;
    let own = user.map(|user| &user.number);
    let numbers = own
        .into_iter()
        .chain(free.items.iter().map(|free| &free.number));
    let offer = |number: &model::PhoneNumber| {
        Choice::new(
            number.as_str(),
            format::phone_number(number, place.site.country),
        )
    };
    let licences = licence::list(env, actor, place.enterprise.id).await?;
    let licences = with_own(licences, user);
    let departments = department::list(env, actor, site).await?;
    Ok(UserChoices {
        numbers: numbers.map(offer).collect(),
        free_numbers: count(number::count(env, actor, site).await?.1),
        packages: user_form::packages(reader.words(), &licences),
        services: user_form::services(reader.words(), &licences),
        departments: super::department::choices(&DepartmentTree::new(departments)),
        desk_phone_types: user_form::desk_phone_types(reader.words()),
        languages: user_form::languages(),
    })
}

/// The licences as if the user had given back the own ones: they can be kept, also when none is left.
fn with_own(licences: Vec<Licence>, user: Option<&User>) -> Vec<Licence> {
    let own: Vec<_> = user
        .map(|user| user.products().collect())
        .unwrap_or_default();
    let back = |licence: Licence| Licence {
        used: licence.used - i64::from(own.contains(&licence.product)),
        ..licence
    };
    licences.into_iter().map(back).collect()
}

/// A free extension, where the one that was typed is taken (U4).
pub(super) fn free_extension(problems: &Problems) -> Option<String> {
    problems
        .0
        .iter()
        .find_map(|told| match (&told.field, &told.problem) {
            (Field::Extension, Problem::ExtensionTaken { suggestion, .. }) => {
                suggestion.as_ref().map(ToString::to_string)
            }
            _ => None,
        })
}

/// The fields of a new user.
pub(super) fn draft(sent: &Form) -> UserDraft {
    UserDraft {
        number: sent.get("number"),
        extension: sent.get("extension"),
        package: sent.get("package"),
        services: sent.all("services"),
        first_name: sent.get("first_name"),
        last_name: sent.get("last_name"),
        username: sent.get("username"),
        email: sent.get("email"),
        language: sent.get("language"),
        department: sent.get("department"),
        desk_phone_type: sent.get("desk_phone_type"),
        mobile_number: sent.get("mobile_number"),
        contract_number: sent.get("contract_number"),
    }
}

/// The fields of the form that was sent; what it does not hold stays as it is.
pub(super) fn patch(sent: &Form) -> UserPatch {
    // Boxes that are not ticked are not sent.
    let services = sent.given("package").map(|_| sent.all("services"));
    UserPatch {
        number: sent.given("number"),
        extension: sent.given("extension"),
        package: sent.given("package"),
        services,
        first_name: sent.given("first_name"),
        last_name: sent.given("last_name"),
        username: sent.given("username"),
        email: sent.given("email"),
        language: sent.given("language"),
        department: sent.given("department"),
        desk_phone_type: sent.given("desk_phone_type"),
        mobile_number: sent.given("mobile_number"),
        contract_number: sent.given("contract_number"),
    }
}
