//! Feature codes: whose calls a phone may pick up (G1), where it may park and retrieve calls (G2), what agents say (G4).

use model::{Extension, Holder, LoginName, UserId, routing::FeatureCode};
use sip::directory::{Decision, Group, Party, Route, Side, Sides};
use store::{Tenant, Tx};

use super::{PhoneDirectory, accounts::Account, park, refusal, sides};
use crate::{Result, call_centre::by_phone};

impl PhoneDirectory {
    /// Nothing of it counts against a limit: who picks up makes no further call.
    pub(super) async fn decide_feature(
        &self,
        caller: &Account,
        code: &FeatureCode,
    ) -> Result<Decision> {
        let presented = Party {
            number: caller.extension.to_string(),
            name: caller.login.display_name.clone(),
        };
        let mut tx = self.store.read().await?;
        Ok(Decision {
            sides: Sides {
                caller: sides::caller(caller, presented.clone()),
                called: Side::default(),
                is_withheld: false,
            },
            presented,
            route: route(tx.as_mut(), caller, code).await?,
            limit: None,
        })
    }
}

async fn route(tx: &mut dyn Tx, caller: &Account, code: &FeatureCode) -> Result<Route> {
    match code {
        FeatureCode::PickUpInGroup => pickup(tx, caller, None).await,
        FeatureCode::PickUpAt(extension) => pickup(tx, caller, Some(extension)).await,
        FeatureCode::Park(member) => park::park(tx, caller, member.as_ref()).await,
        FeatureCode::Retrieve(member) => park::retrieve(tx, caller, member.as_ref()).await,
        FeatureCode::Agent(code) => Ok(Route::Attend(by_phone(*code))),
    }
}

async fn pickup(tx: &mut dyn Tx, caller: &Account, at: Option<&Extension>) -> Result<Route> {
    let Some((team, members)) = tx.pickup_group().of_member(caller.user).await? else {
        return Ok(refusal(403, "in no pickup group"));
    };
    let mut colleagues = members.into_iter().filter(|member| *member != caller.user);
    let wanted: Vec<UserId> = match at {
        None => colleagues.collect(),
        Some(extension) => {
            let Some(colleague) = holder(tx, caller, extension).await? else {
                return Ok(refusal(404, "nobody has this extension"));
            };
            colleagues
                .find(|member| *member == colleague)
                .into_iter()
                .collect()
        }
    };
    if wanted.is_empty() {
        return Ok(refusal(403, "not in the same pickup group"));
    }
    let mut logins = Vec::with_capacity(wanted.len());
    for member in wanted {
        let tenant = Tenant::Enterprise(caller.enterprise);
        // Deleted in this very moment, a member has no calls.
        if let Some(user) = tx.user().get(tenant, member).await? {
            logins.push(LoginName::of(&user.number).as_str().to_owned());
        }
    }
    Ok(Route::PickUp {
        group: Group(team.0.as_u128()),
        logins,
    })
}

/// The user of the caller's enterprise with this extension.
async fn holder(
    tx: &mut dyn Tx,
    caller: &Account,
    extension: &Extension,
) -> Result<Option<UserId>> {
    let found = tx
        .user()
        .extension_holder(caller.enterprise, extension)
        .await?;
    Ok(match found.map(|found| found.holder) {
        Some(Holder::User(user)) => Some(user),
        Some(Holder::VirtualUser(_)) | None => None,
    })
}
