//! What an administrator types to add a user, and what it becomes once it keeps the rules (U2–U6).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    ContractNumber, Country, DepartmentId, DeskPhoneType, Email, EnterpriseId, Extension,
    ExtensionRule, Field, FirstName, Language, LastName, Mobile, Package, PhoneNumber, Problem,
    Problems, Product, Service, SiteId, State, Timestamp, User, UserId, Username, fold,
    user::sort_name,
};

/// The fields as they were typed; empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "the fields of U2, named as there")]
pub struct UserDraft {
    pub number: String,
    pub extension: String,
    pub package: String,
    pub services: Vec<String>,
    pub first_name: String,
    pub last_name: String,
    pub username: String,
    pub email: String,
    pub language: String,
    pub department: String,
    pub desk_phone_type: String,
    pub mobile_number: String,
    pub contract_number: String,
}

/// A user that keeps every rule that can be checked without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of `User`")]
pub struct NewUser {
    pub number: PhoneNumber,
    pub extension: Extension,
    pub package: Package,
    pub services: Vec<Service>,
    pub first_name: FirstName,
    pub last_name: LastName,
    pub username: Username,
    pub email: Email,
    pub language: Language,
    pub department: Option<DepartmentId>,
    pub desk_phone_type: Option<DeskPhoneType>,
    pub mobile: Option<Mobile>,
}

impl UserDraft {
    /// Checks every field and says everything that is wrong at once.
    ///
    /// # Errors
    /// Each field that breaks a rule, with the rule.
    pub fn check(&self, country: Country, rule: ExtensionRule) -> Result<NewUser, Problems> {
        let mut problems = Problems::default();
        let number = problems.note(Field::Number, PhoneNumber::parse(&self.number, country));
        let extension = self.extension(number.as_ref(), country, rule, &mut problems);
        let package = problems.note(Field::Package, self.package.trim().parse::<Package>());
        let services = problems.note(Field::Services, self.services());
        let first_name = problems.note(Field::FirstName, self.first_name.parse());
        let last_name = problems.note(Field::LastName, self.last_name.parse());
        let username = problems.note(Field::Username, self.username.parse());
        let email = problems.note(Field::Email, self.email.parse());
        let language = problems.note(Field::Language, self.language(country));
        let department = problems.note(Field::Department, optional(&self.department, unknown));
        let desk_phone_type = problems.note(
            Field::DeskPhoneType,
            optional(&self.desk_phone_type, |problem| problem),
        );
        let mobile = self.mobile(package, country, &mut problems);
        problems.check()?;
        let checked = "a field without a problem has a value";
        Ok(NewUser {
            number: number.expect(checked),
            extension: extension.expect(checked),
            package: package.expect(checked),
            services: services.expect(checked),
            first_name: first_name.expect(checked),
            last_name: last_name.expect(checked),
            username: username.expect(checked),
            email: email.expect(checked),
            language: language.expect(checked),
            department: department.expect(checked),
            desk_phone_type: desk_phone_type.expect(checked),
            mobile,
        })
    }

    /// The extension given, or the last digits of the number (U4). Without a number there is nothing to default to, and
    /// the number's problem says so.
    fn extension(
        &self,
        number: Option<&PhoneNumber>,
        country: Country,
        rule: ExtensionRule,
        problems: &mut Problems,
    ) -> Option<Extension> {
        let extension = if self.extension.trim().is_empty() {
            Ok(number?.default_extension(rule.default))
        } else {
            self.extension.parse()
        };
        problems.note(
            Field::Extension,
            extension.and_then(|e| rule.check(e, country)),
        )
    }

    fn services(&self) -> Result<Vec<Service>, Problem> {
        let mut services = self
            .services
            .iter()
            .map(|s| s.parse())
            .collect::<Result<Vec<_>, _>>()?;
        services.sort();
        services.dedup();
        Ok(services)
    }

    fn language(&self, country: Country) -> Result<Language, Problem> {
        match (self.language.as_str(), country) {
            ("", Country::Germany) => Ok(Language::German),
            ("", Country::UnitedKingdom) => Ok(Language::English),
            (text, _) => text.parse(),
        }
    }

    /// Mobile and contract number: both, or neither where the package does not need them (U2, U6).
    fn mobile(
        &self,
        package: Option<Package>,
        country: Country,
        problems: &mut Problems,
    ) -> Option<Mobile> {
        let given = |text: &str| !text.trim().is_empty();
        match (given(&self.mobile_number), given(&self.contract_number)) {
            (false, false) => {
                let package = package.filter(|p| p.needs_mobile())?;
                problems.add(Field::MobileNumber, Problem::PackageNeedsMobile { package });
                None
            }
            (number_given, contract_given) => {
                let number = PhoneNumber::parse(&self.mobile_number, country);
                let number = number.map_err(|p| {
                    if number_given {
                        p
                    } else {
                        Problem::MobileNumberMissing
                    }
                });
                let contract = self.contract_number.parse::<ContractNumber>();
                let contract = contract.map_err(|p| {
                    if contract_given {
                        p
                    } else {
                        Problem::ContractNumberMissing
                    }
                });
                let number = problems.note(Field::MobileNumber, number);
                let contract = problems.note(Field::ContractNumber, contract);
                Some(Mobile {
                    number: number?,
                    contract: contract?,
                })
            }
        }
    }
}

