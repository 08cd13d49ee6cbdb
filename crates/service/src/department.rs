//! Departments of a site: add, list, rename, move, delete (R2).

use model::{
    Action, Change, Department, DepartmentId, DepartmentRefusal, DepartmentTree, Field,
    JournalAction, Problem, SiteId,
};
use store::{Place, Tx};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// The site and its departments, for an actor who may change them.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn may_manage(env: &Env, actor: &Actor, site: SiteId) -> Result<(Place, DepartmentTree)> {
    let mut tx = env.read().await?;
    managed(tx.as_mut(), actor, site).await
}

async fn managed(tx: &mut dyn Tx, actor: &Actor, site: SiteId) -> Result<(Place, DepartmentTree)> {
    let place = actor.site(tx, site, Action::ManageDepartments).await?;
    let tree = DepartmentTree::new(tx.department().list(site).await?);
    Ok((place, tree))
}

/// The same to change them; until the transaction ends nobody else changes the enterprise's.
async fn held(tx: &mut dyn Tx, actor: &Actor, site: SiteId) -> Result<(Place, DepartmentTree)> {
    let place = actor.site(tx, site, Action::ManageDepartments).await?;
    tx.enterprise().hold(place.enterprise.id).await?;
    managed(tx, actor, site).await
}

/// Adds a department to a site, as a part of another one or on its own.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for the name, for a parent that is not of the site or stands too deep, and
/// for more than a site may have.
pub async fn add(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    name: &str,
    parent: Option<DepartmentId>,
) -> Result<Department> {
    let mut tx = env.write().await?;
    let (place, tree) = held(tx.as_mut(), actor, site).await?;
    let name = name
        .parse()
        .map_err(|problem| Error::field(Field::Name, problem))?;
    if tree.len() >= DepartmentTree::MOST {
        let max = DepartmentTree::MOST;
        return Err(Error::field(Field::Name, Problem::TooMany { max }));
    }
    tree.check(None, &name, parent).map_err(refused)?;
    let department = Department {
        id: DepartmentId(env.id()),
        site,
        parent,
        name,
    };
    tx.department().insert(&department).await?;
    let mut changes = vec![Change::new("name", &department.name)];
    changes.extend(parent.map(|parent| Change::new("parent", &tree.path_name(parent))));
    let action = JournalAction::DepartmentAdded;
    note(
        env,
        tx.as_mut(),
        actor,
        action,
        &place,
        &department,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(department)
}

fn refused(refusal: DepartmentRefusal) -> Error {
    match refusal {
        DepartmentRefusal::Name(problem) => Error::field(Field::Name, problem),
        DepartmentRefusal::Parent(problem) => Error::field(Field::Parent, problem),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "those of `journal::write` with the department instead of its subject"
)]
async fn note(
    env: &Env,
    tx: &mut dyn Tx,
    actor: &Actor,
    action: JournalAction,
    place: &Place,
    department: &Department,
    changes: Vec<Change>,
) -> Result<()> {
    let subject = Subject {
        id: department.id.0,
        name: department.name.to_string(),
        ..Subject::site(place)
    };
    journal::write(env, tx, actor, action, subject, changes).await
}

/// The departments of a site, by name.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn list(env: &Env, actor: &Actor, site: SiteId) -> Result<Vec<Department>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    Ok(tx.department().list(place.site.id).await?)
}

/// How many users are in each department of a site itself, without those below it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn count_users(
    env: &Env,
    actor: &Actor,
    site: SiteId,
) -> Result<Vec<(DepartmentId, i64)>> {
    let mut tx = env.read().await?;
    let place = actor.site(tx.as_mut(), site, Action::ViewSite).await?;
    Ok(tx.department().count_users(place.site.id).await?)
}

/// What is to change; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct DepartmentPatch {
    /// The name.
    pub name: Option<String>,
    /// The department it is a part of; `Some(None)` for none.
    pub parent: Option<Option<DepartmentId>>,
}

/// Renames a department or moves it below another one, with everything below it.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for the name and for a place it cannot have.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    id: DepartmentId,
    patch: &DepartmentPatch,
) -> Result<Department> {
    let mut tx = env.write().await?;
    let (place, tree) = held(tx.as_mut(), actor, site).await?;
    let before = tree.get(id).ok_or(Error::NotFound)?.clone();
    let name = match &patch.name {
        Some(name) => name
            .parse()
            .map_err(|problem| Error::field(Field::Name, problem))?,
        None => before.name.clone(),
    };
    let parent = patch.parent.unwrap_or(before.parent);
    tree.check(Some(id), &name, parent).map_err(refused)?;
    let after = Department {
        name,
        parent,
        ..before.clone()
    };
    if after == before {
        return Ok(after);
    }
    tx.department().update(&after).await?;
    let changes = differences(&tree, &before, &after);
    let action = JournalAction::DepartmentChanged;
    note(env, tx.as_mut(), actor, action, &place, &after, changes).await?;
    tx.commit().await?;
    Ok(after)
}

fn differences(tree: &DepartmentTree, before: &Department, after: &Department) -> Vec<Change> {
    let path = |department: &Department| department.parent.map(|parent| tree.path_name(parent));
    let name = Change::from_to("name", &before.name, &after.name);
    let parent = Change {
        field: "parent".to_owned(),
        before: path(before),
        after: path(after),
    };
    let changed = |change: &Change| change.before != change.after;
    [name, parent].into_iter().filter(changed).collect()
}

/// Deletes a department: its users, and the departments in it, become the parent's, or nobody's at the top.
///
/// # Errors
/// `NotFound` and `Forbidden` by role.
pub async fn delete(env: &Env, actor: &Actor, site: SiteId, id: DepartmentId) -> Result<()> {
    let mut tx = env.write().await?;
    let (place, tree) = held(tx.as_mut(), actor, site).await?;
    let department = tree.get(id).ok_or(Error::NotFound)?;
    tx.department().delete(department).await?;
    let gone = Change {
        field: "name".to_owned(),
        before: Some(tree.path_name(id)),
        after: None,
    };
    let action = JournalAction::DepartmentDeleted;
    note(
        env,
        tx.as_mut(),
        actor,
        action,
        &place,
        department,
        vec![gone],
    )
    .await?;
    Ok(tx.commit().await?)
}
