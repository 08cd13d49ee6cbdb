//! Users: list, add, get, delete.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{Field, Limit, Problem, SiteId, UserDraft, UserId};
use serde::{Deserialize, Serialize};
use service::{
    Error, groups,
    user::{self, AddUser, Filter, ListUsers},
};
use utoipa::{IntoParams, ToSchema};

use super::{
    actor::Caller,
    body::Body,
    cursor,
    error::ApiError,
    group_out::{ForwardOfOut, GroupOut},
    id::Id,
    query::Query,
    user_out::{LoginDetailsOut, UserOut},
    version::{IfMatch, etag},
};
use crate::server::Portal;

/// What is asked for to add a user (U2); `null`, empty and absent are the same.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UserIn {
    pub number: Option<String>,
    pub extension: Option<String>,
    pub package: Option<String>,
    pub services: Option<Vec<String>>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub email: Option<String>,
    pub language: Option<String>,
    pub department: Option<String>,
    pub desk_phone_type: Option<String>,
    pub mobile_number: Option<String>,
    pub contract_number: Option<String>,
}

impl From<UserIn> for UserDraft {
    fn from(user: UserIn) -> Self {
        Self {
            number: user.number.unwrap_or_default(),
            extension: user.extension.unwrap_or_default(),
            package: user.package.unwrap_or_default(),
            services: user.services.unwrap_or_default(),
            first_name: user.first_name.unwrap_or_default(),
            last_name: user.last_name.unwrap_or_default(),
            username: user.username.unwrap_or_default(),
            email: user.email.unwrap_or_default(),
            language: user.language.unwrap_or_default(),
            department: user.department.unwrap_or_default(),
            desk_phone_type: user.desk_phone_type.unwrap_or_default(),
            mobile_number: user.mobile_number.unwrap_or_default(),
            contract_number: user.contract_number.unwrap_or_default(),
        }
    }
}

/// A user that was added or changed, and what to type into the desk phone.
#[derive(Serialize, ToSchema)]
pub(super) struct UserAdded {
    /// The user.
    pub(super) user: UserOut,
    /// Shown this once; `null` where none were made: without desk phone, when a request is repeated, after a change that
    /// needs no new ones.
    pub(super) login_details: Option<LoginDetailsOut>,
}

/// Adds a user at a site.
#[utoipa::path(
    post, path = "/api/v1/sites/{site}/users", tag = "users",
    params(("site" = Uuid, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = UserIn,
    responses((status = 201, body = UserAdded), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(site): Id<SiteId>,
    headers: HeaderMap,
    Body(user): Body<UserIn>,
) -> Result<Response, ApiError> {
    let request = AddUser {
        site,
        draft: user.into(),
        idempotency_key: idempotency_key(&headers)?,
    };
    let added = user::add(&portal.env, &actor, &request).await?;
    let location = format!("/api/v1/users/{}", added.user.id);
    let tag = etag(added.user.version);
    let body = UserAdded {
        user: UserOut::new(&portal.env, added.user),
        login_details: added.login_details.map(Into::into),
    };
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        [(header::ETAG, tag)],
        Json(body),
    )
        .into_response())
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(key) if (1..=255).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => {
            let detail = "Idempotency-Key takes 1 to 255 visible characters".to_owned();
            Err(ApiError::Request(
                StatusCode::BAD_REQUEST,
                "The header cannot be read",
                detail,
            ))
        }
    }
}

/// Which users are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct UserQuery {
    /// Of this site.
    site: Option<String>,
    /// In this department or one below it.
    department: Option<String>,
    /// With this in name, username, email, number or extension.
    q: Option<String>,
    /// `pending`, `activated` or `failed`.
    state: Option<String>,
    /// `name`, `number` or `extension`; with `-` in front, the largest first.
    sort: Option<String>,
    /// Where to go on.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<usize>,
}

/// A page of users.
#[derive(Serialize, ToSchema)]
pub(super) struct UserListOut {
    /// The users.
    items: Vec<UserOut>,
    /// Where the next page begins; `null` on the last one.
    next_cursor: Option<String>,
}

