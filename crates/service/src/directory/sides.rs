//! Who stands on both sides of a call, for its record.

use model::{
    EnterpriseId,
    routing::{Dialled, Found},
};
use sip::directory::{Party, Side, Subscriber};

use super::accounts::Account;

/// A phone of the installation calls.
pub(super) fn caller(account: &Account, presented: Party) -> Side {
    let enterprise = sip::directory::EnterpriseId(account.enterprise.0.as_u128());
    Side {
        subscriber: Some(Subscriber {
            user: account.user.0.as_u128(),
            site: account.site.0.as_u128(),
            enterprise,
        }),
        party: presented,
    }
}

/// Who was found: colleagues of the caller's enterprise have an extension, everybody else a number. Of nobody, the record
/// keeps what was dialled.
pub(super) fn called(dialled: &Dialled, found: &Found, callers: Option<EnterpriseId>) -> Side {
    let Found::User(user) = found else {
        return Side::default();
    };
    let is_colleague = callers == Some(user.enterprise);
    let number = match dialled {
        Dialled::Extension(_) => user.extension.to_string(),
        Dialled::Number(_) | Dialled::Emergency(_) | Dialled::Unreadable if is_colleague => {
            user.extension.to_string()
        }
        Dialled::Number(_) | Dialled::Emergency(_) | Dialled::Unreadable => user.number.to_string(),
    };
    Side {
        subscriber: Some(Subscriber {
            user: user.id.0.as_u128(),
            site: user.site.0.as_u128(),
            enterprise: sip::directory::EnterpriseId(user.enterprise.0.as_u128()),
        }),
        party: Party {
            number,
            name: user.full_name(),
        },
    }
}
