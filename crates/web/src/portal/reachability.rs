//! Whether somebody can be called, now or at another time.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Country, Field, Grant, Problem, Problems};
use serde::Deserialize;
use service::reachability::{self, Step, What};

use super::{
    call_services::moment,
    phone,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    whose::Whose,
};
use crate::{
    format,
    frame::Section,
    names,
    pages::reachability::{ReachabilityPage, StepKind, StepView},
    problem::Errors,
    server::Portal,
};

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    at: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let whose = Whose::of(&id)?;
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let wanted = moment(&reader, &asked.at);
    let at = wanted.unwrap_or_default();
    let found = reachability::get(env, actor, whose.user, at).await?;
    let country = reader.country();
    let is_own = matches!(actor.grant(), Grant::User(..));
    let mut page = ReachabilityPage {
        trail: if is_own {
            Vec::new()
        } else {
            whose.trail(found.user.full_name())
        },
        name: found.user.full_name(),
        number: format::phone_number(&found.user.number, country),
        is_reachable: found.is_reachable(),
        sentence: phone::sentence(&reader, &found),
        typed_at: asked.at,
        at: format::moment(found.at, &reader.zone(), words.language()),
        is_later: at.is_some(),
        zone: reader.zone_name().to_owned(),
        steps: found
            .steps()
            .into_iter()
            .map(|step| view(&reader, country, step))
            .collect(),
        action: whose.address("reachability"),
        frame: reader
            .frame(
                &portal,
                if is_own {
                    Section::Home
                } else {
                    Section::Users
                },
            )
            .await?,
    };
    if wanted.is_err() {
        let problems = Problems::one(Field::At, Problem::InvalidTime);
        page.frame.errors = Errors::told(words, &problems);
        return Ok(shown_with(status_of(&problems), &page));
    }
    Ok(shown(&page))
}

fn view(reader: &Reader, country: Country, step: Step) -> StepView {
    let words = reader.words();
    let what = in_country(step.what, country);
    let (kind, label) = match &what {
        What::Rings { who, seconds, .. } => (
            StepKind::Rings,
            words.reachability_label_rings(seconds, who.as_str()),
        ),
        What::Hunts { who } | What::Queues { who } | What::PassedOn { who, .. } => {
            (StepKind::PassedOn, who.clone())
        }
        What::GoesOut {
            number: Some(number),
        } => (
            StepKind::GoesOut,
            words.reachability_label_out(number.as_str()),
        ),
        What::GoesOut { number: None } => (
            StepKind::GoesOut,
            words.reachability_label_out_hidden().into_owned(),
        ),
        What::Ends(_) => (StepKind::Ends, words.reachability_label_end().into_owned()),
    };
    StepView {
        depth: step.depth,
        kind,
        when: names::when(words, step.when),
        sentence: names::step(words, &what),
        label,
    }
}

/// Numbers as people in the country write them.
fn in_country(what: What, country: Country) -> What {
    match what {
        What::GoesOut {
            number: Some(number),
        } => {
            let parsed = number.parse().ok();
            let shown = parsed.map(|parsed| format::phone_number(&parsed, country));
            What::GoesOut {
                number: Some(shown.unwrap_or(number)),
            }
        }
        What::Rings { .. }
        | What::Hunts { .. }
        | What::Queues { .. }
        | What::PassedOn { .. }
        | What::GoesOut { number: None }
        | What::Ends(_) => what,
    }
}
