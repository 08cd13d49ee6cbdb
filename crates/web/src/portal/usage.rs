//! What is used at which site, and the report of users and services, as pages and as sheets (R5).

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{Action, Enterprise, Grant, Product, SiteId, Target, Verdict, allows};
use serde::Deserialize;
use service::{
    Error, enterprise, licence, site,
    usage::{self, ReportedUser},
    user::{self, Filter, ListUsers},
};

use super::{
    address,
    enterprise::trail,
    home::count,
    reader::Reader,
    refusal::Refusal,
    shown::shown,
    site_view::{self, shares},
};
use crate::{
    api::{decode_cursor, encode_cursor},
    export, format,
    frame::Section,
    names,
    pages::usage::{ReportPage, ReportRow, SiteUsage, UsagePage},
    parts::{Badge, Choice, Pager, Stock},
    server::Portal,
};

/// Address of what an enterprise uses.
pub(super) fn own_address(id: model::EnterpriseId) -> String {
    format!("/enterprises/{id}/usage")
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let enterprise = enterprise::get(&portal.env, reader.actor(), address::id(&id)?).await?;
    Ok(shown(&page(&portal, &reader, &enterprise).await?))
}

async fn page(
    portal: &Portal,
    reader: &Reader,
    enterprise: &Enterprise,
) -> Result<UsagePage, Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let licences = licence::list(env, actor, enterprise.id).await?;
    let (packages, services): (Vec<_>, Vec<_>) = licences
        .iter()
        .partition(|licence| matches!(licence.product, Product::Package(_)));
    let stock = |licence: &model::Licence| Stock::of_licence(reader.words(), licence);
    let sites = usage::of_enterprise(env, actor, enterprise.id).await?;
    let of_site = |of: &usage::SiteUse| SiteUsage {
        name: of.site.name.to_string(),
        href: site_view::own_address(of.site.id),
        users: count(of.usage.users()),
        usage: shares(reader, &of.usage),
    };
    let target = Target::Enterprise(enterprise.id);
    let sets = allows(actor.grant(), Action::SetLicences, target) == Verdict::Allowed;
    let home = address::enterprise(enterprise.id);
    let own = own_address(enterprise.id);
    let (section, trail) = match actor.grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) => {
            (Section::Enterprises, trail(reader, Some(enterprise)))
        }
        Grant::SiteAdmin(..) | Grant::User(..) => (Section::Reports, Vec::new()),
    };
    Ok(UsagePage {
        trail,
        enterprise: enterprise.name.to_string(),
        packages: packages.into_iter().map(stock).collect(),
        services: services.into_iter().map(stock).collect(),
        sites: sites.iter().map(of_site).collect(),
        sheet_href: format!("{own}.csv"),
        report_href: "/report".to_owned(),
        licences_href: sets.then(|| format!("{home}/licences")),
        frame: reader.frame(portal, section).await?,
    })
}

pub(super) async fn sheet(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let id = address::id(&id)?;
    Ok(export::usage(&portal, reader.actor(), id, reader.words()).await?)
}

/// What stands in the address of the report.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    site: String,
    cursor: String,
}

impl Asked {
    fn wanted(&self) -> Result<ListUsers, Error> {
        let site: Option<SiteId> = match self.site.as_str() {
            "" => None,
            text => Some(address::id(text)?),
        };
        Ok(ListUsers {
            filter: Filter {
                site,
                ..Filter::default()
            },
            cursor: decode_cursor(Some(&self.cursor))?,
            ..ListUsers::default()
        })
    }
}

pub(super) async fn report(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let (env, actor) = (&portal.env, reader.actor());
    let found = usage::report(env, actor, asked.wanted()?).await?;
    let all = ListUsers {
        count: true,
        cursor: None,
        limit: model::Limit::new(1),
        ..asked.wanted()?
    };
    let counted = user::list(env, actor, all).await?.count;
    let sites = site::list(env, actor, None).await?;
    let choice = |site: &model::Site| Choice::new(site.id.to_string(), site.name.as_str());
    let page = |cursor: &model::Cursor| {
        let cursor = encode_cursor(cursor);
        address::query("/report", &[("site", &asked.site), ("cursor", &cursor)])
    };
    let page = ReportPage {
        sites: match sites.as_slice() {
            [] | [_] => Vec::new(),
            sites => sites.iter().map(choice).collect(),
        },
        site: asked.site.clone(),
        rows: found.items.iter().map(|user| row(&reader, user)).collect(),
        count: count(counted.unwrap_or_default()),
        sheet_href: address::query("/report.csv", &[("site", &asked.site)]),
        usage_href: actor.grant().enterprise().map(own_address),
        pager: Pager {
            previous: found.previous.as_ref().map(page),
            next: found.next.as_ref().map(page),
        },
        frame: reader.frame(&portal, Section::Reports).await?,
    };
    Ok(shown(&page))
}

fn row(reader: &Reader, reported: &ReportedUser) -> ReportRow {
    let (words, user) = (reader.words(), &reported.user);
    let services = user.services.iter();
    ReportRow {
        name: format!("{}, {}", user.last_name, user.first_name),
        href: address::user(user.id),
        site: reported.site.name.to_string(),
        department: reported.department.clone(),
        number: format::phone_number(&user.number, reported.site.country),
        extension: user.extension.to_string(),
        package: names::package(words, user.package).into_owned(),
        services: services
            .map(|service| names::service(words, *service).into_owned())
            .collect(),
        is_registered: user.desk_phone_type.map(|_| reported.is_registered),
        state: Badge::from(&user.state),
    }
}

/// The whole report as a sheet, at most [`export::MOST`] users.
pub(super) async fn report_sheet(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let wanted = ListUsers {
        cursor: None,
        ..asked.wanted()?
    };
    let reading = export::Reading {
        words: reader.words(),
        zone: reader.zone(),
    };
    let actor = reader.actor().clone();
    Ok(export::users(portal, actor, wanted, reading).await?)
}
