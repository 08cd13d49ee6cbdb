//! What a user is licensed as: the package, and services on top of it.

use std::{fmt, str::FromStr};

use crate::{Field, Problem};

macro_rules! catalogue {
    ($(#[$doc:meta])+ $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in the database and the API.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl FromStr for $name {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Problem> {
                match text {
                    "" => Err(Problem::Required),
                    $($text => Ok(Self::$variant),)+
                    _ => Err(Problem::Unknown),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}
pub(crate) use catalogue;

catalogue! {
    /// The licence type of a user.
    Package {
        /// A telephone and the basic call services.
        Basic = "basic",
        /// All call services.
        Standard = "standard",
        /// All call services and the applications.
        Premium = "premium",
        /// A mobile phone that is part of the system; needs mobile and contract number.
        Mobile = "mobile",
    }
}

catalogue! {
    /// An extra on top of the package, licensed by itself.
    Service {
        /// Messages left by callers.
        Voicemail = "voicemail",
        /// Recording of calls.
        CallRecording = "call-recording",
        /// A soft client beside the desk phone.
        SoftClient = "soft-client",
        /// Taking calls of call centres.
        CallCentreAgent = "call-centre-agent",
        /// The call-centre application for supervisors; not needed to be assigned as one (U8).
        Supervisor = "supervisor",
    }
}

impl Package {
    /// Whether a user of this package is a mobile user (U2).
    #[must_use]
    pub fn needs_mobile(self) -> bool {
        matches!(self, Self::Mobile)
    }
}

/// Anything of which an enterprise holds a number of licences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Product {
    /// A package.
    Package(Package),
    /// A service.
    Service(Service),
}

impl Product {
    /// All packages, then all services.
    pub fn all() -> impl Iterator<Item = Self> {
        let services = Service::ALL.iter().copied().map(Self::Service);
        Package::ALL
            .iter()
            .copied()
            .map(Self::Package)
            .chain(services)
    }

    /// The name in the database and the API; packages and services share no name.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Package(package) => package.id(),
            Self::Service(service) => service.id(),
        }
    }

    /// The field in which it is chosen.
    #[must_use]
    pub fn field(self) -> Field {
        match self {
            Self::Package(_) => Field::Package,
            Self::Service(_) => Field::Services,
        }
    }
}

impl FromStr for Product {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        text.parse()
            .map(Self::Package)
            .or_else(|_| text.parse().map(Self::Service))
    }
}

/// How many licences of a product an enterprise holds and uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// Of what.
    pub product: Product,
    /// How many were bought.
    pub total: i64,
    /// How many users have one.
    pub used: i64,
}

impl Licence {
    /// How many can still be given out.
    #[must_use]
    pub fn left(&self) -> i64 {
        (self.total - self.used).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_reads_back_from_its_name() {
        for product in Product::all() {
            assert_eq!(product.id().parse(), Ok(product));
        }
        assert_eq!("gold".parse::<Package>(), Err(Problem::Unknown));
    }
}
