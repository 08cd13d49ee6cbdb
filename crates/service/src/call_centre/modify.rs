//! Changes a call centre: what it is called and reached at once it is active (C1), how it queues and who is in it always.

use model::{
    Action, Change, Field, Holder, JournalAction, Problem, Problems, VirtualUser, VirtualUserId,
    call_centre::{CallCentre, CallCentreDraft, ExitCase},
};
use store::{Place, Tx, VirtualUserKept};

use super::{
    check::{check, typed},
    find,
};
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    user::extension_taken,
};

/// The call centre as it would be typed, for an actor who may change it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn edit(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
) -> Result<(CallCentre, CallCentreDraft)> {
    let mut tx = env.read().await?;
    let centre = find(actor, tx.as_mut(), id, Action::ManageVirtualUsers).await?;
    let targets = all_typed(tx.as_mut(), &centre).await?;
    let target = |case| {
        let found = targets.iter().find(|(known, _)| *known == case);
        found.map(|(_, typed)| typed.clone()).unwrap_or_default()
    };
    let draft = CallCentreDraft::of(&centre, target);
    Ok((centre, draft))
}

/// The targets of its transfers, as they would be typed.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn targets(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
) -> Result<Vec<(ExitCase, String)>> {
    let mut tx = env.read().await?;
    let centre = find(actor, tx.as_mut(), id, Action::ViewVirtualUsers).await?;
    all_typed(tx.as_mut(), &centre).await
}

async fn all_typed(tx: &mut dyn Tx, centre: &CallCentre) -> Result<Vec<(ExitCase, String)>> {
    let mut targets = Vec::new();
    for &case in ExitCase::ALL {
        targets.push((case, typed(tx, centre, case).await?));
    }
    Ok(targets)
}

/// Makes it what was typed, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` for name, number, extension and department before activation (S5),
/// `Invalid` with everything that is wrong, `Changed`.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    id: VirtualUserId,
    draft: &CallCentreDraft,
    expected_version: Option<i64>,
) -> Result<CallCentre> {
    let mut tx = env.write().await?;
    let before = find(actor, tx.as_mut(), id, Action::ManageVirtualUsers).await?;
    let own = &before.virtual_user;
    if expected_version.is_some_and(|version| version != own.version) {
        return Err(Error::Changed);
    }
    let place = actor
        .site(tx.as_mut(), own.site, Action::ManageVirtualUsers)
        .await?;
    let new = draft.check(place.site.country, place.enterprise.extension_rule)?;
    let mut problems = Problems::default();
    let settings = check(
        tx.as_mut(),
        actor,
        &place,
        &new,
        Some(&before),
        &mut problems,
    )
    .await?;
    problems.check()?;
    let after = CallCentre {
        virtual_user: VirtualUser {
            name: new.name,
            number: new.number,
            extension: new.extension,
            department: new.department,
            ..own.clone()
        },
        settings,
        agents: new.agents,
        supervisors: new.supervisors,
    };
    let changes = differences(&before, &after);
    if changes.is_empty() {
        return Ok(before);
    }
    if after.virtual_user != before.virtual_user && !own.state.is_active() {
        return Err(Error::NotActive);
    }
    let kept = keep(env, tx.as_mut(), actor, &place, (&before, after)).await?;
    let subject = Subject::virtual_user(&kept.virtual_user);
    let action = JournalAction::CallCentreModified;
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    Ok(kept)
}

async fn keep(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    place: &Place,
    (before, mut after): (&CallCentre, CallCentre),
) -> Result<CallCentre> {
    let mut problems = Problems::default();
    let own = &after.virtual_user;
    match tx.virtual_user().update(actor.tenant(), own).await? {
        VirtualUserKept::Done => {}
        VirtualUserKept::Meanwhile => return Err(Error::Changed),
        VirtualUserKept::NameTaken => problems.add(Field::Name, Problem::Taken),
        VirtualUserKept::ExtensionTaken => {
            let taken = extension_taken(tx, actor, place, &own.extension).await?;
            problems.add(Field::Extension, taken);
        }
    }
    problems.check()?;
    if own.number != before.virtual_user.number {
        renumber(tx, before, own).await?;
    }
    let id = own.id;
    tx.call_centre().put(id, &after.settings).await?;
    tx.call_centre()
        .put_agents(id, &after.agents, env.now())
        .await?;
    tx.call_centre()
        .put_supervisors(id, &after.supervisors)
        .await?;
    after.virtual_user.version += 1;
    Ok(after)
}

