//! Who stands on both sides of a call, for its record.

use model::{
    EnterpriseId, Extension, PhoneNumber, VirtualUser,
    routing::{Dialled, Found},
};
use sip::directory::{Party, Side, Subscriber};

use super::accounts::Account;

/// A phone of the installation calls.
pub(super) fn caller(account: &Account, presented: Party) -> Side {
    let enterprise = sip::directory::EnterpriseId(account.enterprise.0.as_u128());
    Side {
        subscriber: Some(Subscriber {
            user: Some(account.user.0.as_u128()),
            site: account.site.0.as_u128(),
            enterprise,
        }),
        party: presented,
    }
}

/// Who was found: colleagues of the caller's enterprise have an extension, everybody else a number. Of nobody, the record
/// keeps what was dialled.
pub(super) fn called(dialled: &Dialled, found: &Found, callers: Option<EnterpriseId>) -> Side {
    let (who, extension, number, name) = match found {
        Found::User(user) => (
            Subscriber {
                user: Some(user.id.0.as_u128()),
                site: user.site.0.as_u128(),
                enterprise: sip::directory::EnterpriseId(user.enterprise.0.as_u128()),
            },
            &user.extension,
            &user.number,
            user.full_name(),
        ),
        Found::HuntGroup(group) => virtual_user(&group.virtual_user),
        Found::CallCentre(centre) => virtual_user(centre),
        Found::Unassigned | Found::Nobody => return Side::default(),
    };
    let is_colleague = callers.is_some() && callers == found.enterprise();
    let number = match dialled {
        Dialled::Extension(_) => extension.to_string(),
        Dialled::Number(_) | Dialled::Emergency(_) | Dialled::Unreadable if is_colleague => {
            extension.to_string()
        }
        Dialled::Number(_) | Dialled::Emergency(_) | Dialled::Unreadable => number.to_string(),
    };
    Side {
        subscriber: Some(who),
        party: Party { number, name },
    }
}

fn virtual_user(own: &VirtualUser) -> (Subscriber, &Extension, &PhoneNumber, String) {
    let who = Subscriber {
        user: None,
        site: own.site.0.as_u128(),
        enterprise: sip::directory::EnterpriseId(own.enterprise.0.as_u128()),
    };
    (who, &own.extension, &own.number, own.name.to_string())
}
