//! The departments of a site: the tree, and adding, renaming, moving and deleting them (R2).

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Department, DepartmentId, DepartmentTree, SiteId};
use service::{
    Error, Place,
    department::{self, DepartmentPatch},
};

use super::{
    address,
    form::{Form, see},
    home::count,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view,
};
use crate::{
    pages::{
        department::{DepartmentFormPage, DepartmentRow, DepartmentsPage},
        structure::QuestionPage,
    },
    parts::{Choice, Link},
    problem::Errors,
    server::Portal,
    words::Words,
};

/// Address of a site's departments.
pub(super) fn list_address(site: SiteId) -> String {
    format!("/sites/{site}/departments")
}

fn own_address(department: &Department) -> String {
    format!("{}/{}", list_address(department.site), department.id)
}

/// The departments to choose from, each named with those above it.
pub(super) fn choices(tree: &DepartmentTree) -> Vec<Choice> {
    let in_order = tree.in_order();
    let choice = |(department, _): &(&Department, usize)| {
        Choice::new(department.id.to_string(), tree.path_name(department.id))
    };
    in_order.iter().map(choice).collect()
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let found = department::may_manage(&portal.env, reader.actor(), site).await?;
    Ok(shown(&list(&portal, &reader, found, None).await?))
}

async fn list(
    portal: &Portal,
    reader: &Reader,
    (place, tree): (Place, DepartmentTree),
    typed: Option<(String, String)>,
) -> Result<DepartmentsPage, Error> {
    let site = place.site.id;
    let users = department::count_users(&portal.env, reader.actor(), site).await?;
    let row = |(department, depth): (&Department, usize)| {
        let own = users.iter().find(|(id, _)| *id == department.id);
        let (site, id) = (department.site.to_string(), department.id.to_string());
        DepartmentRow {
            name: department.name.to_string(),
            path: tree.path_name(department.id),
            depth,
            users: count(own.map_or(0, |(_, users)| *users)),
            users_href: address::query("/users", &[("site", &site), ("department", &id)]),
            edit_href: own_address(department),
            delete_href: format!("{}/delete", own_address(department)),
        }
    };
    let (name, parent) = typed.unwrap_or_default();
    Ok(DepartmentsPage {
        trail: site_view::trail(reader, &place, true),
        site: place.site.name.to_string(),
        rows: tree.in_order().into_iter().map(row).collect(),
        name,
        parent,
        parents: choices(&tree),
        action: list_address(site),
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let (env, actor) = (&portal.env, reader.actor());
    let (name, parent) = (sent.get("name"), sent.get("parent"));
    let found = department::may_manage(env, actor, site).await?;
    let done = match parent_id(&parent) {
        Ok(parent) => department::add(env, actor, site, &name, parent).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see(&list_address(site))),
        Err(Error::Invalid(problems)) => {
            let mut page = list(&portal, &reader, found, Some((name, parent))).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// What is chosen in a select; what is no department is told beside it.
fn parent_id(text: &str) -> Result<Option<DepartmentId>, Error> {
    match text {
        "" => Ok(None),
        text => match text.parse() {
            Ok(id) => Ok(Some(id)),
            Err(_) => Err(Error::field(model::Field::Parent, model::Problem::Unknown)),
        },
    }
}

/// The site, its departments and the one that is asked for.
async fn found(
    portal: &Portal,
    reader: &Reader,
    site: &str,
    id: &str,
) -> Result<(Place, DepartmentTree, Department), Error> {
    let (site, id) = (address::id(site)?, address::id(id)?);
    let (place, tree) = department::may_manage(&portal.env, reader.actor(), site).await?;
    let department = tree.get(id).ok_or(Error::NotFound)?.clone();
    Ok((place, tree, department))
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let found = found(&portal, &reader, &site, &id).await?;
    let name = found.2.name.to_string();
    let parent = found.2.parent.map(|parent| parent.to_string());
    let typed = (name, parent.unwrap_or_default());
    Ok(shown(&form_page(&portal, &reader, &found, typed).await?))
}

async fn form_page(
    portal: &Portal,
    reader: &Reader,
    (place, tree, department): &(Place, DepartmentTree, Department),
    (name, parent): (String, String),
) -> Result<DepartmentFormPage, Error> {
    let own = tree.subtree(department.id);
    let mut parents = choices(tree);
    parents.retain(|choice| !own.iter().any(|id| choice.is(&id.to_string())));
    Ok(DepartmentFormPage {
        trail: trail(reader, place),
        path: tree.path_name(department.id),
        name,
        parent,
        parents,
        action: own_address(department),
        cancel_href: list_address(department.site),
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

fn trail(reader: &Reader, place: &Place) -> Vec<Link> {
    let mut trail = site_view::trail(reader, place, true);
    trail.push(Link {
        label: reader.words().site_departments().into_owned(),
        href: list_address(place.site.id),
    });
    trail
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let found = found(&portal, &reader, &site, &id).await?;
    let (site, id) = (found.0.site.id, found.2.id);
    let (name, parent) = (sent.get("name"), sent.get("parent"));
    let done = match parent_id(&parent) {
        Ok(parent) => {
            let patch = DepartmentPatch {
                name: Some(name.clone()),
                parent: Some(parent),
            };
            department::modify(&portal.env, reader.actor(), site, id, &patch).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(see(&list_address(site))),
        Err(Error::Invalid(problems)) => {
            let mut page = form_page(&portal, &reader, &found, (name, parent)).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (place, tree, department) = found(&portal, &reader, &site, &id).await?;
    let words = reader.words();
    let users = department::count_users(&portal.env, reader.actor(), place.site.id).await?;
    let own = users.iter().find(|(of, _)| *of == department.id);
    let users = count(own.map_or(0, |(_, users)| *users));
    let path = tree.path_name(department.id);
    let page = QuestionPage {
        trail: trail(&reader, &place),
        question: words.department_delete_title(&path),
        facts: facts(words, &tree, &department, users),
        submit: words.department_delete_submit(&path),
        keep: words.department_delete_keep().into_owned(),
        action: format!("{}/delete", own_address(&department)),
        cancel_href: list_address(place.site.id),
        frame: reader.frame(&portal, site_view::section(&reader)).await?,
    };
    Ok(shown(&page))
}

/// Where its users and its parts go.
fn facts(words: Words, tree: &DepartmentTree, department: &Department, users: u64) -> Vec<String> {
    let parts = tree.children(Some(department.id)).count();
    let parent = department.parent.map(|parent| tree.path_name(parent));
    let mut facts = vec![match &parent {
        Some(parent) => words.department_delete_users_up(users, parent),
        None => words.department_delete_users_none(users),
    }];
    if parts > 0 {
        facts.push(match &parent {
            Some(parent) => words.department_delete_parts_up(parts, parent),
            None => words.department_delete_parts_top(parts),
        });
    }
    facts
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let (site, id) = (address::id(&site)?, address::id(&id)?);
    department::delete(&portal.env, reader.actor(), site, id).await?;
    Ok(see(&list_address(site)))
}
