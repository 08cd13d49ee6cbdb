//! A user: a person with a number, an extension and a state.

use crate::{
    ContractNumber, DepartmentId, DeskPhoneType, Email, EnterpriseId, Extension, FirstName,
    Language, LastName, Package, PhoneNumber, Problem, Product, Service, SiteId, State, Timestamp,
    UserId, Username, fold,
};

/// The mobile phone of a user; number and contract come together (U6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mobile {
    /// The mobile number.
    pub number: PhoneNumber,
    /// The number of the mobile contract.
    pub contract: ContractNumber,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Whose.
    pub enterprise: EnterpriseId,
    /// Where.
    pub site: SiteId,
    /// In which department.
    pub department: Option<DepartmentId>,
    /// First name.
    pub first_name: FirstName,
    /// Last name.
    pub last_name: LastName,
    /// Username, unique in the enterprise.
    pub username: Username,
    /// Where mail goes.
    pub email: Email,
    /// Language of pages and mail.
    pub language: Language,
    /// Telephone number.
    pub number: PhoneNumber,
    /// Extension, unique in the enterprise.
    pub extension: Extension,
    /// Licence type.
    pub package: Package,
    /// Services on top of the package.
    pub services: Vec<Service>,
    /// Desk phone; `None` without one (U5).
    pub desk_phone_type: Option<DeskPhoneType>,
    /// Mobile phone.
    pub mobile: Option<Mobile>,
    /// Pending, Activated or Failed.
    pub state: State,
    /// Rises with each change; the basis of `ETag`.
    pub version: i64,
    /// When the user was added.
    pub created_at: Timestamp,
}

impl User {
    /// Every licence the user holds.
    pub fn products(&self) -> impl Iterator<Item = Product> {
        let services = self.services.iter().copied().map(Product::Service);
        std::iter::once(Product::Package(self.package)).chain(services)
    }

    /// First and last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// The folded key by which users are sorted by name.
pub(crate) fn sort_name(first: &FirstName, last: &LastName) -> String {
    format!("{} {}", fold(last.as_str()), fold(first.as_str()))
}

/// What lists of users can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserSort {
    /// Last name, first name.
    #[default]
    Name,
    /// Telephone number.
    Number,
    /// Extension.
    Extension,
}

impl UserSort {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Name, Self::Number, Self::Extension];

    /// The name in URLs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Extension => "extension",
        }
    }
}

impl std::str::FromStr for UserSort {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|sort| sort.name() == text)
            .ok_or(Problem::Unknown)
    }
}
