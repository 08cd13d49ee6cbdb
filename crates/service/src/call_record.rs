//! Who called whom: for the user, and for the administrators of both.

use model::{Action, CallParty, CallRecord, CallRecordId, Grant, Limit, SiteId, Target, UserId};
use store::{CallScope, Tx};

use crate::{Actor, Env, Error, Result};

/// Which calls a reader wants to see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// One user's only.
    pub user: Option<UserId>,
    /// One site's only.
    pub site: Option<SiteId>,
    /// Calls before this one.
    pub before: Option<CallRecordId>,
    /// How many.
    pub limit: Limit,
}

/// Calls that are over, the newest first. Without user and site: all that the actor administers, or the actor's own.
///
/// # Errors
/// `NotFound` for a site or user the actor may not know of; `Forbidden` for the operator, and for a site administrator of
/// several sites who names none.
pub async fn list(env: &Env, actor: &Actor, wanted: Wanted) -> Result<Vec<CallRecord>> {
    let mut tx = env.read().await?;
    let scope = scope(actor, tx.as_mut(), wanted).await?;
    let (before, limit) = (wanted.before, wanted.limit);
    let records = tx.call_record().list(scope, before, limit).await?;
    Ok(records
        .into_iter()
        .map(|record| told(actor, record))
        .collect())
}

/// The record with what the actor may know of both sides: of another enterprise nothing but what the phone showed, which
/// is number and name of a caller and the number that was dialled (R4).
fn told(actor: &Actor, mut record: CallRecord) -> CallRecord {
    if is_foreign(actor, &record.called) {
        record.called.name.clear();
        record.answered_by = None;
    }
    if record.caller_is_withheld && is_foreign(actor, &record.caller) {
        record.caller.name.clear();
        record.caller.number.clear();
    }
    for party in [&mut record.caller, &mut record.called] {
        if is_foreign(actor, party) {
            (party.enterprise, party.site) = (None, None);
        }
        party.user = party.user.filter(|user| may_view(actor, party, *user));
    }
    record
}

fn is_foreign(actor: &Actor, party: &CallParty) -> bool {
    party.enterprise.is_some() && party.enterprise != actor.grant().enterprise()
}

fn may_view(actor: &Actor, party: &CallParty, user: UserId) -> bool {
    let (Some(enterprise), Some(site)) = (party.enterprise, party.site) else {
        return false;
    };
    let target = Target::User(enterprise, site, user);
    actor.authorise(Action::ViewUser, target).is_ok()
}

async fn scope(actor: &Actor, tx: &mut dyn Tx, wanted: Wanted) -> Result<CallScope> {
    if let Some(user) = wanted.user {
        let user = actor.user(tx, user, Action::ViewCalls).await?;
        return Ok(CallScope::User(user.id));
    }
    if let Some(site) = wanted.site {
        let place = actor.site(tx, site, Action::ViewCalls).await?;
        return Ok(CallScope::Site(place.site.id));
    }
    match actor.grant() {
        Grant::Operator => Err(Error::Forbidden),
        Grant::EnterpriseAdmin(enterprise) => {
            actor.authorise(Action::ViewCalls, Target::Enterprise(*enterprise))?;
            Ok(CallScope::Enterprise(*enterprise))
        }
        Grant::SiteAdmin(_, sites) => match sites.as_slice() {
            [only] => Ok(CallScope::Site(*only)),
            _ => Err(Error::Forbidden),
        },
        Grant::User(_, oneself) => {
            let user = actor.user(tx, *oneself, Action::ViewCalls).await?;
            Ok(CallScope::User(user.id))
        }
    }
}
