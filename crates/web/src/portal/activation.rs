//! The operator's queue of users that are not active (S3, S4).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Limit, State as UserState};
use serde::Deserialize;
use service::{
    Error, NotActive,
    activation::{self, Decision},
};

use super::{
    address,
    form::{Form, see},
    home::count,
    reader::Reader,
    refusal::Refusal,
    shown::shown,
};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::Section,
    names,
    pages::activation::{ActivationRow, ActivationsPage},
    parts::{Badge, Pager},
    server::Portal,
};

const QUEUE: &str = "/operator/activations";

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) cursor: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let queue = activation::queue(
        &portal.env,
        reader.actor(),
        cursor.as_ref(),
        Limit::default(),
    )
    .await?;
    let (pending, failed) = activation::count(&portal.env, reader.actor()).await?;
    let page = ActivationsPage {
        total: count(pending + failed),
        pager: pager(QUEUE, queue.previous.as_ref(), queue.next.as_ref()),
        rows: queue
            .items
            .iter()
            .map(|waiting| row(&reader, waiting))
            .collect(),
        frame: reader.frame(&portal, Section::Activation).await?,
    };
    Ok(shown(&page))
}

/// The pages before and after in a list that has nothing but a cursor in its address.
pub(super) fn pager(
    path: &str,
    previous: Option<&model::Cursor>,
    next: Option<&model::Cursor>,
) -> Pager {
    let href = |cursor: &model::Cursor| address::query(path, &[("cursor", &encode_cursor(cursor))]);
    Pager {
        previous: previous.map(href),
        next: next.map(href),
    }
}

fn row(reader: &Reader, waiting: &NotActive) -> ActivationRow {
    let (words, user) = (reader.words(), &waiting.user);
    ActivationRow {
        id: user.id.to_string(),
        name: user.full_name(),
        number: format::phone_number(&user.number, reader.country()),
        enterprise: waiting.enterprise_name.clone(),
        site: waiting.site_name.clone(),
        since: format::moment(user.created_at, &reader.zone(), words.language()),
        state: Badge::from(&user.state),
        reason: match &user.state {
            UserState::Failed { reason } => Some(names::failure_reason(words, reason)),
            UserState::Pending | UserState::Activated { .. } => None,
        },
        is_cancelling_wanted: false,
        action: format!("/operator/users/{}/activation", user.id),
    }
}

pub(super) async fn decide(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let decision = match sent.get("outcome").as_str() {
        "activated" => Decision::Activate,
        "failed" => Decision::Fail {
            reason: sent.get("reason"),
        },
        "retry" => Decision::Retry,
        "cancelled" => {
            activation::cancel(&portal.env, reader.actor(), id).await?;
            return Ok(see(QUEUE));
        }
        _ => return Err(Error::field(model::Field::Outcome, model::Problem::Unknown).into()),
    };
    activation::decide(&portal.env, reader.actor(), id, &decision).await?;
    Ok(see(QUEUE))
}
