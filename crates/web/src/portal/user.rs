//! The page of one user.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{
    DepartmentTree, Grant, GroupKind, Limit, Membership, Site, State as UserState, TeamId,
    TeamKind, User, VirtualUserId,
};
use serde::Deserialize;
use service::{
    Error, account, activation, department, groups, journal,
    journal::Wanted,
    login_details, site,
    team::TeamRef,
    user::{self},
};

use super::{
    activity::rows, address, call, login_details::question, phone, reader::Reader,
    refusal::Refusal, shown::shown, user_edit,
};
use crate::{
    format,
    frame::{Banner, Section, Tone},
    names,
    pages::activation::ProgressView,
    pages::user::{AccessView, DeskPhoneView, GroupLine, MobileView, ServicesLinks, UserPage},
    parts::{Badge, Link},
    server::Portal,
};

/// How many entries of the journal the page shows.
const RECENT: usize = 5;
pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(shows): Query<Shows>,
) -> Result<Response, Refusal> {
    let user = user::get(&portal.env, reader.actor(), address::id(&id)?).await?;
    if let Grant::User(..) = reader.actor().grant() {
        return Ok(super::form::see("/"));
    }
    let place = site::get(&portal.env, reader.actor(), user.site).await?;
    let mut page = page(&portal, &reader, &place.site, &user).await?;
    page.frame.banner = shows.banner(&reader, page.may_administer);
    Ok(shown(&page))
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Shows {
    /// What has become of asking the operator.
    asked: String,
    /// What has been done about the account.
    done: String,
}

impl Shows {
    fn banner(&self, reader: &Reader, may_administer: bool) -> Option<Banner> {
        let words = reader.words();
        let (tone, text) = match (self.asked.as_str(), self.done.as_str()) {
            ("now", _) => (Tone::Success, words.activation_ask_done()),
            ("before", _) => (Tone::Notice, words.activation_ask_before()),
            (_, "email") if may_administer => (Tone::Success, words.user_access_sent()),
            (_, "reset") if may_administer => (Tone::Success, words.user_access_was_reset()),
            _ => return None,
        };
        let text = text.into_owned();
        Some(Banner { tone, text })
    }
}

/// How far the activation has come, and where the operator can be asked; nothing for the active.
async fn progress(
    portal: &Portal,
    reader: &Reader,
    user: &User,
    may_administer: bool,
) -> Result<(ProgressView, Option<String>), Error> {
    if user.state.is_active() {
        return Ok((ProgressView::default(), None));
    }
    let progress = activation::progress(&portal.env, reader.actor(), user.id).await?;
    let request = progress.request.as_ref();
    let may_ask = may_administer
        && user.state != UserState::Pending
        && request.is_none_or(|request| !request.is_recent(portal.env.now()));
    let view = super::activation::progress(reader, user, &progress);
    let action = format!("{}/activation-request", address::user(user.id));
    Ok((view, may_ask.then_some(action)))
}

pub(super) async fn page(
    portal: &Portal,
    reader: &Reader,
    site: &Site,
    user: &User,
) -> Result<UserPage, Error> {
    let words = reader.words();
    let wanted = Wanted {
        user: Some(user.id),
        limit: Limit::new(RECENT),
        ..Wanted::default()
    };
    let activity = journal::list(&portal.env, reader.actor(), wanted).await?;
    let list = Link {
        label: words.user_list_title_site(site.name.as_str()),
        href: address::site_users(site.id),
    };
    let may_administer = !matches!(reader.actor().grant(), Grant::Operator | Grant::User(..));
    let (progress, ask_action) = progress(portal, reader, user, may_administer).await?;
    Ok(UserPage {
        trail: vec![list],
        id: user.id.to_string(),
        name: user.full_name(),
        state: Badge::from(&user.state),
        reason: match &user.state {
            UserState::Failed { reason } => Some(names::failure_reason(words, reason)),
            UserState::Pending | UserState::Activated { .. } => None,
        },
        progress,
        ask_action,
        message: String::new(),
        contact: words.user_contact().into_owned(),
        username: user.username.to_string(),
        email: user.email.to_string(),
        site: site.name.to_string(),
        department: department_name(portal, reader, user).await?,
        language: user.language,
        added: format::moment(user.created_at, &reader.zone(), words.language()),
        number: format::phone_number(&user.number, site.country),
        extension: user.extension.to_string(),
        package: names::package(words, user.package).into_owned(),
        services: user
            .services
            .iter()
            .map(|service| names::service(words, *service).into_owned())
            .collect(),
        desk_phone: desk_phone(portal, reader, user, may_administer).await?,
        state_of_phone: phone::view(portal, reader, user.id).await?.1,
        mobile: user.mobile.as_ref().map(|mobile| MobileView {
            number: format::phone_number(&mobile.number, site.country),
            contract: mobile.contract.to_string(),
        }),
        groups: group_lines(portal, reader, user).await?,
        calls: call::recent(portal, reader, user, site.country).await?,
        calls_href: address::user_calls(user.id),
        access: access(portal, reader, user, may_administer).await?,
        activity: rows(reader, activity, false),
        activity_href: address::query("/activity", &[("user", &user.id.to_string())]),
        edit_href: may_administer.then(|| user_edit::form_address(user.id)),
        delete_href: (may_administer && user.state.is_active())
            .then(|| format!("{}/delete", address::user(user.id))),
        links: may_administer.then(|| links(user)),
        reachability_href: format!("{}/reachability", address::user(user.id)),
        may_administer,
        live_href: address::live_user(user.id),
        version: user.version,
        frame: reader.frame(portal, Section::Users).await?,
    })
}

async fn group_lines(
    portal: &Portal,
    reader: &Reader,
    user: &User,
) -> Result<Vec<GroupLine>, Error> {
    let groups = groups::of_user(&portal.env, reader.actor(), user.id).await?;
    let may_open = !matches!(reader.actor().grant(), Grant::User(..));
    let line = |group: &Membership| GroupLine {
        label: names::group(reader.words(), group),
        href: match group.kind {
            GroupKind::HuntGroup if may_open => {
                Some(address::hunt_group(group.site, VirtualUserId(group.id)))
            }
            GroupKind::PickupGroup if may_open => Some(team_address(group, TeamKind::Pickup)),
            GroupKind::ParkGroup if may_open => Some(team_address(group, TeamKind::Park)),
            GroupKind::HuntGroup
            | GroupKind::CallCentre
            | GroupKind::PickupGroup
            | GroupKind::ParkGroup => None,
        },
    };
    Ok(groups.iter().map(line).collect())
}

fn team_address(group: &Membership, kind: TeamKind) -> String {
    address::team(&TeamRef {
        site: group.site,
        kind,
        id: TeamId(group.id),
    })
}

fn links(user: &User) -> ServicesLinks {
    let home = address::user(user.id);
    ServicesLinks {
        call_services_href: format!("{home}/call-services"),
        profile_href: format!("{home}/profile"),
        view_action: format!("{home}/view"),
    }
}

async fn access(
    portal: &Portal,
    reader: &Reader,
    user: &User,
    may_administer: bool,
) -> Result<Option<AccessView>, Error> {
    if !may_administer {
        return Ok(None);
    }
    let access = account::access(&portal.env, reader.actor(), user.id).await?;
    let moment = |at| format::moment(at, &reader.zone(), reader.words().language());
    let home = address::user(user.id);
    Ok(Some(AccessView {
        is_registered: access.is_registered,
        locked: access.locked_at.map(moment),
        send_action: format!("{home}/registration-email"),
        reset_href: format!("{home}/account-reset"),
    }))
}

async fn department_name(
    portal: &Portal,
    reader: &Reader,
    user: &User,
) -> Result<Option<String>, Error> {
    let Some(id) = user.department else {
        return Ok(None);
    };
    let departments = department::list(&portal.env, reader.actor(), user.site).await?;
    let tree = DepartmentTree::new(departments);
    Ok(tree.get(id).map(|_| tree.path_name(id)))
}

async fn desk_phone(
    portal: &Portal,
    reader: &Reader,
    user: &User,
    may_administer: bool,
) -> Result<Option<DeskPhoneView>, Error> {
    if user.desk_phone_type.is_none() {
        return Ok(None);
    }
    let login = user::login_name(&portal.env, reader.actor(), user.id)
        .await?
        .unwrap_or_default();
    Ok(Some(DeskPhoneView {
        kind: names::desk_phone_type(reader.words(), user.desk_phone_type).into_owned(),
        login_groups: format::groups(&login, 3),
        new_login_href: (may_administer && login_details::can_renew(user)).then(|| question(user)),
    }))
}
