//! Who called whom: for the user, and for the administrators of both.

use model::{Action, CallRecord, CallRecordId, Grant, Limit, SiteId, Target, UserId};
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
    Ok(tx.call_record().list(scope, before, limit).await?)
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
