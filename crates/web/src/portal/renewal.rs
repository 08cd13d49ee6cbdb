//! New login details for the users that are selected in the list: what will happen, then the beginning (L2, L4).

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use model::{PhonePassword, RenewalId, UserId};
use service::{
    Error,
    renewal::{self, BeginRenewal, Preview, Whom},
    user::Filter,
};

use super::{
    address,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::shown_with,
};
use crate::{
    frame::Section,
    names,
    pages::renewal::{RenewalPage, SkippedRow},
    parts::Choice,
    problem::Errors,
    server::Portal,
};

/// How many of those who are skipped are named.
const NAMED: usize = 50;

/// Who is selected: the ticked ones, or all that match, by what they match and not one by one.
struct Selection {
    is_all: bool,
    users: Vec<String>,
    q: String,
    site: String,
    department: String,
    state: String,
}

impl Selection {
    fn of(sent: &Form) -> Self {
        Self {
            is_all: !sent.get("all").is_empty(),
            users: sent.all("user"),
            q: sent.get("q"),
            site: sent.get("site"),
            department: sent.get("department"),
            state: sent.get("state"),
        }
    }

    /// As fields of the next form, or of an address.
    fn fields(&self) -> Vec<(&'static str, String)> {
        match self.is_all {
            true => vec![
                ("all", "yes".to_owned()),
                ("q", self.q.clone()),
                ("site", self.site.clone()),
                ("department", self.department.clone()),
                ("state", self.state.clone()),
            ],
            false => self
                .users
                .iter()
                .map(|user| ("user", user.clone()))
                .collect(),
        }
    }

    fn whom(&self) -> Result<Whom, Error> {
        if !self.is_all {
            let users = self.users.iter().map(|user| address::id(user));
            return Ok(Whom::Users(users.collect::<Result<Vec<UserId>, _>>()?));
        }
        let site = given(&self.site).map(address::id).transpose()?;
        let department = given(&self.department).map(address::id).transpose()?;
        Ok(Whom::Matching(Filter {
            site,
            enterprise: None,
            department,
            state: Some(self.state.clone()),
            search: Some(self.q.clone()),
        }))
    }
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// What the reader has typed.
struct Wish {
    job: String,
    kind: String,
    errors: Errors,
}

/// The same page again, where the language was changed on it.
pub(super) async fn look_again(
    State(portal): State<Portal>,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    if query.is_empty() {
        return Ok(see("/users"));
    }
    let selection = Selection::of(&Form::of_query(&query));
    page(&portal, &reader, &selection, fresh(&portal)).await
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    page(&portal, &reader, &Selection::of(&sent), fresh(&portal)).await
}

fn fresh(portal: &Portal) -> Wish {
    Wish {
        job: renewal::new_id(&portal.env).to_string(),
        kind: "generated".to_owned(),
        errors: Errors::default(),
    }
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    selection: &Selection,
    wish: Wish,
) -> Result<Response, Refusal> {
    let words = reader.words();
    let whom = selection.whom()?;
    let Preview { part, skipped } = renewal::preview(&portal.env, reader.actor(), &whom).await?;
    let size = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let named = skipped.iter().take(NAMED).map(|who| SkippedRow {
        name: named(reader, &who.name),
        why: names::renewal_outcome(words, who.why).into_owned(),
    });
    let status = match wish.errors.is_empty() {
        true => axum::http::StatusCode::OK,
        false => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
    };
    let fields = selection.fields();
    let pairs: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let mut frame = reader.frame(portal, Section::Users).await?;
    frame.path = address::query("/users/login-details", &pairs);
    frame.errors = wish.errors;
    let page = RenewalPage {
        part: size(part),
        skipped_count: size(skipped.len()),
        more: size(skipped.len().saturating_sub(NAMED)),
        skipped: named.collect(),
        selection: fields,
        job: wish.job,
        kinds: vec![
            Choice::new("generated", words.renewal_kind_generated())
                .with_note(words.renewal_kind_generated_note()),
            Choice::new("chosen", words.renewal_kind_chosen())
                .with_note(words.renewal_kind_chosen_note()),
        ],
        kind: wish.kind,
        min: PhonePassword::MIN,
        max: PhonePassword::MAX,
        signs: PhonePassword::SIGNS
            .chars()
            .map(|c| format!("{c} "))
            .collect::<String>()
            .trim_end()
            .to_owned(),
        frame,
    };
    Ok(shown_with(status, &page))
}

/// The name, or that there is none to be known.
pub(super) fn named(reader: &Reader, name: &str) -> String {
    match name {
        "" => reader.words().renewal_unknown().into_owned(),
        name => name.to_owned(),
    }
}

/// Begins it. Sent again, the form finds the work that it has begun.
pub(super) async fn begin(
    State(portal): State<Portal>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let selection = Selection::of(&sent);
    let id: RenewalId = address::id(&sent.get("job"))?;
    let kind = sent.get("kind");
    let request = BeginRenewal {
        id: Some(id),
        whom: selection.whom()?,
        password: (kind == "chosen").then(|| sent.get("password")),
    };
    match renewal::begin(&portal.env, reader.actor(), &request).await {
        Ok(begun) => Ok(see(&address::job(begun.id))),
        Err(Error::Invalid(problems)) if request.password.is_some() => {
            let wish = Wish {
                job: id.to_string(),
                kind,
                errors: Errors::told(reader.words(), &problems),
            };
            page(&portal, &reader, &selection, wish).await
        }
        Err(error) => Err(error.into()),
    }
}
