//! A user's call services: looking at them and setting them, in any state (S6).

use std::collections::HashMap;

use model::{
    Action, CallServices, CallServicesDraft, Country, EnterpriseId, ForwardKind, ForwardTarget,
    Holder, JournalAction, NumberClass, NumberState, PhoneNumber, Problem, Problems, Target,
    TypedTarget, User, UserId, VirtualUser, service_differences,
};
use store::{Tenant, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// A user's call services, with their targets as people name them.
#[derive(Clone, Debug)]
pub struct UserServices {
    /// The user.
    pub user: User,
    /// Where the user is.
    pub country: Country,
    /// The services.
    pub services: CallServices,
    targets: HashMap<ForwardTarget, NamedTarget>,
}

/// A forward's target as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTarget {
    /// What would be typed: a colleague's extension, or a number.
    pub typed: String,
    /// First and last name of a colleague.
    pub name: Option<String>,
}

impl UserServices {
    /// Where calls of a kind go.
    #[must_use]
    pub fn target(&self, kind: ForwardKind) -> Option<&NamedTarget> {
        self.targets.get(self.services.target(kind)?)
    }

    /// What would have to be typed for these services.
    #[must_use]
    pub fn draft(&self) -> CallServicesDraft {
        let typed = |kind| {
            let target = self.target(kind);
            target
                .map(|target| target.typed.clone())
                .unwrap_or_default()
        };
        let services = &self.services;
        let period = services.always.as_ref().map(|always| always.period);
        let rings = services.no_answer.as_ref().map(|forward| forward.rings);
        CallServicesDraft {
            forward_always: typed(ForwardKind::Always),
            forward_always_from: period.and_then(|period| period.from),
            forward_always_until: period.and_then(|period| period.until),
            forward_busy: typed(ForwardKind::Busy),
            forward_no_answer: typed(ForwardKind::NoAnswer),
            no_answer_rings: rings.unwrap_or_default().count().to_string(),
            forward_unreachable: typed(ForwardKind::Unreachable),
            do_not_disturb: services.do_not_disturb.is_some(),
            do_not_disturb_until: services.do_not_disturb.and_then(|dnd| dnd.until),
            withholds_number: services.withholds_number,
            barring: Some(services.barring.to_string()),
        }
    }
}

/// Whether the actor sets what this user may dial.
#[must_use]
pub fn may_set_barring(actor: &Actor, user: &User) -> bool {
    let target = Target::User(user.enterprise, user.site, user.id);
    actor.authorise(Action::SetBarring, target).is_ok()
}

/// The user's call services.
///
/// # Errors
/// `NotFound` for users the actor may not know of, `Forbidden` for the operator.
pub async fn get(env: &Env, actor: &Actor, id: UserId) -> Result<UserServices> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::SetCallServices).await?;
    let services = tx.call_services().get(actor.tenant(), id).await?;
    told(tx.as_mut(), user, services).await
}

/// Sets the call services, unless they have changed since `expected_version`.
///
/// # Errors
/// `NotFound` for users the actor may not know of; `Forbidden` for the operator, and for a user who changes the own barring
/// profile; `Invalid` with everything that is wrong; `Changed`.
pub async fn set(
    env: &Env,
    actor: &Actor,
    id: UserId,
    draft: &CallServicesDraft,
    expected_version: Option<i64>,
) -> Result<UserServices> {
    let mut tx = env.write().await?;
    let user = actor.user(tx.as_mut(), id, Action::SetCallServices).await?;
    let now = tx.call_services().get(actor.tenant(), id).await?;
    if expected_version.is_some_and(|version| version != now.version) {
        return Err(Error::Changed);
    }
    let is_barring_set = draft
        .barring
        .as_deref()
        .is_some_and(|b| b != now.barring.id());
    if is_barring_set && !may_set_barring(actor, &user) {
        return Err(Error::Forbidden);
    }
    let before = told(tx.as_mut(), user, now).await?;
    let wanted = checked(tx.as_mut(), &before, draft).await?;
    let after = told(tx.as_mut(), before.user.clone(), wanted).await?;
    let named = |target: &ForwardTarget| {
        let named = after.targets.get(target).or(before.targets.get(target));
        named.map(NamedTarget::in_log).unwrap_or_default()
    };
    let changes = service_differences(&before.services, &after.services, named);
    if changes.is_empty() {
        return Ok(before);
    }
    let services = &after.services;
    if !tx
        .call_services()
        .update(actor.tenant(), id, services)
        .await?
    {
        return Err(Error::Changed);
    }
    let (action, subject) = (JournalAction::CallServicesSet, Subject::user(&after.user));
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    let mut after = after;
    after.services.version += 1;
    Ok(after)
}

impl NamedTarget {
    fn in_log(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.typed),
            None => self.typed.clone(),
        }
    }
}

