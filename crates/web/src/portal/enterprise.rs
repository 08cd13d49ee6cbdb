//! The operator's pages about enterprises.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Enterprise, EnterpriseId, Grant, Limit, Site};
use service::{
    Account, Error, administrator,
    enterprise::{self, AddEnterprise},
    licence, number, password_rules, site,
    user::{self, Filter, ListUsers},
};

use super::{
    activation::{Asked, pager},
    address, administrator_change,
    form::{Form, see},
    home::count,
    main_number,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view, usage,
};
use crate::{
    api::decode_cursor,
    frame::Section,
    names,
    pages::{
        enterprise::{
            AdministratorRow, EnterpriseFormPage, EnterpriseListPage, EnterprisePage,
            EnterpriseRow, SiteRow,
        },
        site::countries,
    },
    parts::{Link, Stock},
    problem::Errors,
    server::Portal,
};

const LIST: &str = "/operator/enterprises";

/// The way back to the list, and to the enterprise.
pub(super) fn trail(reader: &Reader, enterprise: Option<&Enterprise>) -> Vec<Link> {
    let list = Link {
        label: reader.words().enterprise_list_title().into_owned(),
        href: LIST.to_owned(),
    };
    let list = (*reader.actor().grant() == Grant::Operator).then_some(list);
    let own = enterprise.map(|e| Link {
        label: e.name.to_string(),
        href: address::enterprise(e.id),
    });
    list.into_iter().chain(own).collect()
}

pub(super) async fn list(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let found = enterprise::list(
        &portal.env,
        reader.actor(),
        cursor.as_ref(),
        Limit::default(),
    )
    .await?;
    let mut rows = Vec::with_capacity(found.items.len());
    for enterprise in &found.items {
        rows.push(row(&portal, &reader, enterprise).await?);
    }
    let pager = pager(LIST, found.previous.as_ref(), found.next.as_ref());
    let frame = reader.frame(&portal, Section::Enterprises).await?;
    Ok(shown(&EnterpriseListPage { frame, rows, pager }))
}

async fn row(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
) -> Result<EnterpriseRow, Error> {
    let sites = site::list(&portal.env, reader.actor(), Some(enterprise.id)).await?;
    let of = Filter {
        enterprise: Some(enterprise.id),
        ..Filter::default()
    };
    let waiting = Filter {
        state: Some("pending".to_owned()),
        ..of.clone()
    };
    Ok(EnterpriseRow {
        name: enterprise.name.to_string(),
        domain: enterprise.domain.to_string(),
        href: address::enterprise(enterprise.id),
        sites: sites.len() as u64,
        users: users(portal, reader, of).await?,
        waiting: users(portal, reader, waiting).await?,
    })
}

async fn users(portal: &Portal, reader: &Reader, filter: Filter) -> Result<u64, Error> {
    let asked = ListUsers {
        filter,
        limit: Limit::new(1),
        count: true,
        ..ListUsers::default()
    };
    let page = user::list(&portal.env, reader.actor(), asked).await?;
    Ok(count(page.count.unwrap_or_default()))
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    enterprise::count(&portal.env, reader.actor()).await?;
    Ok(shown(
        &form_page(
            &portal,
            &reader,
            AddEnterprise {
                country: "DE".to_owned(),
                ..Default::default()
            },
        )
        .await?,
    ))
}

