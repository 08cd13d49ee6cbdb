//! Finds colleagues by their extensions, as administrators type them.

use model::{Action, Extension, Field, Holder, Problem, SiteId, UserId};

use crate::{Actor, Env, Error, Result};

/// The users with these extensions, separated by spaces, commas or lines.
///
/// # Errors
/// `NotFound` and `Forbidden` by role at the site, `Invalid` in `field` for an extension that no user has whom the actor may
/// name.
pub async fn people(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    (field, typed): (Field, &str),
) -> Result<Vec<UserId>> {
    let mut tx = env.read().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ManageVirtualUsers)
        .await?;
    let separates = |c: char| c.is_whitespace() || c == ',' || c == ';';
    let mut users = Vec::new();
    for word in typed.split(separates).filter(|word| !word.is_empty()) {
        let unknown = || Error::field(field, Problem::UnknownExtension);
        let extension: Extension = word.parse().map_err(|_| unknown())?;
        let enterprise = place.enterprise.id;
        let found = tx.user().extension_holder(enterprise, &extension).await?;
        let found = found.filter(|found| actor.may_name(enterprise, found.site));
        match found.map(|found| found.holder) {
            Some(Holder::User(user)) => users.push(user),
            Some(Holder::VirtualUser(_)) | None => return Err(unknown()),
        }
    }
    Ok(users)
}
