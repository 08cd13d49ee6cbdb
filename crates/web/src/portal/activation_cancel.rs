//! Cancelling an order: the question with its consequences, then the deed (S4).

use axum::{
    extract::{Path, State},
    response::Response,
};
use service::activation;

use super::{
    activation::QUEUE,
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
};
use crate::{
    format, frame::Section, names, pages::activation_cancel::ActivationCancelPage, server::Portal,
};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let user = activation::may_cancel(&portal.env, reader.actor(), address::id(&id)?).await?;
    let words = reader.words();
    let page = ActivationCancelPage {
        name: user.full_name(),
        number: format::phone_number(&user.number, reader.country()),
        has_phone: user.desk_phone_type.is_some(),
        licences: user
            .products()
            .map(|product| names::product(words, product).into_owned())
            .collect(),
        action: format!("/operator/users/{}/cancel", user.id),
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
    activation::cancel(&portal.env, reader.actor(), address::id(&id)?).await?;
    Ok(see(QUEUE))
}