async fn form_page(
    portal: &Portal,
    reader: &Reader,
    typed: AddEnterprise,
) -> Result<EnterpriseFormPage, Error> {
    Ok(EnterpriseFormPage {
        trail: trail(reader, None),
        name: typed.name,
        domain: typed.domain,
        country: typed.country,
        countries: countries(reader.words()),
        frame: reader.frame(portal, Section::Enterprises).await?,
    })
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    sent: Form,
) -> Result<Response, Refusal> {
    let typed = AddEnterprise {
        name: sent.get("name"),
        domain: sent.get("domain"),
        country: sent.get("country"),
    };
    match enterprise::add(&portal.env, reader.actor(), &typed).await {
        Ok(enterprise) => Ok(see(&address::enterprise(enterprise.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = form_page(&portal, &reader, typed).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    of(portal, reader, id).await
}

/// The administrator's own enterprise.
pub(super) async fn own(State(portal): State<Portal>, reader: Reader) -> Result<Response, Refusal> {
    let id = reader.actor().grant().enterprise().ok_or(Error::NotFound)?;
    of(portal, reader, id).await
}

async fn of(portal: Portal, reader: Reader, id: EnterpriseId) -> Result<Response, Refusal> {
    let enterprise = enterprise::get(&portal.env, reader.actor(), id).await?;
    let is_operator = *reader.actor().grant() == Grant::Operator;
    let rule = enterprise.extension_rule;
    let (env, actor) = (&portal.env, reader.actor());
    let sites = site::list(env, actor, Some(enterprise.id)).await?;
    let mut rows = Vec::with_capacity(sites.len());
    for site in &sites {
        rows.push(site_row(&portal, &reader, site).await?);
    }
    let licences = licence::list(env, actor, enterprise.id).await?;
    let administrators = administrator::list(env, actor, enterprise.id).await?;
    let home = address::enterprise(enterprise.id);
    let page = EnterprisePage {
        trail: trail(&reader, None),
        name: enterprise.name.to_string(),
        domain: enterprise.domain.to_string(),
        users: users(
            &portal,
            &reader,
            Filter {
                enterprise: Some(enterprise.id),
                ..Filter::default()
            },
        )
        .await?,
        sites: rows,
        edit_href: format!("/enterprises/{id}/edit"),
        country: names::country(reader.words(), enterprise.country).into_owned(),
        extensions: (rule.min as u64, rule.max as u64, rule.default as u64),
        usage_href: usage::own_address(id),
        activity_href: address::query("/activity", &[("enterprise", &id.to_string())]),
        max_calls: enterprise.telephony.max_calls,
        refuses_md5: enterprise.telephony.refuses_md5,
        telephony_href: (*actor.grant() == Grant::Operator).then(|| format!("{home}/telephony")),
        password_rules: password_rules::get(env, actor, enterprise.id).await?.1,
        password_rules_href: format!("{home}/password-rules"),
        licences: licences
            .iter()
            .map(|licence| Stock::of_licence(reader.words(), licence))
            .collect(),
        administrators: administrators
            .iter()
            .map(|account| administrator_row(&reader, &sites, (id, account)))
            .collect(),
        add_site_href: format!("{home}/sites/new"),
        licences_href: is_operator.then(|| format!("{home}/licences")),
        add_administrator_href: format!("{home}/administrators/new"),
        frame: reader.frame(&portal, Section::Enterprises).await?,
    };
    Ok(shown(&page))
}

async fn site_row(portal: &Portal, reader: &Reader, site: &Site) -> Result<SiteRow, Error> {
    let (numbers, free) = number::count(&portal.env, reader.actor(), site.id).await?;
    Ok(SiteRow {
        name: site.name.to_string(),
        href: site_view::own_address(site.id),
        country: names::country(reader.words(), site.country).into_owned(),
        users: users(
            portal,
            reader,
            Filter {
                site: Some(site.id),
                ..Filter::default()
            },
        )
        .await?,
        numbers: Stock::of_numbers(reader.words(), count(numbers - free), count(numbers)),
        import_href: (*reader.actor().grant() == Grant::Operator)
            .then(|| format!("/operator/sites/{}/number-ranges/new", site.id)),
        main_number: main_number::shown_number(site),
        main_number_href: main_number::form_address(site.id),
    })
}

fn administrator_row(
    reader: &Reader,
    sites: &[Site],
    (of, account): (EnterpriseId, &Account),
) -> AdministratorRow {
    let named = |own: &[model::SiteId]| {
        let own = sites.iter().filter(|site| own.contains(&site.id));
        own.map(|site| site.name.to_string()).collect()
    };
    AdministratorRow {
        href: administrator_change::own_address(of, account.id),
        email: account.email.clone(),
        username: account.username.clone(),
        role: names::role(reader.words(), account.grant.role()).into_owned(),
        sites: match &account.grant {
            Grant::SiteAdmin(_, own) => named(own),
            Grant::Operator | Grant::EnterpriseAdmin(_) | Grant::User(..) => Vec::new(),
        },
    }
}
