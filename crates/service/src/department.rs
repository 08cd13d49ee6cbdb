//! Departments of a site: add, list (R2).

use model::{Action, Change, Department, DepartmentId, Field, JournalAction, Problem, SiteId};

use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
};

/// Adds a department to a site, as a part of another one or on its own.
///
/// # Errors
/// `NotFound` and `Forbidden` by role, `Invalid` for the name or for a parent that is not of the site.
pub async fn add(
    env: &Env,
    actor: &Actor,
    site: SiteId,
    name: &str,
    parent: Option<DepartmentId>,
) -> Result<Department> {
    let mut tx = env.write().await?;
    let place = actor.site(tx.as_mut(), site, Action::ManageSites).await?;
    let name = name
        .parse()
        .map_err(|problem| Error::field(Field::Name, problem))?;
    if let Some(parent) = parent
        && tx.department().get(site, parent).await?.is_none()
    {
        return Err(Error::field(Field::Department, Problem::Unknown));
    }
    let department = Department {
        id: DepartmentId(env.id()),
        site,
        parent,
        name,
    };
    tx.department().insert(&department).await?;
    let subject = Subject {
        id: department.id.0,
        name: department.name.to_string(),
        ..Subject::site(&place)
    };
    let changes = vec![Change::new("name", &department.name)];
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::DepartmentAdded,
        subject,
        changes,
    )
    .await?;
    tx.commit().await?;
    Ok(department)
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
