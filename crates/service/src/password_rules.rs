//! What an enterprise asks of passwords (A5), and when it locks an account (A2).

use model::{
    Action, Change, Enterprise, EnterpriseId, JournalAction, PasswordRules, TypedPasswordRules,
};
use store::{Account, Tx};

use crate::{
    Actor, Env, Result,
    journal::{self, Subject},
};

/// The rules for an account; the operator's account keeps the defaults and is never locked.
pub(crate) async fn of(tx: &mut dyn Tx, account: &Account) -> Result<PasswordRules> {
    match account.grant.enterprise() {
        Some(enterprise) => of_enterprise(tx, enterprise).await,
        None => Ok(PasswordRules {
            lock_after: 0,
            ..PasswordRules::default()
        }),
    }
}

async fn of_enterprise(tx: &mut dyn Tx, id: EnterpriseId) -> Result<PasswordRules> {
    Ok(tx.password_rules().get(id).await?.unwrap_or_default())
}

/// The enterprise and its rules, for an actor who may set them.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn get(
    env: &Env,
    actor: &Actor,
    id: EnterpriseId,
) -> Result<(Enterprise, PasswordRules)> {
    let mut tx = env.read().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), id, Action::SetPasswordRules)
        .await?;
    let rules = of_enterprise(tx.as_mut(), id).await?;
    Ok((enterprise, rules))
}

/// Sets the rules; passwords that are set already stay good.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` with every number that is out of its bounds.
pub async fn set(
    env: &Env,
    actor: &Actor,
    id: EnterpriseId,
    typed: &TypedPasswordRules,
) -> Result<PasswordRules> {
    let mut tx = env.write().await?;
    let enterprise = actor
        .enterprise(tx.as_mut(), id, Action::SetPasswordRules)
        .await?;
    let rules = PasswordRules::parse(typed)?;
    let before = of_enterprise(tx.as_mut(), id).await?;
    tx.password_rules().put(id, &rules).await?;
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::PasswordRulesChanged,
        Subject::enterprise(enterprise.id, &enterprise.name),
        changes(&before.typed(), &rules.typed()),
    )
    .await?;
    tx.commit().await?;
    Ok(rules)
}

fn changes(before: &TypedPasswordRules, after: &TypedPasswordRules) -> Vec<Change> {
    let pairs = [
        ("min_length", &before.min_length, &after.min_length),
        ("min_classes", &before.min_classes, &after.min_classes),
        ("max_repeats", &before.max_repeats, &after.max_repeats),
        ("history", &before.history, &after.history),
        (
            "expires_after_days",
            &before.expires_after_days,
            &after.expires_after_days,
        ),
        ("lock_after", &before.lock_after, &after.lock_after),
    ];
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let changed = pairs
        .into_iter()
        .filter(|(_, before, after)| before != after);
    changed
        .map(|(field, before, after)| Change {
            field: field.to_owned(),
            before: given(before),
            after: given(after),
        })
        .collect()
}