/// Lists users.
#[utoipa::path(
    get, path = "/api/v1/users", tag = "users", params(UserQuery),
    responses((status = 200, body = UserListOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Query(query): Query<UserQuery>,
) -> Result<Json<UserListOut>, ApiError> {
    let page = user::list(&portal.env, &actor, query.asked()?).await?.page;
    let next_cursor = page.next.as_ref().map(cursor::encode);
    Ok(Json(UserListOut {
        items: page
            .items
            .into_iter()
            .map(|user| UserOut::new(&portal.env, user))
            .collect(),
        next_cursor,
    }))
}

impl UserQuery {
    fn asked(self) -> Result<ListUsers, Error> {
        let site = self
            .site
            .map(|site| site.parse().map_err(|_| Error::NotFound))
            .transpose()?;
        let department = self
            .department
            .map(|department| department.parse().map_err(|_| Error::NotFound))
            .transpose()?;
        let sort = self.sort.unwrap_or_default();
        let (sort, direction) = match sort.strip_prefix('-') {
            Some(sort) => (sort.to_owned(), model::Direction::Descending),
            None => (sort, model::Direction::Ascending),
        };
        let sort = match sort.as_str() {
            "" => model::UserSort::default(),
            sort => sort
                .parse()
                .map_err(|_| Error::field(Field::Sort, Problem::Unknown))?,
        };
        Ok(ListUsers {
            filter: Filter {
                site,
                department,
                state: self.state,
                enterprise: None,
                search: self.q,
            },
            sort,
            direction,
            cursor: cursor::decode(self.cursor.as_deref())?,
            limit: self.limit.map_or_else(Limit::default, Limit::new),
            count: false,
        })
    }
}

/// A user with the groups that it is in.
#[derive(Serialize, ToSchema)]
pub(super) struct UserInGroupsOut {
    #[serde(flatten)]
    user: UserOut,
    /// The groups.
    groups: Vec<GroupOut>,
}

/// Looks at a user.
#[utoipa::path(
    get, path = "/api/v1/users/{id}", tag = "users", params(("id" = Uuid, Path)),
    responses((status = 200, body = UserInGroupsOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Response, ApiError> {
    let user = user::get(&portal.env, &actor, id).await?;
    let groups = groups::of_user(&portal.env, &actor, id).await?;
    let tag = etag(user.version);
    let body = UserInGroupsOut {
        user: UserOut::new(&portal.env, user),
        groups: groups.into_iter().map(Into::into).collect(),
    };
    Ok(([(header::ETAG, tag)], Json(body)).into_response())
}

/// Deletes a user (D1–D6). It cannot be undone.
#[utoipa::path(
    delete, path = "/api/v1/users/{id}", tag = "users",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    user::delete(&portal.env, &actor, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What deleting a user would remove, and whom to tell (D4).
#[derive(Serialize, ToSchema)]
pub(super) struct DeletionOut {
    /// The user.
    user: UserOut,
    /// The number that becomes free.
    number: String,
    /// The package and services whose licences become free.
    licences: Vec<&'static str>,
    /// The login of the desk phone that ends.
    login: Option<String>,
    /// The groups that the user leaves.
    groups: Vec<GroupOut>,
    /// Forwards of colleagues that name the user, and end.
    forwards: Vec<ForwardingOut>,
    /// Forwards of groups that name the user, and end.
    group_forwards: Vec<ForwardOfOut>,
    /// Who might need to be told.
    tell: Vec<RecipientOut>,
}

/// A forward that names the user.
#[derive(Serialize, ToSchema)]
pub(super) struct ForwardingOut {
    /// Whose.
    user: uuid::Uuid,
    /// First and last name.
    name: String,
    /// `always`, `busy`, `no-answer` or `unreachable`.
    kind: &'static str,
}

impl From<service::Forwarding> for ForwardingOut {
    fn from(forward: service::Forwarding) -> Self {
        Self {
            user: forward.user.0,
            name: forward.name,
            kind: forward.kind.id(),
        }
    }
}

/// Says what deleting a user would remove.
#[utoipa::path(
    get, path = "/api/v1/users/{id}/deletion", tag = "users", params(("id" = Uuid, Path)),
    responses((status = 200, body = DeletionOut), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn deletion(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
) -> Result<Response, ApiError> {
    let deletion = user::deletion_preview(&portal.env, &actor, id).await?;
    let tag = etag(deletion.user.version);
    let services = deletion.user.services.iter().map(|service| service.id());
    let body = DeletionOut {
        number: deletion.user.number.to_string(),
        licences: std::iter::once(deletion.user.package.id())
            .chain(services)
            .collect(),
        login: deletion.login,
        groups: deletion.groups.into_iter().map(Into::into).collect(),
        group_forwards: deletion
            .group_forwards
            .into_iter()
            .map(Into::into)
            .collect(),
        forwards: deletion.forwards.into_iter().map(Into::into).collect(),
        tell: deletion.tell.into_iter().map(Into::into).collect(),
        user: UserOut::new(&portal.env, deletion.user),
    };
    Ok(([(header::ETAG, tag)], Json(body)).into_response())
}

/// Somebody who might need to be told.
#[derive(Serialize, ToSchema)]
pub(super) struct RecipientOut {
    /// Who.
    id: uuid::Uuid,
    /// First and last name.
    name: String,
}

impl From<user::Colleague> for RecipientOut {
    fn from(colleague: user::Colleague) -> Self {
        Self {
            id: colleague.user.0,
            name: colleague.name,
        }
    }
}

/// Whom to tell when a user is deleted, and what to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FarewellIn {
    /// Ids of those of whom the look at the deletion has said that they might need to be told.
    #[serde(default)]
    tell: Vec<String>,
    /// One line of plain text, at most 500 characters.
    #[serde(default)]
    message: String,
}

/// Deletes a user as `DELETE /api/v1/users/{id}` does, and sends a letter to those who are to be told.
#[utoipa::path(
    post, path = "/api/v1/users/{id}/deletion", tag = "users",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header)), request_body = FarewellIn,
    responses((status = 204), (status = "4XX", body = super::error::ProblemDetails)),
)]
pub(super) async fn delete_and_tell(
    State(portal): State<Portal>,
    Caller(actor): Caller,
    Id(id): Id<UserId>,
    IfMatch(version): IfMatch,
    Body(new): Body<FarewellIn>,
) -> Result<StatusCode, ApiError> {
    let farewell = user::Farewell {
        tell: new.tell,
        message: new.message,
    };
    user::delete_and_tell(&portal.env, &actor, id, &farewell, version).await?;
    Ok(StatusCode::NO_CONTENT)
}
