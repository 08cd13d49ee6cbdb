//! What the directory reads from the database.

use std::sync::Arc;

use model::{
    EnterpriseId, Holder, NumberState, UserId, VirtualUserId, VirtualUserKind,
    routing::{Dialled, Found},
};
use sip::{Login, digest::Ha1};
use store::{Tenant, Tx};

use super::accounts::Account;
use crate::{
    Result,
    secret::{PhoneDigests, SealingKey},
};

/// The account with this login name.
pub(super) async fn account(
    tx: &mut dyn Tx,
    key: &SealingKey,
    login: &str,
) -> Result<Option<Account>> {
    let Some((id, stored)) = tx.phone_login().get_by_login(login).await? else {
        return Ok(None);
    };
    let Some(user) = tx.user().get(Tenant::Installation, id).await? else {
        return Ok(None);
    };
    let tenant = Tenant::Enterprise(user.enterprise);
    let Some(place) = tx.site().get(tenant, user.site).await? else {
        return Ok(None);
    };
    let PhoneDigests { md5, sha256 } = PhoneDigests::open(key, id, &stored)?;
    let login = Login {
        login: stored.login,
        ha1: Ha1 {
            // Without it, a phone that knows only MD5 is as wrong as one with a wrong password.
            md5: (!place.enterprise.telephony.refuses_md5).then_some(md5),
            sha256,
        },
        identity: user.number.to_string(),
        display_name: user.full_name(),
        enterprise: sip::directory::EnterpriseId(user.enterprise.0.as_u128()),
        generation: u64::try_from(stored.issued_at.0).unwrap_or_default(),
    };
    Ok(Some(Account {
        login: Arc::new(login),
        user: user.id,
        site: user.site,
        enterprise: user.enterprise,
        country: place.site.country,
        max_calls: place.enterprise.telephony.max_calls,
        emergency_number: place.site.main_number.unwrap_or(user.number),
        extension: user.extension,
    }))
}

/// Who is called: by extension inside the caller's enterprise, by number anywhere in the installation.
pub(crate) async fn called(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    dialled: &Dialled,
) -> Result<Found> {
    match dialled {
        Dialled::Extension(extension) => {
            let found = tx.user().extension_holder(enterprise, extension).await?;
            match found {
                Some(found) => holder(tx, Tenant::Enterprise(enterprise), found.holder).await,
                None => Ok(Found::Nobody),
            }
        }
        Dialled::Number(_) | Dialled::Emergency(_) | Dialled::Unreadable => {
            called_from_outside(tx, dialled).await
        }
    }
}

/// Who has a number of the installation.
pub(super) async fn called_from_outside(tx: &mut dyn Tx, dialled: &Dialled) -> Result<Found> {
    let Dialled::Number(number) = dialled else {
        return Ok(Found::Nobody);
    };
    let number = tx.number().get(number).await?;
    match number.map(|number| number.state) {
        Some(NumberState::Assigned(found)) => holder(tx, Tenant::Installation, found).await,
        Some(NumberState::Free | NumberState::Reserved) => Ok(Found::Unassigned),
        None => Ok(Found::Nobody),
    }
}

async fn holder(tx: &mut dyn Tx, tenant: Tenant, found: Holder) -> Result<Found> {
    match found {
        Holder::User(id) => user(tx, tenant, id).await,
        Holder::VirtualUser(id) => virtual_user(tx, tenant, id).await,
    }
}

async fn virtual_user(tx: &mut dyn Tx, tenant: Tenant, id: VirtualUserId) -> Result<Found> {
    let Some(found) = tx.virtual_user().get(tenant, id).await? else {
        // Deleted in this very moment.
        return Ok(Found::Unassigned);
    };
    match found.kind {
        VirtualUserKind::CallCentre => Ok(Found::CallCentre(Box::new(found))),
        VirtualUserKind::HuntGroup => {
            let group = tx.hunt_group().get(tenant, id).await?;
            Ok(group.map_or(Found::Unassigned, |group| Found::HuntGroup(Box::new(group))))
        }
    }
}

async fn user(tx: &mut dyn Tx, tenant: Tenant, id: UserId) -> Result<Found> {
    let user = tx.user().get(tenant, id).await?;
    // Deleted in this very moment.
    Ok(user.map_or(Found::Unassigned, |user| Found::User(Box::new(user))))
}
