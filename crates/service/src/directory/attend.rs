//! What a call centre asks when it attends a call (G4): the phones that its queue rings, and where it sends who waits.

use model::{ForwardTarget, LoginName, PhoneNumber, UserId, VirtualUser, routing::Why};
use sip::directory::{Party, Phone, Route, Shown};
use store::Tenant;

use super::{PhoneDirectory, refusal};
use crate::Result;

impl PhoneDirectory {
    /// The phones of an agent, as they are at this moment; none of somebody who is not active (S7).
    pub(crate) async fn phones_of(&self, agent: UserId) -> Result<Vec<Phone>> {
        let mut tx = self.store.read().await?;
        let found = tx.user().get(Tenant::Installation, agent).await?;
        drop(tx);
        let Some(user) = found.filter(|user| user.state.is_active()) else {
            return Ok(Vec::new());
        };
        let login = LoginName::of(&user.number);
        let account = self.account(login.as_str()).await?;
        let phone = account.map(|account| Phone {
            login: account.login.login.clone(),
            generation: account.login.generation,
        });
        Ok(phone.into_iter().collect())
    }

    /// Where a call centre sends a call: users and numbers of the installation as if called from outside, everything else
    /// to the carrier, as the call centre.
    pub(crate) async fn transferred(
        &self,
        centre: &VirtualUser,
        to: &ForwardTarget,
        caller: &Party,
    ) -> Result<Route> {
        let mut tx = self.store.read().await?;
        let number = match to {
            ForwardTarget::Number(number) => Some(number.clone()),
            ForwardTarget::User(user) => {
                let found = tx.user().get(Tenant::Installation, *user).await?;
                found.map(|user| user.number)
            }
        };
        let Some(number) = number else {
            return Ok(refusal(404, Why::UnassignedNumber.name()));
        };
        let is_ours = tx.number().get(&number).await?.is_some();
        drop(tx);
        if is_ours {
            let decision = self.decide_from_outside(&caller.number, number.as_str());
            return Ok(decision.await?.route);
        }
        Ok(out(centre, &number))
    }
}

fn out(centre: &VirtualUser, number: &PhoneNumber) -> Route {
    let party = Party {
        number: centre.number.to_string(),
        name: centre.name.to_string(),
    };
    Route::As {
        shown: Shown {
            party,
            is_withheld: false,
        },
        route: Box::new(Route::Trunk {
            number: number.to_string(),
        }),
    }
}
