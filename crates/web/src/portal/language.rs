//! The language switch, before and after login (H1).

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use model::Language;

use super::{
    address,
    form::{Form, see},
};
use crate::language::COOKIE;

/// How long the choice is kept, in seconds.
const KEPT_S: u32 = 365 * 24 * 3600;

pub(super) async fn choose(form: Form) -> Response {
    let back = see(address::local(&form.get("return")));
    match form.get("language").parse::<Language>() {
        Ok(language) => (cookie(language), back).into_response(),
        Err(_) => back,
    }
}

/// The header that has the browser remember the language.
pub(super) fn cookie(language: Language) -> [(header::HeaderName, String); 1] {
    let cookie = format!(
        "{COOKIE}={}; Path=/; Max-Age={KEPT_S}; SameSite=Lax",
        language.code()
    );
    [(header::SET_COOKIE, cookie)]
}
