//! The overview, for each role what it looks at first.

use axum::{extract::State, response::Response};
use model::{Grant, Site};
use service::{
    Error, activation, enterprise, licence, number, site,
    user::{self, Filter, ListUsers},
};

use super::{
    address, call, main_number, phone, reader::Reader, refusal::Refusal, shown::shown, user_add,
};
use crate::{
    format,
    frame::Section,
    names,
    pages::home::{Content, HomePage, OwnTelephone, SiteTile},
    parts::{Badge, Stock},
    server::Portal,
};

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
) -> Result<Response, Refusal> {
    let content = match reader.actor().grant() {
        Grant::Operator => operator(&portal, &reader).await?,
        Grant::EnterpriseAdmin(_) | Grant::SiteAdmin(..) => administrator(&portal, &reader).await?,
        Grant::User(_, id) => {
            let user = user::get(&portal.env, reader.actor(), *id).await?;
            own_telephone(&portal, &reader, &user).await?
        }
    };
    let frame = reader.frame(&portal, Section::Home).await?;
    Ok(shown(&HomePage::new(frame, content)))
}

async fn operator(portal: &Portal, reader: &Reader) -> Result<Content, Error> {
    let (waiting, failed) = activation::count(&portal.env, reader.actor()).await?;
    let enterprises = enterprise::count(&portal.env, reader.actor()).await?;
    Ok(Content::Operator {
        waiting: count(waiting),
        failed: count(failed),
        enterprises: count(enterprises),
    })
}

async fn administrator(portal: &Portal, reader: &Reader) -> Result<Content, Error> {
    let mut sites = Vec::new();
    for site in site::list(&portal.env, reader.actor(), None).await? {
        sites.push(tile(portal, reader, &site).await?);
    }
    let enterprise = reader.actor().grant().enterprise().ok_or(Error::NotFound)?;
    let licences = licence::list(&portal.env, reader.actor(), enterprise).await?;
    let held = licences.iter().filter(|licence| licence.total > 0);
    Ok(Content::Administrator {
        sites,
        licences: held.map(|l| Stock::of_licence(reader.words(), l)).collect(),
    })
}

async fn tile(portal: &Portal, reader: &Reader, site: &Site) -> Result<SiteTile, Error> {
    let (numbers, free) = number::count(&portal.env, reader.actor(), site.id).await?;
    Ok(SiteTile {
        name: site.name.to_string(),
        href: super::site_view::own_address(site.id),
        users_href: address::site_users(site.id),
        add_href: user_add::begin_address(site.id),
        users: users(portal, reader, site, "").await?,
        pending: users(portal, reader, site, "pending").await?,
        failed: users(portal, reader, site, "failed").await?,
        numbers: Stock::of_numbers(reader.words(), count(numbers - free), count(numbers)),
        main_number: main_number::shown_number(site),
        main_number_href: matches!(reader.actor().grant(), Grant::EnterpriseAdmin(_))
            .then(|| main_number::form_address(site.id)),
    })
}

async fn users(portal: &Portal, reader: &Reader, site: &Site, state: &str) -> Result<u64, Error> {
    let filter = Filter {
        site: Some(site.id),
        state: Some(state.to_owned()),
        ..Filter::default()
    };
    let asked = ListUsers {
        filter,
        limit: model::Limit::new(1),
        count: true,
        ..ListUsers::default()
    };
    let page = user::list(&portal.env, reader.actor(), asked).await?;
    Ok(count(page.count.unwrap_or_default()))
}

async fn own_telephone(
    portal: &Portal,
    reader: &Reader,
    user: &model::User,
) -> Result<Content, Error> {
    let calls = call::recent(portal, reader, user, reader.country()).await?;
    let own = OwnTelephone {
        id: user.id.to_string(),
        number: format::phone_number(&user.number, reader.country()),
        extension: user.extension.to_string(),
        desk_phone: names::desk_phone_type(reader.words(), user.desk_phone_type).into_owned(),
        phone: phone::view(portal, reader, user.id).await?.1,
        state: Badge::from(&user.state),
        calls: calls.unwrap_or_default(),
        live_href: address::live_user(user.id),
    };
    Ok(Content::User(Box::new(own)))
}

/// A count for people.
pub(super) fn count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