fn optional<T: FromStr>(text: &str, problem: fn(T::Err) -> Problem) -> Result<Option<T>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(problem),
    }
}

fn unknown<E>(_: E) -> Problem {
    Problem::Unknown
}

impl NewUser {
    /// The user that this becomes when it is added: Pending (S1), in its first version.
    #[must_use]
    pub fn added(
        self,
        id: UserId,
        (enterprise, site): (EnterpriseId, SiteId),
        created_at: Timestamp,
    ) -> User {
        User {
            id,
            enterprise,
            site,
            department: self.department,
            first_name: self.first_name,
            last_name: self.last_name,
            username: self.username,
            email: self.email,
            language: self.language,
            number: self.number,
            extension: self.extension,
            package: self.package,
            services: self.services,
            desk_phone_type: self.desk_phone_type,
            mobile: self.mobile,
            state: State::default(),
            version: 1,
            created_at,
        }
    }

    /// The user as this has changed it, in its next version.
    #[must_use]
    pub fn instead_of(self, user: User) -> User {
        User {
            state: user.state,
            version: user.version + 1,
            ..self.added(user.id, (user.enterprise, user.site), user.created_at)
        }
    }

    /// Every licence the user takes.
    pub fn products(&self) -> impl Iterator<Item = Product> {
        let services = self.services.iter().copied().map(Product::Service);
        std::iter::once(Product::Package(self.package)).chain(services)
    }

    /// The folded key by which users are sorted by name.
    #[must_use]
    pub fn sort_name(&self) -> String {
        sort_name(&self.first_name, &self.last_name)
    }

    /// The folded text in which a search looks for its words.
    #[must_use]
    pub fn search_text(&self) -> String {
        let typed = format!(
            "{} {} {} {}",
            self.first_name, self.last_name, self.username, self.email
        );
        format!("{} {} {}", fold(&typed), self.number, self.extension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn anna() -> UserDraft {
        UserDraft {
            number: "+492111234567".into(),
            package: "standard".into(),
            first_name: "Anna".into(),
            last_name: "Weber".into(),
            username: "anna.weber".into(),
            email: "anna@muster.example".into(),
            ..UserDraft::default()
        }
    }

    fn check(draft: &UserDraft) -> Result<NewUser, Problems> {
        draft.check(Country::Germany, ExtensionRule::default())
    }

    #[test]
    fn u4_without_an_extension_the_last_four_digits_are_taken() {
        assert_eq!(check(&anna()).unwrap().extension.as_str(), "4567");
        let overridden = UserDraft {
            extension: "201".into(),
            ..anna()
        };
        assert_eq!(check(&overridden).unwrap().extension.as_str(), "201");
    }

    #[test]
    fn u5_a_user_can_be_without_desk_phone() {
        assert_eq!(check(&anna()).unwrap().desk_phone_type, None);
    }

    #[test]
    fn u6_mobile_and_contract_number_come_together() {
        let only_number = UserDraft {
            mobile_number: "0171 2345678".into(),
            ..anna()
        };
        let missing = Problems::one(Field::ContractNumber, Problem::ContractNumberMissing);
        assert_eq!(check(&only_number), Err(missing));
        let only_contract = UserDraft {
            contract_number: "V-17".into(),
            ..anna()
        };
        let missing = Problems::one(Field::MobileNumber, Problem::MobileNumberMissing);
        assert_eq!(check(&only_contract), Err(missing));
        let both = UserDraft {
            contract_number: "V-17".into(),
            ..only_number
        };
        assert_eq!(
            check(&both).unwrap().mobile.unwrap().number.as_str(),
            "+491712345678"
        );
    }

    #[test]
    fn u2_a_mobile_user_needs_mobile_and_contract_number() {
        let draft = UserDraft {
            package: "mobile".into(),
            ..anna()
        };
        let problem = Problem::PackageNeedsMobile {
            package: Package::Mobile,
        };
        assert_eq!(
            check(&draft),
            Err(Problems::one(Field::MobileNumber, problem))
        );
    }

    #[test]
    fn u8_no_service_comes_by_itself() {
        assert!(check(&anna()).unwrap().services.is_empty());
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let fields: Vec<_> = check(&UserDraft::default())
            .unwrap_err()
            .0
            .iter()
            .map(|p| p.field)
            .collect();
        assert_eq!(
            fields,
            [
                Field::Number,
                Field::Package,
                Field::FirstName,
                Field::LastName,
                Field::Username,
                Field::Email
            ]
        );
    }

    proptest! {
        #[test]
        fn checking_never_panics(texts in proptest::collection::vec(any::<String>(), 11)) {
            let draft = UserDraft {
                number: texts[0].clone(), extension: texts[1].clone(), package: texts[2].clone(),
                services: vec![texts[3].clone()], first_name: texts[4].clone(), last_name: texts[5].clone(),
                username: texts[6].clone(), email: texts[7].clone(), language: texts[8].clone(),
                department: texts[9].clone(), desk_phone_type: texts[10].clone(),
                mobile_number: texts[0].clone(), contract_number: texts[1].clone(),
            };
            let _ = check(&draft);
        }
    }
}
