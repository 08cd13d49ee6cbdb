//! Deletes a user and sends a message to those who have to do with the user (D4).

use std::collections::{HashMap, HashSet};

use model::{
    Change, Field, GroupKind, JournalAction, Membership, Notice, NoticeChange, NoticeId,
    NoticeText, Problem, Problems, TeamId, User, UserId, VirtualUserId,
};
use store::{Tenant, Tx};

use super::delete::{Deletion, deletable, preview, remove};
use crate::{
    Actor, Env, Error, Result, groups,
    journal::{self, Subject},
    mail,
};

/// Whom to tell, and what to add.
#[derive(Clone, Debug, Default)]
pub struct Farewell {
    /// Those of whom the question has said that they might need to be told.
    pub tell: Vec<String>,
    /// One line of plain text, at most 500 characters; empty for none.
    pub message: String,
}

/// Deletes the user, unless it has changed since `expected_version`, and has a letter sent to each of `farewell.tell`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (D1), `NotActive` until the user is active (S5), `Changed`, `Invalid` for a message that is
/// too long and for people whom [`super::deletion_preview`] does not name to the actor.
pub async fn delete_and_tell(
    env: &Env,
    actor: &Actor,
    id: UserId,
    farewell: &Farewell,
    expected_version: Option<i64>,
) -> Result<()> {
    let mut tx = env.write().await?;
    let user = deletable(actor, tx.as_mut(), id).await?;
    if expected_version.is_some_and(|version| version != user.version) {
        return Err(Error::Changed);
    }
    let deletion = preview(actor, tx.as_mut(), user.clone()).await?;
    let (recipients, message) = checked(farewell, &deletion)?;
    let notices = notices(tx.as_mut(), &deletion, &recipients).await?;
    remove(env, tx.as_mut(), actor, &user, JournalAction::UserDeleted).await?;
    let count = notices.len();
    for (recipient, changes) in notices {
        let notice = Notice {
            id: NoticeId(env.id()),
            recipient,
            leaver: user.full_name(),
            changes,
            message: message.clone(),
            created_at: env.now(),
        };
        mail::enqueue_notice(env, tx.as_mut(), &notice).await?;
    }
    if count > 0 {
        let told = vec![Change::new(Field::Tell.id(), &count)];
        let (action, subject) = (JournalAction::ColleaguesTold, Subject::user(&user));
        journal::write(env, tx.as_mut(), actor, action, subject, told).await?;
    }
    Ok(tx.commit().await?)
}

fn checked(
    farewell: &Farewell,
    deletion: &Deletion,
) -> std::result::Result<(HashSet<UserId>, Option<NoticeText>), Problems> {
    let mut problems = Problems::default();
    let named: HashSet<_> = deletion.tell.iter().map(|one| one.user).collect();
    let known = |text: &String| {
        let user = text.parse().ok().filter(|user| named.contains(user));
        user.ok_or(Problem::Unknown)
    };
    let recipients = farewell
        .tell
        .iter()
        .map(known)
        .collect::<std::result::Result<_, _>>();
    let recipients = problems.note(Field::Tell, recipients);
    let message = match farewell.message.trim() {
        "" => Ok(None),
        text => text.parse().map(Some),
    };
    let message = problems.note(Field::Message, message);
    problems.check()?;
    Ok((recipients.unwrap_or_default(), message.flatten()))
}

/// What changes for each recipient: the groups in which both are, and the recipient's own forwards.
async fn notices(
    tx: &mut dyn Tx,
    deletion: &Deletion,
    recipients: &HashSet<UserId>,
) -> Result<Vec<(UserId, Vec<NoticeChange>)>> {
    let user = &deletion.user;
    let mut changes: HashMap<UserId, Vec<NoticeChange>> = HashMap::new();
    for group in groups::list(tx, Tenant::Enterprise(user.enterprise), user.id).await? {
        for member in members(tx, user, &group).await? {
            let change = NoticeChange::Group {
                kind: group.kind,
                name: group.name.clone(),
            };
            changes.entry(member).or_default().push(change);
        }
    }
    for forward in &deletion.forwards {
        let change = NoticeChange::Forward(forward.kind);
        changes.entry(forward.user).or_default().push(change);
    }
    let told = deletion.tell.iter().map(|one| one.user);
    let told = told.filter(|user| recipients.contains(user));
    Ok(told
        .map(|user| (user, changes.remove(&user).unwrap_or_default()))
        .collect())
}

/// Who is in a group.
async fn members(tx: &mut dyn Tx, user: &User, group: &Membership) -> Result<Vec<UserId>> {
    let tenant = Tenant::Enterprise(user.enterprise);
    match group.kind {
        GroupKind::HuntGroup => {
            let seats = tx.hunt_group();
            let seats = seats.list_seats(tenant, VirtualUserId(group.id)).await?;
            Ok(seats.into_iter().map(|seat| seat.member.user).collect())
        }
        GroupKind::CallCentre => {
            let seats = tx.call_centre();
            let agents = seats.list_agents(tenant, VirtualUserId(group.id)).await?;
            Ok(agents.into_iter().map(|agent| agent.member.user).collect())
        }
        GroupKind::PickupGroup | GroupKind::ParkGroup => {
            let members = tx.team();
            let members = members.list_members(tenant, TeamId(group.id)).await?;
            Ok(members.into_iter().map(|member| member.user).collect())
        }
    }
}
