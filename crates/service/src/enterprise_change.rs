//! Changes an enterprise: its name, its country and how long extensions are there.

use model::{
    Action, Change, Enterprise, EnterpriseId, ExtensionRule, Field, JournalAction, Problem,
    Problems,
};
use store::Tx;

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// What is to change, as it was typed; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct EnterprisePatch {
    /// Name as shown.
    pub name: Option<String>,
    /// Two-letter code of the country: it decides how its people read numbers and times, and nothing else.
    pub country: Option<String>,
    /// Fewest digits of an extension.
    pub extension_min: Option<String>,
    /// Most digits.
    pub extension_max: Option<String>,
    /// How many digits of the number the default takes (U4).
    pub extension_default: Option<String>,
}

/// The enterprise, for an actor who may change it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_modify(env: &Env, actor: &Actor, id: EnterpriseId) -> Result<Enterprise> {
    let mut tx = env.read().await?;
    actor
        .enterprise(tx.as_mut(), id, Action::EditEnterprise)
        .await
}

/// Changes name, country and lengths of extensions of an enterprise.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with everything that is wrong, among it extensions that are in use and
/// that the new lengths would not allow.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    id: EnterpriseId,
    patch: &EnterprisePatch,
) -> Result<Enterprise> {
    let mut tx = env.write().await?;
    let may = Action::EditEnterprise;
    let before = actor.enterprise(tx.as_mut(), id, may).await?;
    tx.enterprise().hold(id).await?;
    let after = check(&before, patch)?;
    check_extensions(tx.as_mut(), &before, &after).await?;
    let changes = differences(&before, &after);
    if changes.is_empty() {
        return Ok(after);
    }
    tx.enterprise().update(&after).await?;
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::EnterpriseChanged,
        Subject::enterprise(id, &after.name),
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

fn check(before: &Enterprise, patch: &EnterprisePatch) -> Result<Enterprise> {
    let mut problems = Problems::default();
    let name = match &patch.name {
        Some(name) => problems.note(Field::Name, name.parse()),
        None => Some(before.name.clone()),
    };
    let country = match &patch.country {
        Some(country) => problems.note(Field::Country, country.parse()),
        None => Some(before.country),
    };
    let rule = rule(before.extension_rule, patch)
        .map_err(|(field, problem)| problems.add(field, problem))
        .ok();
    match (name, country, rule) {
        (Some(name), Some(country), Some(extension_rule)) => Ok(Enterprise {
            name,
            country,
            extension_rule,
            ..before.clone()
        }),
        _ => Err(problems.into()),
    }
}

fn rule(
    before: ExtensionRule,
    patch: &EnterprisePatch,
) -> std::result::Result<ExtensionRule, (Field, Problem)> {
    // What is no number is outside of every bound, and told with the bounds.
    let typed = |typed: &Option<String>, now: usize| match typed {
        Some(text) => text.trim().parse().unwrap_or(0),
        None => i64::try_from(now).unwrap_or(0),
    };
    ExtensionRule::new(
        typed(&patch.extension_min, before.min),
        typed(&patch.extension_max, before.max),
        typed(&patch.extension_default, before.default),
    )
}

async fn check_extensions(tx: &mut dyn Tx, before: &Enterprise, after: &Enterprise) -> Result<()> {
    let (old, new) = (before.extension_rule, after.extension_rule);
    if (old.min, old.max) == (new.min, new.max) {
        return Ok(());
    }
    let outside = tx
        .user()
        .count_extensions_outside(after.id, new.min, new.max);
    let count = outside.await?;
    if count == 0 {
        return Ok(());
    }
    let field = match new.min > old.min {
        true => Field::ExtensionMin,
        false => Field::ExtensionMax,
    };
    Err(Error::field(field, Problem::ExtensionsInUse { count }))
}

fn differences(before: &Enterprise, after: &Enterprise) -> Vec<Change> {
    let (old, new) = (before.extension_rule, after.extension_rule);
    let changes = [
        Change::from_to("name", &before.name, &after.name),
        Change::from_to("country", before.country.code(), after.country.code()),
        Change::from_to("extension_min", &old.min, &new.min),
        Change::from_to("extension_max", &old.max, &new.max),
        Change::from_to("extension_default", &old.default, &new.default),
    ];
    let changed = |change: &Change| change.before != change.after;
    changes.into_iter().filter(changed).collect()
}
