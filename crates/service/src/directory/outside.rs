//! Calls from the carrier: they reach numbers of the installation, and nothing else.

use model::{
    Country, PhoneNumber,
    routing::{self, Dialled, Found, Why},
};
use sip::directory::{CallLimit, Decision, Party, Route, Shown, Side, Sides};
use store::{Tenant, Tx};

use super::{PhoneDirectory, carry_out::View, facts, look_up, refusal, sides};
use crate::Result;

/// Where the carrier's national numbers are national.
const NATIONAL: Country = Country::Germany;

impl PhoneDirectory {
    pub(super) async fn decide_from_outside(
        &self,
        number: &str,
        dialled: &str,
    ) -> Result<Decision> {
        let (dialled, at) = (read(dialled), self.now());
        let mut tx = self.store.read().await?;
        let found = look_up::called_from_outside(tx.as_mut(), &dialled).await?;
        let facts = facts(tx.as_mut(), &found, at, Some(self.chance())).await?;
        let limit = limit(tx.as_mut(), &found).await?;
        drop(tx);
        let call = routing::Call::from_outside(dialled.clone(), at);
        let decision = routing::route(&call, &found, &facts);
        let presented = presented(number);
        let view = View {
            inside: None,
            outside: Shown {
                party: presented.clone(),
                is_withheld: false,
            },
        };
        let route = match &found {
            Found::User(_) | Found::HuntGroup(_) | Found::CallCentre(_) => {
                let known = (&found, &facts);
                self.carry_out(&decision, known, (&view, &presented))
                    .await?
            }
            Found::Unassigned | Found::Nobody => nobody(),
        };
        Ok(Decision {
            sides: Sides {
                caller: Side {
                    subscriber: None,
                    party: presented.clone(),
                },
                called: sides::called(&dialled, &found, None),
                is_withheld: false,
            },
            presented,
            route,
            limit,
        })
    }
}

/// Calls from outside count for the enterprise that is called.
async fn limit(tx: &mut dyn Tx, found: &Found) -> Result<Option<CallLimit>> {
    let Some(called) = found.enterprise() else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(called);
    let enterprise = tx.enterprise().get(tenant, called).await?;
    Ok(enterprise.map(|enterprise| CallLimit {
        enterprise: sip::directory::EnterpriseId(enterprise.id.0.as_u128()),
        max_calls: usize::try_from(enterprise.telephony.max_calls).unwrap_or(usize::MAX),
    }))
}

/// The carrier's notation is not ours to choose: E.164 with or without `+`, or national.
fn read(text: &str) -> Dialled {
    match Dialled::read(text, NATIONAL) {
        dialled @ Dialled::Number(_) => dialled,
        Dialled::Emergency(_) | Dialled::Extension(_) | Dialled::Unreadable => Dialled::Unreadable,
    }
}

/// Phones show the caller in E.164, whichever notation the carrier uses.
fn presented(number: &str) -> Party {
    let e164 = PhoneNumber::parse(number, NATIONAL).map(|number| number.to_string());
    Party {
        number: e164.unwrap_or_else(|_| number.to_owned()),
        name: String::new(),
    }
}

/// To the outside, what is unreadable or somebody else's is a number that nobody has: never is the carrier sent back to
/// the carrier, unless somebody here forwards there.
fn nobody() -> Route {
    refusal(404, Why::UnassignedNumber.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carrier_may_write_our_numbers_as_it_likes_and_gets_nothing_else() {
        let ours = Dialled::Number("+492111234567".parse().unwrap());
        for text in [
            "+492111234567",
            "492111234567",
            "02111234567",
            "00492111234567",
        ] {
            assert_eq!(read(text), ours, "{text}");
        }
        for text in ["112", "110", "4567", "", "klinke"] {
            assert_eq!(read(text), Dialled::Unreadable, "{text}");
        }
    }

    #[test]
    fn phones_show_a_caller_from_outside_in_e164_and_who_withholds_the_number_as_nobody() {
        for (given, shown) in [("02119876", "+492119876"), ("+44201", "+44201"), ("", "")] {
            assert_eq!(presented(given).number, shown);
        }
    }
}
