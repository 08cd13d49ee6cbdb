//! A user as the API shows it.

use model::{FailureReason, Field, LoginDetails, Problem, State, Timestamp, User};
use serde::Serialize;
use service::{Env, Error};
use utoipa::ToSchema;
use uuid::Uuid;

/// A user; telephone numbers are E.164 with `+`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct UserOut {
    pub id: Uuid,
    /// `pending`, `activated` or `failed`.
    pub state: &'static str,
    /// Why activation failed.
    pub state_reason: Option<String>,
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub language: &'static str,
    pub number: String,
    pub extension: String,
    pub package: &'static str,
    pub services: Vec<&'static str>,
    pub desk_phone_type: Option<&'static str>,
    pub mobile_number: Option<String>,
    pub contract_number: Option<String>,
    pub site: Uuid,
    pub department: Option<Uuid>,
    /// Whether a phone is logged in.
    pub registered: bool,
    /// RFC 3339, UTC.
    pub created_at: String,
}

impl UserOut {
    /// The user as it is now.
    pub(super) fn new(env: &Env, user: User) -> Self {
        let registered = env.is_registered(&user);
        Self {
            id: user.id.0,
            state: user.state.name(),
            state_reason: state_reason(&user.state),
            username: user.username.to_string(),
            first_name: user.first_name.to_string(),
            last_name: user.last_name.to_string(),
            email: user.email.to_string(),
            language: user.language.code(),
            number: user.number.to_string(),
            extension: user.extension.to_string(),
            package: user.package.id(),
            services: user.services.iter().map(|service| service.id()).collect(),
            desk_phone_type: user.desk_phone_type.map(model::DeskPhoneType::id),
            mobile_number: user.mobile.as_ref().map(|mobile| mobile.number.to_string()),
            contract_number: user.mobile.map(|mobile| mobile.contract.to_string()),
            site: user.site.0,
            department: user.department.map(|department| department.0),
            registered,
            created_at: time(user.created_at),
        }
    }
}

/// The operator's own words, or the name of what Klinke has found.
pub(super) fn state_reason(state: &State) -> Option<String> {
    match state {
        State::Failed {
            reason: FailureReason::Operator(words),
        } => Some(words.clone()),
        State::Failed { reason } => Some(reason.to_string()),
        State::Pending | State::Activated { .. } => None,
    }
}

/// A time as RFC 3339 in UTC.
pub(super) fn time(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or_default()
        .to_string()
}

/// A moment in RFC 3339.
pub(super) fn moment(field: Field, text: Option<&str>) -> Result<Option<Timestamp>, Error> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    match text.parse::<jiff::Timestamp>() {
        Ok(at) => Ok(Some(Timestamp(at.as_millisecond()))),
        Err(_) => Err(Error::field(field, Problem::InvalidTime)),
    }
}

/// Login details of a desk phone; they are answered once and never again (U7).
#[derive(Serialize, ToSchema)]
pub(super) struct LoginDetailsOut {
    pub login: String,
    pub password: String,
    pub server: String,
    pub transport: &'static str,
}

impl From<LoginDetails> for LoginDetailsOut {
    fn from(details: LoginDetails) -> Self {
        Self {
            login: details.login.as_str().to_owned(),
            password: details.password.reveal().to_owned(),
            server: details.server,
            transport: details.transport,
        }
    }
}
