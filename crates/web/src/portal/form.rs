//! Forms: sent by our own pages only, and read field by field.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use service::Error;

use super::{
    reader::{csrf_token, session_token},
    refusal::Refusal,
};
use crate::server::Portal;

/// The fields of a form.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// The value of a field, or nothing.
    pub(super) fn get(&self, name: &str) -> String {
        self.given(name).unwrap_or_default()
    }

    /// The value of a field, if the form has it.
    pub(super) fn given(&self, name: &str) -> Option<String> {
        let mut fields = self.0.iter();
        fields
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    }

    /// All values of a field.
    pub(super) fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .collect()
    }
}

impl Form {
    /// The same fields as they stand in an address.
    pub(super) fn of_query(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }
}

impl FromRequest<Portal> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Response> {
        let headers = request.headers().clone();
        let refused = || Refusal::from(Error::Forbidden).into_response();
        if !is_own(&headers) {
            return Err(refused());
        }
        let bytes = Bytes::from_request(request, portal)
            .await
            .map_err(IntoResponse::into_response)?;
        let form = Self(form_urlencoded::parse(&bytes).into_owned().collect());
        if is_genuine(&headers, &form.get("csrf")) {
            Ok(form)
        } else {
            Err(refused())
        }
    }
}

/// Whether one of our own pages sent the form, with the token of the session.
pub(super) fn is_genuine(headers: &HeaderMap, token: &str) -> bool {
    let expected = session_token(headers).map(csrf_token);
    is_own(headers) && expected.is_none_or(|expected| same(&expected, token))
}

/// Whether one of our own pages sent the form: browsers say where a form comes from, and cannot be made to lie about it.
fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let site_is_own =
        text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin_is_own = match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, origin)| origin == host),
        (Some(_), None) => false,
    };
    site_is_own && origin_is_own
}

/// Compares without telling by time where the difference is.
fn same(expected: &str, given: &str) -> bool {
    expected.len() == given.len()
        && expected
            .bytes()
            .zip(given.bytes())
            .fold(0, |difference, (a, b)| difference | (a ^ b))
            == 0
}

/// The answer after a form was carried out: look at this.
pub(super) fn see(address: &str) -> Response {
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, address.to_owned())],
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        is_own(
            &pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect(),
        )
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        assert!(own(&[("host", "klinke.example")]));
        assert!(own(&[
            ("host", "klinke.example"),
            ("origin", "https://klinke.example")
        ]));
        assert!(!own(&[
            ("host", "klinke.example"),
            ("origin", "https://evil.example")
        ]));
        assert!(!own(&[("host", "klinke.example"), ("origin", "null")]));
        assert!(!own(&[
            ("host", "klinke.example"),
            ("sec-fetch-site", "cross-site")
        ]));
    }
}
