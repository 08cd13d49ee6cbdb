//! Changing and removing an administrator (R1).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{AccountId, Enterprise, EnterpriseId, Grant};
use service::{
    Account, Error,
    administrator_change::{self, ModifyAdministrator},
    enterprise, site,
};

use super::{
    address,
    enterprise::trail,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    frame::Section,
    pages::{
        administrator::{AdministratorForm, roles},
        structure::{AdministratorChangePage, QuestionPage},
        user_form::languages,
    },
    parts::{Choice, Link},
    problem::Errors,
    server::Portal,
};

/// Address of the form.
pub(super) fn own_address(enterprise: EnterpriseId, id: AccountId) -> String {
    format!("/enterprises/{enterprise}/administrators/{id}")
}

async fn found(
    portal: &Portal,
    reader: &Reader,
    (of, id): (&str, &str),
) -> Result<(Enterprise, Account), Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let (of, id) = (address::id(of)?, address::id(id)?);
    let account = administrator_change::may_modify(env, actor, of, id).await?;
    Ok((enterprise::get(env, actor, of).await?, account))
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (enterprise, account) = found(&portal, &reader, (&of, &id)).await?;
    let draft = AdministratorForm {
        role: account.grant.role().name().to_owned(),
        sites: match &account.grant {
            Grant::SiteAdmin(_, sites) => sites.iter().map(ToString::to_string).collect(),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::User(..) => Vec::new(),
        },
        username: account.username.clone(),
        email: account.email.clone(),
        language: account.language.code().to_owned(),
    };
    let page = page(&portal, &reader, &enterprise, &account, draft).await?;
    Ok(shown(&page))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    account: &Account,
    draft: AdministratorForm,
) -> Result<AdministratorChangePage, Error> {
    let sites = site::list(&portal.env, reader.actor(), Some(enterprise.id)).await?;
    let own = own_address(enterprise.id, account.id);
    let is_oneself = reader.actor().account() == Some(account.id);
    Ok(AdministratorChangePage {
        trail: trail(reader, Some(enterprise)),
        username: account.username.clone(),
        draft,
        roles: roles(reader.words()),
        sites: sites
            .iter()
            .map(|site| Choice::new(site.id.to_string(), site.name.as_str()))
            .collect(),
        languages: languages(),
        reset_href: (!is_oneself).then(|| format!("{own}/reset")),
        remove_href: (!is_oneself).then(|| format!("{own}/remove")),
        action: own,
        cancel_href: address::enterprise(enterprise.id),
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (enterprise, account) = found(&portal, &reader, (&of, &id)).await?;
    let draft = AdministratorForm {
        role: sent.get("role"),
        sites: sent.all("sites"),
        username: account.username.clone(),
        email: sent.get("email"),
        language: sent.get("language"),
    };
    let sites = draft.sites.iter().filter_map(|site| site.parse().ok());
    let request = ModifyAdministrator {
        role: draft.role.clone(),
        sites: sites.collect(),
        email: draft.email.clone(),
        language: draft.language.clone(),
    };
    let (env, actor) = (&portal.env, reader.actor());
    match administrator_change::modify(env, actor, enterprise.id, account.id, &request).await {
        Ok(_) => Ok(see(&address::enterprise(enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, &account, draft).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (enterprise, account) = found(&portal, &reader, (&of, &id)).await?;
    let page = question(&portal, &reader, &enterprise, &account).await?;
    Ok(shown(&page))
}

async fn question(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    account: &Account,
) -> Result<QuestionPage, Error> {
    let (words, name) = (reader.words(), &account.username);
    let own = own_address(enterprise.id, account.id);
    let mut trail = trail(reader, Some(enterprise));
    trail.push(Link {
        label: name.clone(),
        href: own.clone(),
    });
    Ok(QuestionPage {
        trail,
        question: words.administrator_remove_title(name),
        facts: vec![
            words.administrator_remove_access(name),
            words.administrator_remove_log(name),
        ],
        submit: words.administrator_remove_submit(name),
        keep: words.administrator_remove_keep().into_owned(),
        action: format!("{own}/remove"),
        cancel_href: own,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    reader: Reader,
    Path((of, id)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let (enterprise, account) = found(&portal, &reader, (&of, &id)).await?;
    let (env, actor) = (&portal.env, reader.actor());
    match administrator_change::remove(env, actor, enterprise.id, account.id).await {
        Ok(()) => Ok(see(&address::enterprise(enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = question(&portal, &reader, &enterprise, &account).await?;
            // The question has no fields to lead to.
            for told in Errors::told(reader.words(), &problems).0 {
                page.frame.errors.add("", told.message);
            }
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
