//! The letters that are kept where there is no mail server; the operator reads them.

use axum::{
    extract::{Path, State},
    response::Response,
};
use service::mail::{self, KeptLetter};

use super::{address, reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    format,
    frame::Section,
    pages::mail::{MailListPage, MailPage, MailRow},
    parts::Link,
    server::Portal,
};

const LIST: &str = "/operator/mail";

pub(super) async fn list(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let kept = mail::list(&portal.env, reader.actor()).await?;
    let row = |letter: KeptLetter| MailRow {
        at: format::moment(letter.at, &reader.zone(), reader.words().language()),
        to: letter.to,
        subject: letter.subject,
        href: format!("{LIST}/{}", letter.id),
    };
    let page = MailListPage {
        rows: kept.map(|letters| letters.into_iter().map(row).collect()),
        frame: reader.frame(&portal, Section::Mail).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let read = mail::get(&portal.env, reader.actor(), address::id(&id)?).await?;
    let list = Link {
        label: reader.words().mail_list_title().into_owned(),
        href: LIST.to_owned(),
    };
    let page = MailPage {
        trail: vec![list],
        at: format::moment(read.letter.at, &reader.zone(), reader.words().language()),
        to: read.letter.to,
        subject: read.letter.subject,
        text: read.text,
        frame: reader.frame(&portal, Section::Mail).await?,
    };
    Ok(shown(&page))
}
