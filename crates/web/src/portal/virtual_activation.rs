//! Virtual users in the operator's queue (S3, S4).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::State as GroupState;
use service::{VirtualUserNotActive, virtual_user};

use super::{
    activation::{QUEUE, decision},
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
};
use crate::{
    format,
    frame::Section,
    names,
    pages::{hunt_group::GroupActivationRow, structure::QuestionPage},
    parts::{Badge, Link},
    server::Portal,
};

pub(super) fn row(reader: &Reader, waiting: &VirtualUserNotActive) -> GroupActivationRow {
    let (words, group) = (reader.words(), &waiting.virtual_user);
    GroupActivationRow {
        id: group.id.to_string(),
        name: group.name.to_string(),
        kind: names::group_kind(words, group.kind.into()).into_owned(),
        number: format::phone_number(&group.number, reader.country()),
        enterprise: waiting.enterprise_name.clone(),
        site: waiting.site_name.clone(),
        since: format::moment(group.created_at, &reader.zone(), words.language()),
        state: Badge::from(&group.state),
        reason: match &group.state {
            GroupState::Failed { reason } => Some(names::failure_reason(words, reason)),
            GroupState::Pending | GroupState::Activated { .. } => None,
        },
        action: format!("/operator/virtual-users/{}/activation", group.id),
        cancel_href: format!("/operator/virtual-users/{}/cancel", group.id),
    }
}

pub(super) async fn decide(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    virtual_user::decide(&portal.env, reader.actor(), id, &decision(&sent)?).await?;
    Ok(see(QUEUE))
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let found = virtual_user::may_cancel(&portal.env, reader.actor(), address::id(&id)?).await?;
    let words = reader.words();
    let number = format::phone_number(&found.number, reader.country());
    let name = found.name.as_str();
    let page = QuestionPage {
        trail: vec![Link {
            label: words.nav_activation().into_owned(),
            href: QUEUE.to_owned(),
        }],
        question: words.activation_cancel_title(name),
        facts: vec![
            words.activation_group_cancel_lead(name),
            words.hunt_group_delete_number(number.as_str()),
        ],
        submit: words.activation_cancel_user_label(name),
        keep: words.hunt_group_delete_keep().into_owned(),
        action: format!("/operator/virtual-users/{}/cancel", found.id),
        cancel_href: QUEUE.to_owned(),
        frame: reader.frame(&portal, Section::Activation).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn cancel(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    _sent: Form,
) -> Result<Response, Refusal> {
    virtual_user::cancel(&portal.env, reader.actor(), address::id(&id)?).await?;
    Ok(see(QUEUE))
}
