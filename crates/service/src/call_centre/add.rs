//! Adds a call centre: virtual user, number, settings, agents and supervisors, all or nothing.

use model::{
    Action, Change, Field, Holder, JournalAction, Problem, Problems, SiteId, State, VirtualUser,
    VirtualUserId, VirtualUserKind,
    call_centre::{CallCentre, CallCentreDraft, NewCallCentre},
};
use store::{Place, Tx, VirtualUserKept};

use super::check::check;
use crate::{
    Actor, Env, Result,
    journal::{self, Subject},
    user::extension_taken,
    virtual_user,
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct AddCallCentre {
    /// Where.
    pub site: SiteId,
    /// The fields as they were typed.
    pub draft: CallCentreDraft,
}

/// The site, for an actor who may add a call centre there.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_add(env: &Env, actor: &Actor, site: SiteId) -> Result<Place> {
    let mut tx = env.read().await?;
    actor
        .site(tx.as_mut(), site, Action::ManageVirtualUsers)
        .await
}

/// Adds a call centre at a site; it is Pending until it is activated (S1).
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong.
pub async fn add(env: &Env, actor: &Actor, request: &AddCallCentre) -> Result<CallCentre> {
    let mut tx = env.write().await?;
    let place = actor
        .site(tx.as_mut(), request.site, Action::ManageVirtualUsers)
        .await?;
    let (country, rule) = (place.site.country, place.enterprise.extension_rule);
    let new = request.draft.check(country, rule)?;
    let centre = insert(env, tx.as_mut(), actor, &place, new).await?;
    let own = &centre.virtual_user;
    virtual_user::enqueue(env, tx.as_mut(), own.id).await?;
    let subject = Subject::virtual_user(own);
    let changes = vec![
        Change::new("name", &own.name),
        Change::new("number", &own.number),
        Change::new("extension", &own.extension),
        Change::new("policy", &centre.settings.policy),
    ];
    let action = JournalAction::CallCentreAdded;
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    Ok(centre)
}

async fn insert(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    place: &Place,
    new: NewCallCentre,
) -> Result<CallCentre> {
    let mut problems = Problems::default();
    let settings = check(tx, actor, place, &new, None, &mut problems).await?;
    let own = VirtualUser {
        id: VirtualUserId(env.id()),
        kind: VirtualUserKind::CallCentre,
        enterprise: place.enterprise.id,
        site: place.site.id,
        department: new.department,
        name: new.name,
        number: new.number,
        extension: new.extension,
        state: State::default(),
        version: 1,
        created_at: env.now(),
    };
    // Everything else that is in the way is told before the department would fail.
    problems.check()?;
    let mut problems = Problems::default();
    match tx.virtual_user().insert(&own).await? {
        VirtualUserKept::Done => {}
        VirtualUserKept::NameTaken | VirtualUserKept::Meanwhile => {
            problems.add(Field::Name, Problem::Taken);
        }
        VirtualUserKept::ExtensionTaken => {
            let taken = extension_taken(tx, actor, place, &own.extension).await?;
            problems.add(Field::Extension, taken);
        }
    }
    problems.check()?;
    let holder = Holder::VirtualUser(own.id);
    let mut problems = Problems::default();
    if !tx.number().assign(own.site, &own.number, holder).await? {
        problems.add(Field::Number, Problem::NumberNotAvailable);
    }
    problems.check()?;
    tx.call_centre().put(own.id, &settings).await?;
    tx.call_centre()
        .put_agents(own.id, &new.agents, env.now())
        .await?;
    tx.call_centre()
        .put_supervisors(own.id, &new.supervisors)
        .await?;
    Ok(CallCentre {
        virtual_user: own,
        settings,
        agents: new.agents,
        supervisors: new.supervisors,
    })
}
