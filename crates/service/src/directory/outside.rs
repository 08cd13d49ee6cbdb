//! Calls from the carrier: they reach numbers of the installation, and nothing else.

use model::{
    Country, LoginName, PhoneNumber,
    routing::{self, Dialled, Found, Why},
};
use sip::directory::{Decision, Party, Route, Side, Sides};

use super::{PhoneDirectory, look_up, refusal, sides, status};
use crate::Result;

/// Where the carrier's national numbers are national.
const NATIONAL: Country = Country::Germany;

impl PhoneDirectory {
    pub(super) async fn decide_from_outside(
        &self,
        number: &str,
        dialled: &str,
    ) -> Result<Decision> {
        let dialled = read(dialled);
        let mut tx = self.store.read().await?;
        let found = look_up::called_from_outside(tx.as_mut(), &dialled).await?;
        drop(tx);
        let (route, limit) = match (routing::route(&dialled, &found), &found) {
            (routing::Decision::Ring { seconds, .. }, Found::User(user)) => {
                let login = LoginName::of(&user.number);
                let called = self.account(login.as_str()).await?;
                let limit = called.map(|called| called.limit());
                (self.ring(&login, seconds).await?, limit)
            }
            (decision, _) => (refused(&decision), None),
        };
        let presented = presented(number);
        Ok(Decision {
            sides: Sides {
                caller: Side {
                    subscriber: None,
                    party: presented.clone(),
                },
                called: sides::called(&dialled, &found, None),
            },
            presented,
            route,
            limit,
        })
    }
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
/// the carrier.
fn refused(decision: &routing::Decision) -> Route {
    match decision {
        routing::Decision::Refuse(why @ (Why::Pending | Why::Failed | Why::WithoutPhone)) => {
            refusal(status(*why), why.name())
        }
        routing::Decision::Refuse(_)
        | routing::Decision::Trunk { .. }
        | routing::Decision::Ring { .. } => refusal(404, Why::UnassignedNumber.name()),
    }
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
    fn the_carrier_is_never_sent_back_to_the_carrier() {
        let foreign = read("+441632960000");
        let route = refused(&routing::route(&foreign, &Found::Nobody));
        assert_eq!(route, refusal(404, "unassigned-number"));
    }

    #[test]
    fn phones_show_a_caller_from_outside_in_e164_and_who_withholds_the_number_as_nobody() {
        for (given, shown) in [("02119876", "+492119876"), ("+44201", "+44201"), ("", "")] {
            assert_eq!(presented(given).number, shown);
        }
    }
}
