//! Forgotten passwords and usernames (A1): the answer is the same whoever is asked about.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, State},
    response::Response,
};
use service::account;

use super::{form::Form, reader::Visitor, refusal::Refusal, shown::shown};
use crate::{
    frame::Section,
    pages::account::{ForgottenPage, Lost},
    server::Portal,
};

fn page(visitor: &Visitor, lost: Lost, is_sent: bool) -> ForgottenPage {
    ForgottenPage {
        frame: visitor.frame(Section::Home),
        lost,
        typed: String::new(),
        is_sent,
    }
}

pub(super) async fn password_form(visitor: Visitor) -> Response {
    shown(&page(&visitor, Lost::Password, false))
}

pub(super) async fn username_form(visitor: Visitor) -> Response {
    shown(&page(&visitor, Lost::Username, false))
}

pub(super) async fn password(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visitor: Visitor,
    sent: Form,
) -> Result<Response, Refusal> {
    let (language, source) = (visitor.words.language(), peer.ip().to_canonical());
    account::forgot_password(&portal.env, &sent.get("username"), language, source).await?;
    Ok(shown(&page(&visitor, Lost::Password, true)))
}

pub(super) async fn username(
    State(portal): State<Portal>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    visitor: Visitor,
    sent: Form,
) -> Result<Response, Refusal> {
    let (language, source) = (visitor.words.language(), peer.ip().to_canonical());
    account::forgot_username(&portal.env, &sent.get("email"), language, source).await?;
    Ok(shown(&page(&visitor, Lost::Username, true)))
}
