//! Deleting a user: the question with its consequences, then the deed, and the message to whom it concerns (D1–D5).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Product, SiteId, UserId};
use service::{
    Error,
    user::{self, Deletion, Farewell},
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    format, frame::Section, names, pages::user_delete::UserDeletePage, parts::Choice,
    problem::Errors, server::Portal,
};

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    Ok(shown(
        &page(&portal, &reader, address::id(&id)?, None).await?,
    ))
}

/// The question; by itself everybody is told.
async fn page(
    portal: &Portal,
    reader: &Reader,
    id: UserId,
    typed: Option<Farewell>,
) -> Result<UserDeletePage, Refusal> {
    let deletion = user::deletion_preview(&portal.env, reader.actor(), id).await?;
    let (words, user) = (reader.words(), &deletion.user);
    let products = std::iter::once(Product::Package(user.package))
        .chain(user.services.iter().copied().map(Product::Service));
    let people = deletion.tell.iter();
    let people = people.map(|one| Choice::new(one.user.to_string(), one.name.clone()));
    let typed = typed.unwrap_or_else(|| Farewell {
        tell: deletion
            .tell
            .iter()
            .map(|one| one.user.to_string())
            .collect(),
        message: String::new(),
    });
    let groups = deletion.groups.iter();
    Ok(UserDeletePage {
        name: user.full_name(),
        version: user.version,
        number: format::phone_number(&user.number, reader.country()),
        desk_phone: user
            .desk_phone_type
            .map(|kind| names::desk_phone_type(words, Some(kind)).into_owned()),
        licences: products
            .map(|product| names::product(words, product).into_owned())
            .collect(),
        groups: groups.map(|group| names::group(words, group)).collect(),
        mentions: mentions(reader, &deletion),
        people: people.collect(),
        told: typed.tell,
        message: typed.message,
        action: format!("{}/delete", address::user(user.id)),
        cancel_href: address::user(user.id),
        frame: reader.frame(portal, Section::Users).await?,
    })
}

/// Forwards of colleagues and of groups that name the user.
fn mentions(reader: &Reader, deletion: &Deletion) -> Vec<String> {
    let of_users = deletion.forwards.iter();
    let of_users = of_users.map(|forward| (forward.kind, &forward.name));
    let of_groups = deletion.group_forwards.iter();
    let of_groups = of_groups.map(|forward| (forward.kind, &forward.name));
    of_users
        .chain(of_groups)
        .map(|(kind, name)| names::mention(reader.words(), kind, name))
        .collect()
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    let (env, actor) = (&portal.env, reader.actor());
    let site: SiteId = user::get(env, actor, id).await?.site;
    let farewell = Farewell {
        tell: sent.all("tell"),
        message: sent.get("message"),
    };
    match user::delete_and_tell(env, actor, id, &farewell, Some(version)).await {
        Ok(()) => Ok(see(&address::site_users(site))),
        Err(Error::Invalid(problems)) => {
            let mut page = page(&portal, &reader, id, Some(farewell)).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}
