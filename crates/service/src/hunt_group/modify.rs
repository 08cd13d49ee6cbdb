//! Changes a hunt group: name, number and extension once active, everything else at any time (C1, S5, S6).

use std::collections::HashMap;

use model::{
    Action, Change, Field, ForwardKind, Holder, HuntGroup, HuntGroupDraft, HuntMember,
    JournalAction, Problem, SiteId, UserId, VirtualUser, VirtualUserId,
};
use store::{Tenant, Tx, VirtualUserKept};

use super::{
    check::Check,
    get::{find, targets},
};
use crate::{
    Actor, Env, Error, Result,
    forward_target::NamedTarget,
    journal::{self, Subject},
};

/// Makes a hunt group what it shall be, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `NotActive` for name, number and extension of a group that is not active (S5),
/// `Invalid` with everything that is wrong, `Changed`.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    (site, id): (SiteId, VirtualUserId),
    draft: &HuntGroupDraft,
    expected_version: Option<i64>,
) -> Result<HuntGroup> {
    let mut tx = env.write().await?;
    let action = Action::ManageVirtualUsers;
    let (place, now) = find(actor, tx.as_mut(), (site, id), action).await?;
    if expected_version.is_some_and(|version| version != now.virtual_user.version) {
        return Err(Error::Changed);
    }
    let new = draft.check(place.site.country, place.enterprise.extension_rule)?;
    let virtual_user = VirtualUser {
        name: new.name.clone(),
        number: new.number.clone(),
        extension: new.extension.clone(),
        department: new.department,
        ..now.virtual_user.clone()
    };
    if !now.virtual_user.state.is_active() && is_configured(&now.virtual_user, &virtual_user) {
        return Err(Error::NotActive);
    }
    let check = Check {
        actor,
        tx: tx.as_mut(),
        place: &place,
        new: &new,
        now: Some(&now),
    };
    let settings = check.settings().await?;
    let after = HuntGroup {
        virtual_user,
        settings,
        members: new.members,
    };
    if after == now {
        return Ok(now);
    }
    let before = told(tx.as_mut(), &now).await?;
    write(tx.as_mut(), actor, &now, &after).await?;
    let changes = differences(before, told(tx.as_mut(), &after).await?);
    let subject = Subject::virtual_user(&after.virtual_user);
    let action = JournalAction::HuntGroupModified;
    journal::write(env, tx.as_mut(), actor, action, subject, changes).await?;
    tx.commit().await?;
    let version = now.virtual_user.version + 1;
    Ok(HuntGroup {
        virtual_user: VirtualUser {
            version,
            ..after.virtual_user
        },
        ..after
    })
}

/// Whether something differs that waits for the group to be active.
fn is_configured(now: &VirtualUser, new: &VirtualUser) -> bool {
    now.name != new.name || now.number != new.number || now.extension != new.extension
}

async fn write(tx: &mut dyn Tx, actor: &Actor, now: &HuntGroup, after: &HuntGroup) -> Result<()> {
    let virtual_user = &after.virtual_user;
    let (id, site) = (virtual_user.id, virtual_user.site);
    let kept = tx.virtual_user().update(actor.tenant(), virtual_user);
    match kept.await? {
        VirtualUserKept::Done => {}
        VirtualUserKept::Meanwhile => return Err(Error::Changed),
        VirtualUserKept::NameTaken => return Err(Error::field(Field::Name, Problem::Taken)),
        VirtualUserKept::ExtensionTaken => {
            return Err(Error::field(Field::Extension, Problem::Taken));
        }
    }
    let (before, number) = (&now.virtual_user.number, &virtual_user.number);
    if before != number {
        let holder = Holder::VirtualUser(id);
        tx.number().release(site, holder).await?;
        if !tx.number().assign(site, number, holder).await? {
            return Err(Error::field(Field::Number, Problem::NumberNotAvailable));
        }
        let enterprise = virtual_user.enterprise;
        let forwards = tx
            .virtual_user()
            .update_forwards_to(enterprise, before, number);
        forwards.await?;
    }
    tx.hunt_group().put(id, &after.settings).await?;
    if now.members != after.members {
        tx.hunt_group().put_members(id, &after.members).await?;
    }
    Ok(())
}

/// Every field in the words of the journal.
async fn told(tx: &mut dyn Tx, group: &HuntGroup) -> Result<Vec<(Field, Option<String>)>> {
    let HuntGroup {
        virtual_user,
        settings,
        ..
    } = group;
    let targets = targets(tx, group).await?;
    let target = |kind: ForwardKind| targets.get(&kind).map(NamedTarget::in_log);
    let after = settings
        .no_answer
        .as_ref()
        .map(|forward| forward.after_s.to_string());
    let rings = settings.skip_after_rings.map(|rings| rings.to_string());
    Ok(vec![
        (Field::Name, Some(virtual_user.name.to_string())),
        (Field::Number, Some(virtual_user.number.to_string())),
        (Field::Extension, Some(virtual_user.extension.to_string())),
        (Field::Department, department(tx, virtual_user).await?),
        (Field::Policy, Some(settings.policy.to_string())),
        (Field::SkipAfterRings, rings),
        (Field::NoAnswerTarget, target(ForwardKind::NoAnswer)),
        (Field::NoAnswerAfter, after),
        (Field::NotReachableTarget, target(ForwardKind::Unreachable)),
        (Field::BusyTarget, target(ForwardKind::Busy)),
        (Field::IsBusy, Some(settings.is_busy.to_string())),
        (Field::ShowsName, Some(settings.shows_name.to_string())),
        (
            Field::AllowsCallWaiting,
            Some(settings.allows_call_waiting.to_string()),
        ),
        (
            Field::Members,
            members(tx, virtual_user, &group.members).await?,
        ),
    ])
}

async fn department(tx: &mut dyn Tx, virtual_user: &VirtualUser) -> Result<Option<String>> {
    let Some(id) = virtual_user.department else {
        return Ok(None);
    };
    let found = tx.department().get(virtual_user.site, id).await?;
    Ok(found.map(|department| department.name.to_string()))
}

/// The members' names in order, with their weights.
async fn members(
    tx: &mut dyn Tx,
    virtual_user: &VirtualUser,
    members: &[HuntMember],
) -> Result<Option<String>> {
    let tenant = Tenant::Enterprise(virtual_user.enterprise);
    let seats = tx.hunt_group().list_seats(tenant, virtual_user.id).await?;
    let known = seats.into_iter().map(|seat| (seat.member.user, seat.name));
    let mut known: HashMap<UserId, String> = known.collect();
    let mut names = Vec::with_capacity(members.len());
    for HuntMember { user, weight } in members {
        let name = match known.remove(user) {
            Some(name) => Some(name),
            None => tx
                .user()
                .get(tenant, *user)
                .await?
                .map(|user| user.full_name()),
        };
        let name = name.unwrap_or_default();
        names.push(match weight {
            0 => name,
            weight => format!("{name} ({weight})"),
        });
    }
    Ok(Some(names.join(", ")).filter(|names| !names.is_empty()))
}

fn differences(
    before: Vec<(Field, Option<String>)>,
    after: Vec<(Field, Option<String>)>,
) -> Vec<Change> {
    let pairs = before.into_iter().zip(after);
    pairs
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| Change {
            field: field.id().to_owned(),
            before,
            after,
        })
        .collect()
}
