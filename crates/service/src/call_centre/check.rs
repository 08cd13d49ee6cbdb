//! What of a typed call centre has to be looked up: targets, members, department, name.

use model::{
    Field, ForwardTarget, Holder, NumberState, Problem, Problems, TypedTarget, User, UserId,
    call_centre::{CallCentre, CallCentreSettings, ExitCase, NewCallCentre},
};
use store::{Place, Tenant, Tx};

use crate::{Actor, Result};

/// The settings with their targets, once everything that is named has been found.
pub(super) async fn check(
    tx: &mut dyn Tx,
    actor: &Actor,
    place: &Place,
    new: &NewCallCentre,
    before: Option<&CallCentre>,
    problems: &mut Problems,
) -> Result<CallCentreSettings> {
    let mut settings = new.settings.clone();
    for (case, typed) in &new.targets {
        let found = target(tx, place, typed).await?;
        if let Some(target) = problems.note(case.target_field(), found) {
            settings = settings.with_target(*case, target);
        }
    }
    let kept = |user: UserId| before.is_some_and(|before| is_in(before, user));
    let agents = new.agents.iter().map(|agent| agent.user);
    for user in agents.collect::<Vec<_>>() {
        if !kept(user) && person(tx, actor, user).await?.is_none() {
            problems.add(Field::Agents, Problem::Unknown);
            break;
        }
    }
    for user in &new.supervisors {
        if !kept(*user) && person(tx, actor, *user).await?.is_none() {
            problems.add(Field::Supervisors, Problem::Unknown);
            break;
        }
    }
    if let Some(department) = new.department
        && tx
            .department()
            .get(place.site.id, department)
            .await?
            .is_none()
    {
        problems.add(Field::Department, Problem::Unknown);
    }
    Ok(settings)
}

/// Whoever is in it already may stay, also when this administrator does not know of them.
fn is_in(centre: &CallCentre, user: UserId) -> bool {
    let is_agent = centre.agents.iter().any(|agent| agent.user == user);
    is_agent || centre.supervisors.contains(&user)
}

/// A user whom the actor may name: of any site for administrators of the enterprise.
async fn person(tx: &mut dyn Tx, actor: &Actor, user: UserId) -> Result<Option<User>> {
    let found = tx.user().get(actor.tenant(), user).await?;
    Ok(found.filter(|user| actor.may_name(user.enterprise, user.site)))
}

/// Whom or what was typed: a user is kept by identity (C3).
async fn target(
    tx: &mut dyn Tx,
    place: &Place,
    typed: &TypedTarget,
) -> Result<std::result::Result<ForwardTarget, Problem>> {
    let enterprise = place.enterprise.id;
    let holder = match typed {
        TypedTarget::Extension(extension) => {
            let holder = tx.user().extension_holder(enterprise, extension).await?;
            match holder {
                None => return Ok(Err(Problem::UnknownExtension)),
                Some(holder) => holder.holder,
            }
        }
        TypedTarget::Number(number) => {
            let known = tx.number().get(number).await?;
            match known.map(|known| known.state) {
                Some(NumberState::Assigned(holder @ Holder::User(_))) => holder,
                Some(
                    NumberState::Assigned(Holder::VirtualUser(_))
                    | NumberState::Free
                    | NumberState::Reserved,
                )
                | None => return Ok(Ok(ForwardTarget::Number(number.clone()))),
            }
        }
    };
    Ok(match holder {
        Holder::User(user) => Ok(ForwardTarget::User(user)),
        Holder::VirtualUser(id) => {
            let tenant = Tenant::Enterprise(enterprise);
            let group = tx.virtual_user().get(tenant, id).await?;
            let number = group.map(|group| ForwardTarget::Number(group.number));
            number.ok_or(Problem::UnknownExtension)
        }
    })
}

/// A transfer's target as it would be typed.
pub(super) async fn typed(tx: &mut dyn Tx, centre: &CallCentre, case: ExitCase) -> Result<String> {
    Ok(match centre.settings.target(case) {
        None => String::new(),
        Some(ForwardTarget::Number(number)) => number.to_string(),
        Some(ForwardTarget::User(user)) => {
            let found = tx.user().get(Tenant::Installation, *user).await?;
            let own = centre.virtual_user.enterprise;
            found.map_or_else(String::new, |user| {
                if user.enterprise == own {
                    user.extension.to_string()
                } else {
                    user.number.to_string()
                }
            })
        }
    })
}