/// The services as they shall be, or everything that is wrong with them.
async fn checked(
    tx: &mut dyn Tx,
    before: &UserServices,
    draft: &CallServicesDraft,
) -> Result<CallServices> {
    let mut problems = Problems::default();
    let mut targets = HashMap::new();
    for kind in ForwardKind::ALL {
        let typed = TypedTarget::parse(draft.typed(kind), before.country);
        let found = match typed {
            Ok(None) => continue,
            Ok(Some(typed)) => find(tx, &before.user, typed).await?,
            Err(problem) => Err(problem),
        };
        if let Some(target) = problems.note(kind.field(), found) {
            targets.insert(kind, target);
        }
    }
    let found = |kind| targets.get(&kind).cloned();
    let wanted = draft.check(&before.services, found, &mut problems);
    look_at_barring(tx, before, &wanted, &mut problems).await?;
    problems.check()?;
    Ok(wanted)
}

/// Whom or what was typed: a user is kept by identity (C3).
async fn find(
    tx: &mut dyn Tx,
    user: &User,
    typed: TypedTarget,
) -> Result<std::result::Result<ForwardTarget, Problem>> {
    let id = match typed {
        TypedTarget::Extension(extension) => {
            let holder = tx
                .user()
                .extension_holder(user.enterprise, &extension)
                .await?;
            match holder.map(|holder| holder.holder) {
                Some(Holder::User(id)) => id,
                Some(Holder::VirtualUser(id)) => {
                    let tenant = Tenant::Enterprise(user.enterprise);
                    let group = tx.virtual_user().get(tenant, id).await?;
                    let number = group.map(|group| ForwardTarget::Number(group.number));
                    return Ok(number.ok_or(Problem::UnknownExtension));
                }
                None => return Ok(Err(Problem::UnknownExtension)),
            }
        }
        TypedTarget::Number(number) => {
            let known = tx.number().get(&number).await?;
            match known.map(|known| known.state) {
                Some(NumberState::Assigned(Holder::User(id))) => id,
                Some(
                    NumberState::Assigned(Holder::VirtualUser(_))
                    | NumberState::Free
                    | NumberState::Reserved,
                )
                | None => {
                    return Ok(Ok(ForwardTarget::Number(number)));
                }
            }
        }
    };
    Ok(if id == user.id {
        Err(Problem::ForwardToSelf)
    } else {
        Ok(ForwardTarget::User(id))
    })
}

/// Who forwards pays: what they may not dial, they may not forward to.
async fn look_at_barring(
    tx: &mut dyn Tx,
    before: &UserServices,
    wanted: &CallServices,
    problems: &mut Problems,
) -> Result<()> {
    for (kind, target) in wanted.targets() {
        let number: Option<PhoneNumber> = match target {
            ForwardTarget::Number(number) => {
                let own = colleague_group(tx, before.user.enterprise, number).await?;
                own.is_none().then(|| number.clone())
            }
            ForwardTarget::User(id) => {
                let called = tx.user().get(Tenant::Installation, *id).await?;
                let stranger = called.filter(|called| called.enterprise != before.user.enterprise);
                stranger.map(|called| called.number)
            }
        };
        let class = number.map(|number| NumberClass::of(&number, before.country));
        if let Some(class) = class.filter(|class| !wanted.barring.permits(*class)) {
            problems.add(kind.field(), Problem::Barred { class });
        }
    }
    Ok(())
}

/// The hunt group or call centre of the enterprise that has a number.
async fn colleague_group(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    number: &PhoneNumber,
) -> Result<Option<VirtualUser>> {
    let known = tx.number().get(number).await?;
    match known.map(|known| known.state) {
        Some(NumberState::Assigned(Holder::VirtualUser(id))) => {
            let tenant = Tenant::Enterprise(enterprise);
            Ok(tx.virtual_user().get(tenant, id).await?)
        }
        Some(
            NumberState::Assigned(Holder::User(_)) | NumberState::Free | NumberState::Reserved,
        )
        | None => Ok(None),
    }
}

/// The services with their targets in words. Of another enterprise's user nothing is told but the number.
async fn told(tx: &mut dyn Tx, user: User, services: CallServices) -> Result<UserServices> {
    let place = tx
        .site()
        .get(Tenant::Enterprise(user.enterprise), user.site)
        .await?;
    let country = place.ok_or(Error::NotFound)?.site.country;
    let mut targets = HashMap::new();
    for (_, target) in services.targets() {
        let named = match target {
            ForwardTarget::Number(number) => {
                let group = colleague_group(tx, user.enterprise, number).await?;
                NamedTarget {
                    typed: number.to_string(),
                    name: group.map(|group| group.name.to_string()),
                }
            }
            ForwardTarget::User(id) => match tx.user().get(Tenant::Installation, *id).await? {
                Some(called) if called.enterprise == user.enterprise => NamedTarget {
                    typed: called.extension.to_string(),
                    name: Some(called.full_name()),
                },
                Some(stranger) => NamedTarget {
                    typed: stranger.number.to_string(),
                    name: None,
                },
                None => continue,
            },
        };
        targets.insert(target.clone(), named);
    }
    Ok(UserServices {
        user,
        country,
        services,
        targets,
    })
}
