//! The phone book.

use axum::{
    extract::{Query, State},
    response::Response,
};
use model::{Cursor, Limit};
use serde::Deserialize;
use service::phone_book::{self, Colleague};

use super::{address, reader::Reader, refusal::Refusal, shown::shown};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::Section,
    names,
    pages::phone_book::{ColleagueRow, PhoneBookPage},
    parts::Pager,
    server::Portal,
};

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    cursor: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let (env, actor) = (&portal.env, reader.actor());
    let found = phone_book::list(env, actor, &asked.q, cursor, Limit::default()).await?;
    let page = |cursor: &Option<Cursor>| {
        let cursor = encode_cursor(cursor.as_ref()?);
        Some(address::query(
            "/directory",
            &[("q", &asked.q), ("cursor", &cursor)],
        ))
    };
    let pager = Pager {
        previous: page(&found.previous),
        next: page(&found.next),
    };
    let words = reader.words();
    let row = |colleague: Colleague| ColleagueRow {
        number: format::phone_number(&colleague.entry.number, reader.country()),
        kind: colleague
            .entry
            .kind
            .map(|kind| names::group_kind(words, kind.into()).into_owned()),
        name: colleague.entry.name,
        extension: colleague.entry.extension.to_string(),
        is_registered: colleague.is_registered,
    };
    Ok(shown(&PhoneBookPage {
        rows: found.items.into_iter().map(row).collect(),
        pager,
        query: asked.q,
        frame: reader.frame(&portal, Section::PhoneBook).await?,
    }))
}
