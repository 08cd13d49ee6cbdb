//! Calls for call centres, and the phones that their queues ring: a call centre attends its calls itself (G4).

use model::{
    EnterpriseId, ForwardTarget, Holder, LoginName, NumberState, PhoneNumber, UserId, VirtualUser,
    VirtualUserKind,
    routing::{self, Dialled, Found, Why},
};
use sip::{
    attend::Attendant,
    directory::{CallLimit, Decision, Party, Phone, Route, Shown, Side, Sides},
};
use store::{Tenant, Tx};

use super::{PhoneDirectory, refusal, status};
use crate::Result;

impl PhoneDirectory {
    /// The decision for a call that routing has found nobody for, when the number or extension is a call centre's.
    pub(super) async fn attended(
        &self,
        decided: &routing::Decision,
        found: &Found,
        (enterprise, dialled): (Option<EnterpriseId>, &Dialled),
        (caller, is_withheld): (Side, bool),
    ) -> Result<Option<Decision>> {
        let nobody = routing::Decision::Refuse(Why::UnassignedNumber);
        if !matches!(found, Found::Unassigned) || *decided != nobody {
            return Ok(None);
        }
        let mut tx = self.store.read().await?;
        let Some(centre) = centre(tx.as_mut(), enterprise, dialled).await? else {
            return Ok(None);
        };
        let limit = limit(tx.as_mut(), centre.enterprise).await?;
        let route = if centre.state.is_active() {
            Route::Attend(Attendant(centre.id.0.as_u128()))
        } else {
            refusal(status(Why::Pending), Why::Pending.name())
        };
        let number = if enterprise == Some(centre.enterprise) {
            centre.extension.to_string()
        } else {
            centre.number.to_string()
        };
        let name = centre.name.to_string();
        let presented = caller.party.clone();
        Ok(Some(Decision {
            sides: Sides {
                caller,
                called: Side {
                    subscriber: None,
                    party: Party { number, name },
                },
                is_withheld,
            },
            presented,
            route,
            limit,
        }))
    }

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

/// The call centre with this extension inside the enterprise, or with this number anywhere.
async fn centre(
    tx: &mut dyn Tx,
    enterprise: Option<EnterpriseId>,
    dialled: &Dialled,
) -> Result<Option<VirtualUser>> {
    let holder = match (dialled, enterprise) {
        (Dialled::Extension(extension), Some(enterprise)) => {
            let found = tx.user().extension_holder(enterprise, extension).await?;
            found.map(|found| found.holder)
        }
        (Dialled::Number(number), _) => {
            let found = tx.number().get(number).await?;
            found.and_then(|found| match found.state {
                NumberState::Assigned(holder) => Some(holder),
                NumberState::Free | NumberState::Reserved => None,
            })
        }
        (Dialled::Extension(_), None) | (Dialled::Emergency(_) | Dialled::Unreadable, _) => None,
    };
    let Some(id) = holder.and_then(Holder::virtual_user) else {
        return Ok(None);
    };
    let found = tx.virtual_user().get(Tenant::Installation, id).await?;
    Ok(found.filter(|found| found.kind == VirtualUserKind::CallCentre))
}

async fn limit(tx: &mut dyn Tx, id: EnterpriseId) -> Result<Option<CallLimit>> {
    let enterprise = tx.enterprise().get(Tenant::Enterprise(id), id).await?;
    Ok(enterprise.map(|enterprise| CallLimit {
        enterprise: sip::directory::EnterpriseId(enterprise.id.0.as_u128()),
        max_calls: usize::try_from(enterprise.telephony.max_calls).unwrap_or(usize::MAX),
    }))
}
