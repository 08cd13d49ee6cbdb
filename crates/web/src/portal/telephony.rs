//! Setting what the call engine keeps to for an enterprise.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Enterprise, Field};
use service::{
    Error,
    enterprise::{self, SetTelephony},
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
    frame::Section, pages::telephony::TelephonyFormPage, parts::Choice, problem::Errors,
    server::Portal,
};

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let enterprise = enterprise::may_set_telephony(&portal.env, reader.actor(), id).await?;
    let now = SetTelephony {
        refuses_md5: enterprise.telephony.refuses_md5,
        max_calls: enterprise.telephony.max_calls.to_string(),
    };
    Ok(shown(&page(&portal, &reader, &enterprise, now).await?))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
    typed: SetTelephony,
) -> Result<TelephonyFormPage, Error> {
    let words = reader.words();
    let home = address::enterprise(enterprise.id);
    let refuses = words.telephony_form_md5_refuse();
    Ok(TelephonyFormPage {
        trail: trail(reader, Some(enterprise)),
        enterprise: enterprise.name.to_string(),
        max_calls: typed.max_calls,
        boxes: vec![Choice::new("true", refuses)],
        checked: typed
            .refuses_md5
            .then(|| "true".to_owned())
            .into_iter()
            .collect(),
        action: format!("{home}/telephony"),
        cancel_href: home,
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn set(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let enterprise = enterprise::may_set_telephony(&portal.env, reader.actor(), id).await?;
    let typed = SetTelephony {
        refuses_md5: sent.get(Field::RefusesMd5.id()) == "true",
        max_calls: sent.get(Field::MaxCalls.id()),
    };
    match enterprise::set_telephony(&portal.env, reader.actor(), id, &typed).await {
        Ok(_) => Ok(see(&address::enterprise(id))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, &enterprise, typed).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
