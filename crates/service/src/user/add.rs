//! Adds a user (U1–U9): number, licences, login details, activation job and journal, all or nothing.

use model::{
    AccountId, Action, Change, Field, Grant, Holder, JobId, JournalAction, LoginDetails, NewUser,
    Problem, Problems, SiteId, State, User, UserDraft, UserId,
};
use store::{Idempotency, JobKind, NewAccount, Place, TokenHash, Tx, UserRecord};

use super::{draft, obstacle};
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    mail,
    secret::{new_login_details, sha256},
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct AddUser {
    /// Where.
    pub site: SiteId,
    /// The fields as they were typed.
    pub draft: UserDraft,
    /// The name the request gave itself, so that sending it twice adds one user.
    pub idempotency_key: Option<String>,
}

/// What was done.
#[derive(Debug)]
pub struct Added {
    /// The user.
    pub user: User,
    /// Login details, shown this once; `None` without desk phone (U5) and when the request was seen before.
    pub login_details: Option<LoginDetails>,
    /// Whether an earlier request of the same name had added the user.
    pub replayed: bool,
}

/// The site, for an actor who may add a user there.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (U1).
pub async fn may_add(env: &Env, actor: &Actor, site: SiteId) -> Result<Place> {
    let mut tx = env.read().await?;
    actor.site(tx.as_mut(), site, Action::AddUser).await
}

/// Adds a user at a site.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (U1), `Invalid` with everything that is wrong (U2–U6, U9), `IdempotencyMismatch` and
/// `Gone` for a request that was sent before.
pub async fn add(env: &Env, actor: &Actor, request: &AddUser) -> Result<Added> {
    let mut tx = env.write().await?;
    let place = actor
        .site(tx.as_mut(), request.site, Action::AddUser)
        .await?;
    let id = UserId(env.id());
    if let Some(earlier) = seen_before(env, tx.as_mut(), actor, request, id).await? {
        return Ok(earlier);
    }
    let new = request
        .draft
        .check(place.site.country, place.enterprise.extension_rule)?;
    let user = insert(env, tx.as_mut(), actor, &place, id, new).await?;
    let login_details = match user.desk_phone_type {
        None => None,
        Some(_) => {
            let (details, stored) = new_login_details(env, id, &user.number);
            tx.phone_login().put(actor.tenant(), id, &stored).await?;
            Some(details)
        }
    };
    tx.job()
        .insert(JobId(env.id()), JobKind::Activation(id), env.now())
        .await?;
    draft::done(tx.as_mut(), actor, request).await?;
    let subject = Subject::user(&user);
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::UserAdded,
        subject,
        changes(&user),
    )
    .await?;
    tx.commit().await?;
    Ok(Added {
        user,
        login_details,
        replayed: false,
    })
}

/// What an earlier request of the same name has added; its secrets are not shown again.
async fn seen_before(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    request: &AddUser,
    id: UserId,
) -> Result<Option<Added>> {
    let Some(key) = &request.idempotency_key else {
        return Ok(None);
    };
    let request_hash = request_hash(request);
    let named = Idempotency {
        owner: actor.id(),
        key,
        request_hash: &request_hash,
    };
    let Some(seen) = tx.idempotency().insert(named, id, env.now()).await? else {
        return Ok(None);
    };
    if !seen.same_request {
        return Err(Error::IdempotencyMismatch);
    }
    let user = seen.user.ok_or(Error::Gone)?;
    let user = tx
        .user()
        .get(actor.tenant(), user)
        .await?
        .ok_or(Error::Gone)?;
    Ok(Some(Added {
        user,
        login_details: None,
        replayed: true,
    }))
}

fn request_hash(request: &AddUser) -> TokenHash {
    sha256(format!("{} {:?}", request.site, request.draft).as_bytes())
}

/// Takes number and licences, writes account and user, and says everything that stands in the way.
async fn insert(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    place: &Place,
    id: UserId,
    mut new: NewUser,
) -> Result<User> {
    let mut problems = Problems::default();
    if let Some(department) = new.department
        && tx
            .department()
            .get(place.site.id, department)
            .await?
            .is_none()
    {
        problems.add(Field::Department, Problem::Unknown);
        // What else stands in the way is found by writing the user without it.
        new.department = None;
    }
    take_licences(tx, place, &new, &mut problems).await?;
    let (enterprise, site) = (place.enterprise.id, place.site.id);
    let state = State::default();
    let record = UserRecord {
        id,
        enterprise,
        site,
        user: &new,
        state: &state,
        created_at: env.now(),
    };
    if tx.user().insert(&record).await? {
        insert_parts(env, tx, &record, &mut problems).await?;
    } else {
        problems.add(
            Field::Extension,
            obstacle::extension_taken(tx, actor, place, &new.extension).await?,
        );
        // What else would have been in the way of the user who was not written.
        obstacle::username(tx, place, &new.username, &mut problems).await?;
        obstacle::number(tx, place, &new.number, &mut problems).await?;
    }
    problems.check()?;
    let created_at = record.created_at;
    Ok(new.added(id, (enterprise, site), created_at))
}

async fn take_licences(
    tx: &mut dyn Tx,
    place: &Place,
    new: &NewUser,
    problems: &mut Problems,
) -> Result<()> {
    for product in new.products() {
        if !tx.licence().take(place.enterprise.id, product).await? {
            problems.add(product.field(), Problem::NoLicenceLeft { product });
        }
    }
    Ok(())
}

/// The account to log in with and its registration email (U10), and the number.
async fn insert_parts(
    env: &Env,
    tx: &mut dyn Tx,
    record: &UserRecord<'_>,
    problems: &mut Problems,
) -> Result<()> {
    let NewUser {
        username,
        email,
        language,
        number,
        ..
    } = record.user;
    let account = NewAccount {
        id: AccountId(env.id()),
        grant: &Grant::User(record.enterprise, record.id),
        username: username.as_str(),
        username_folded: &username.folded(),
        email: email.as_str(),
        language: *language,
        created_at: record.created_at,
    };
    if tx.account().insert(&account).await? {
        mail::enqueue_registration(env, tx, account.id).await?;
    } else {
        problems.add(Field::Username, Problem::Taken);
    }
    let holder = Holder::User(record.id);
    if !tx.number().assign(record.site, number, holder).await? {
        problems.add(Field::Number, Problem::NumberNotAvailable);
    }
    Ok(())
}

/// What the journal keeps of a new user.
fn changes(user: &User) -> Vec<Change> {
    let mut changes = vec![
        Change::new("username", &user.username),
        Change::new("number", &user.number),
        Change::new("extension", &user.extension),
        Change::new("package", &user.package),
    ];
    changes.extend(
        user.services
            .iter()
            .map(|service| Change::new("services", service)),
    );
    changes.extend(
        user.desk_phone_type
            .map(|phone| Change::new("desk_phone_type", &phone)),
    );
    changes
}