/// The new number is taken, the old one is free, and forwards follow (C3).
async fn renumber(tx: &mut dyn Tx, before: &CallCentre, own: &VirtualUser) -> Result<()> {
    let holder = Holder::VirtualUser(own.id);
    tx.number().release(own.site, holder).await?;
    if !tx.number().assign(own.site, &own.number, holder).await? {
        return Err(Error::field(Field::Number, Problem::NumberNotAvailable));
    }
    let from = &before.virtual_user.number;
    Ok(tx
        .virtual_user()
        .update_forwards_to(own.enterprise, from, &own.number)
        .await?)
}

/// What has changed, for the journal.
fn differences(before: &CallCentre, after: &CallCentre) -> Vec<Change> {
    let told = |centre: &CallCentre| {
        let own = &centre.virtual_user;
        let settings = &centre.settings;
        let number = |value: Option<u16>| value.map(|value| value.to_string());
        let target = |case| settings.target(case).map(|target| format!("{target:?}"));
        let codes: Vec<_> = settings
            .codes
            .codes
            .iter()
            .map(ToString::to_string)
            .collect();
        [
            (Field::Name, Some(own.name.to_string())),
            (Field::Number, Some(own.number.to_string())),
            (Field::Extension, Some(own.extension.to_string())),
            (Field::Department, own.department.map(|id| id.to_string())),
            (Field::Policy, Some(settings.policy.to_string())),
            (Field::QueueLength, Some(settings.queue_length.to_string())),
            (
                Field::BounceAfterRings,
                Some(settings.bounce_after_rings.to_string()),
            ),
            (
                Field::UnavailableAfterBounces,
                number(settings.unavailable_after_bounces.map(u16::from)),
            ),
            (Field::WrapUp, number(settings.wrap_up_s)),
            (Field::Guard, number(settings.guard_s.map(u16::from))),
            (Field::OverflowAfter, number(settings.overflow.after_s)),
            (Field::Overflow, Some(settings.overflow.to.id().to_owned())),
            (Field::OverflowTarget, target(ExitCase::Overflow)),
            (Field::Stranded, Some(settings.stranded.id().to_owned())),
            (Field::StrandedTarget, target(ExitCase::Stranded)),
            (
                Field::OutOfHours,
                Some(settings.out_of_hours.id().to_owned()),
            ),
            (Field::OutOfHoursTarget, target(ExitCase::OutOfHours)),
            (Field::CodeUse, Some(settings.codes.usage.id().to_owned())),
            (Field::Codes, Some(codes.join(", "))),
            (
                Field::DefaultCode,
                settings.codes.unasked().map(|code| code.to_string()),
            ),
            (
                Field::ServiceLevel,
                Some(settings.service_level_s.to_string()),
            ),
            (
                Field::PersonalCallsAreBusy,
                Some(settings.personal_calls_are_busy.to_string()),
            ),
            (
                Field::TellsPosition,
                Some(settings.tells_position.to_string()),
            ),
            (Field::ComfortEvery, number(settings.comfort_every_s)),
            (
                Field::FollowsHours,
                Some(settings.follows_hours.to_string()),
            ),
            (Field::Agents, Some(format!("{:?}", centre.agents))),
            (
                Field::Supervisors,
                Some(format!("{:?}", centre.supervisors)),
            ),
        ]
    };
    let counted = |field, centre: &CallCentre, value: Option<String>| match field {
        Field::Agents => Some(centre.agents.len().to_string()),
        Field::Supervisors => Some(centre.supervisors.len().to_string()),
        // A target is somebody's number: the log says that it is another one, and the page which.
        Field::OverflowTarget | Field::StrandedTarget | Field::OutOfHoursTarget => None,
        _ => value,
    };
    let pairs = told(before).into_iter().zip(told(after));
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, old), (_, new))| Change {
            field: field.id().to_owned(),
            before: counted(field, before, old),
            after: counted(field, after, new),
        })
        .collect()
}
