//! Taking the view of a user and leaving it (R3): the session remembers it, the journal says who really acts.

use model::{Action, JournalAction, Target, UserId, Verdict, allows};
use store::{Account, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::token_hash,
};

/// Takes the view of a user in this session.
///
/// # Errors
/// `NotFound` for users the actor may not know of, `Forbidden` for everybody but the user's administrators, and for an
/// administrator who acts for somebody already.
pub async fn take(env: &Env, actor: &Actor, token: &str, id: UserId) -> Result<()> {
    actor.in_person()?;
    let mut tx = env.write().await?;
    let user = actor.user(tx.as_mut(), id, Action::ActForUser).await?;
    let hash = token_hash(token);
    tx.session().update_view(&hash, Some(user.id)).await?;
    let subject = Subject::user(&user);
    let action = JournalAction::ViewTaken;
    journal::write(env, tx.as_mut(), actor, action, subject, Vec::new()).await?;
    Ok(tx.commit().await?)
}

/// Leaves the view; gives the user whose it was. Nothing happens when none was taken.
///
/// # Errors
/// `Unauthenticated` when the session is over.
pub async fn leave(env: &Env, token: &str) -> Result<Option<UserId>> {
    let mut tx = env.write().await?;
    let hash = token_hash(token);
    let account = tx.session().get(&hash, env.now()).await?;
    let actor = Actor::of_account(&account.ok_or(Error::Unauthenticated)?);
    let Some(id) = tx.session().get_view(&hash).await? else {
        return Ok(None);
    };
    tx.session().update_view(&hash, None).await?;
    if let Some(user) = tx.user().get(actor.tenant(), id).await? {
        let (action, subject) = (JournalAction::ViewLeft, Subject::user(&user));
        journal::write(env, tx.as_mut(), &actor, action, subject, Vec::new()).await?;
    }
    tx.commit().await?;
    Ok(Some(id))
}

/// Who acts in a session: the account's holder, or the same in the view of a user, for as long as they may take it.
pub(crate) async fn actor(tx: &mut dyn Tx, account: &Account, token: &str) -> Result<Actor> {
    let tenant = Tenant::of(&account.grant);
    let Some(id) = tx.session().get_view(&token_hash(token)).await? else {
        return Ok(Actor::of_account(account));
    };
    let Some(user) = tx.user().get(tenant, id).await? else {
        return Ok(Actor::of_account(account));
    };
    let target = Target::User(user.enterprise, user.site, user.id);
    match allows(&account.grant, Action::ActForUser, target) {
        Verdict::Allowed => Ok(Actor::for_user(account, &user)),
        Verdict::Forbidden | Verdict::Hidden => Ok(Actor::of_account(account)),
    }
}
