//! Deleting a user: the question with its consequences, then the deed (D1–D5).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Product, SiteId};
use service::{Error, user};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown,
};
use crate::{format, frame::Section, names, pages::user_delete::UserDeletePage, server::Portal};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let deletion = user::deletion_preview(&portal.env, reader.actor(), address::id(&id)?).await?;
    let (words, user) = (reader.words(), &deletion.user);
    let products = std::iter::once(Product::Package(user.package))
        .chain(user.services.iter().copied().map(Product::Service));
    let page = UserDeletePage {
        name: user.full_name(),
        version: user.version,
        number: format::phone_number(&user.number, reader.country()),
        desk_phone: user
            .desk_phone_type
            .map(|kind| names::desk_phone_type(words, Some(kind)).into_owned()),
        licences: products
            .map(|product| names::product(words, product).into_owned())
            .collect(),
        groups: deletion
            .groups
            .iter()
            .map(|group| names::group(words, group))
            .collect(),
        mentions: deletion
            .forwards
            .iter()
            .map(|forward| (forward.kind, &forward.name))
            .chain(
                deletion
                    .group_forwards
                    .iter()
                    .map(|forward| (forward.kind, &forward.name)),
            )
            .map(|(kind, name)| names::mention(words, kind, name))
            .collect(),
        offers_message: false,
        people: deletion.tell.clone(),
        action: format!("{}/delete", address::user(user.id)),
        cancel_href: address::user(user.id),
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    let site: SiteId = user::get(&portal.env, reader.actor(), id).await?.site;
    user::delete(&portal.env, reader.actor(), id, Some(version)).await?;
    Ok(see(&address::site_users(site)))
}
