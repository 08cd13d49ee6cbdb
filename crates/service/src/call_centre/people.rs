//! Finds colleagues by extension or name, as administrators type them.

use model::{Action, Extension, Holder, SiteId, User, UserId, fold};
use store::Place;

use crate::{Actor, Env, Result, hunt_group};

/// Who is meant by extensions or names, separated by commas or lines: a user's id; what was typed where nobody, or more than
/// one user, is found whom the actor may name.
///
/// # Errors
/// `NotFound` and `Forbidden` by role at the site.
pub async fn people(env: &Env, actor: &Actor, site: SiteId, typed: &str) -> Result<Vec<String>> {
    let mut tx = env.read().await?;
    let place = actor
        .site(tx.as_mut(), site, Action::ManageVirtualUsers)
        .await?;
    drop(tx);
    let mut people = Vec::new();
    for item in items(typed).take(model::MOST_MEMBERS + 1) {
        let found = match item.parse::<Extension>() {
            Ok(extension) => with_extension(env, actor, &place, &extension).await?,
            Err(_) => named(env, actor, site, item).await?,
        };
        people.push(found.map_or_else(|| item.to_owned(), |user| user.to_string()));
    }
    Ok(people)
}

/// Commas and lines separate names, and spaces extensions as well.
fn items(typed: &str) -> impl Iterator<Item = &str> {
    let parts = typed.split([',', ';', '\n']);
    let words = parts.flat_map(|part| {
        let is_digits = |c: char| c.is_ascii_digit() || c.is_whitespace();
        let by = if part.chars().all(is_digits) {
            ' '
        } else {
            ','
        };
        part.split(by)
    });
    words.map(str::trim).filter(|item| !item.is_empty())
}

async fn with_extension(
    env: &Env,
    actor: &Actor,
    place: &Place,
    extension: &Extension,
) -> Result<Option<UserId>> {
    let mut tx = env.read().await?;
    let enterprise = place.enterprise.id;
    let found = tx.user().extension_holder(enterprise, extension).await?;
    let found = found.filter(|found| actor.may_name(enterprise, found.site));
    Ok(match found.map(|found| found.holder) {
        Some(Holder::User(user)) => Some(user),
        Some(Holder::VirtualUser(_)) | None => None,
    })
}

async fn named(env: &Env, actor: &Actor, site: SiteId, name: &str) -> Result<Option<UserId>> {
    let found = hunt_group::candidates(env, actor, site, name).await?;
    // Longer names that begin alike do not stand in the way of a whole one.
    let is_whole = |user: &&User| fold(&user.full_name()) == fold(name);
    let mut meant: Vec<_> = found.iter().filter(is_whole).collect();
    if meant.is_empty() {
        meant = found.iter().collect();
    }
    Ok(match meant[..] {
        [user] => Some(user.id),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g4_names_and_extensions_are_told_apart() {
        let found = |typed| items(typed).collect::<Vec<_>>();
        assert_eq!(
            found("1001 1002, Anna Weber;\n1003"),
            ["1001", "1002", "Anna Weber", "1003"]
        );
        assert!(found(" , ").is_empty());
    }
}
