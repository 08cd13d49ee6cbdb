//! Tokens for the API: made on the command line, stored hashed.

use model::{ApiTokenId, Change, EnterpriseId, Grant, JournalAction, Role, SiteId};
use store::{ApiToken, Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::token_hash,
};

/// What every token begins with, so that it is recognised where it should not stand.
const PREFIX: &str = "klk_";

/// Makes a token for a role; enterprise and site are given by name. For whoever may run the binary on the database.
///
/// # Errors
/// `NotFound` for an unknown enterprise or site, `Forbidden` for a role that tokens do not have or that lacks one of them.
pub async fn add(
    env: &Env,
    role: Role,
    enterprise: Option<&str>,
    site: Option<&str>,
) -> Result<String> {
    let mut tx = env.write().await?;
    let enterprise = match enterprise {
        Some(name) => Some(
            tx.enterprise()
                .get_by_name(name)
                .await?
                .ok_or(Error::NotFound)?
                .id,
        ),
        None => None,
    };
    let site = match (site, enterprise) {
        (Some(name), Some(enterprise)) => Some(site_by_name(tx.as_mut(), enterprise, name).await?),
        (Some(_), None) => return Err(Error::Forbidden),
        (None, _) => None,
    };
    let grant = match (role, enterprise, site) {
        (Role::Operator, None, None) => Grant::Operator,
        (Role::EnterpriseAdmin, Some(enterprise), None) => Grant::EnterpriseAdmin(enterprise),
        (Role::SiteAdmin, Some(enterprise), Some(site)) => Grant::SiteAdmin(enterprise, vec![site]),
        _ => return Err(Error::Forbidden),
    };
    let secret = format!("{PREFIX}{}", env.token());
    let token = ApiToken {
        id: ApiTokenId(env.id()),
        grant,
    };
    tx.api_token()
        .insert(&token, &token_hash(&secret), site, enterprise, env.now())
        .await?;
    let subject = Subject {
        enterprise,
        site,
        id: token.id.0,
        name: role.name().to_owned(),
    };
    let changes = vec![Change::new("role", role.name())];
    journal::write(
        env,
        tx.as_mut(),
        &Actor::system(),
        JournalAction::ApiTokenAdded,
        subject,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(secret)
}

async fn site_by_name(tx: &mut dyn Tx, enterprise: EnterpriseId, name: &str) -> Result<SiteId> {
    let sites = tx.site().list(Tenant::Enterprise(enterprise)).await?;
    sites
        .into_iter()
        .find(|site| site.name.as_str() == name)
        .map(|site| site.id)
        .ok_or(Error::NotFound)
}

/// Who a token belongs to.
///
/// # Errors
/// `Unauthenticated` for what is no token of this installation.
pub async fn authenticate(env: &Env, secret: &str) -> Result<Actor> {
    if !secret.starts_with(PREFIX) {
        return Err(Error::Unauthenticated);
    }
    let mut tx = env.read().await?;
    let token = tx
        .api_token()
        .get(&token_hash(secret))
        .await?
        .ok_or(Error::Unauthenticated)?;
    Ok(Actor::of_token(&token))
}
