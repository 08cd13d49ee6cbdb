//! The list of users: search, filter, sort, pages.

use axum::{
    extract::{Query, State},
    response::Response,
};
use model::{DepartmentTree, Direction, Grant, Site, SiteId, User, UserSort};
use serde::Deserialize;
use service::{
    Error, department, licence, number, site,
    user::{self, Filter, ListUsers},
};

use super::{address, home::count, reader::Reader, refusal::Refusal, shown::shown, user_add};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::Section,
    names,
    pages::user_list::{UserListPage, UserRow},
    parts::{Badge, Choice, Order, Pager, SortLink, Stock},
    server::Portal,
};

/// What stands in the address.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    site: String,
    department: String,
    state: String,
    sort: String,
    cursor: String,
}

impl Asked {
    /// The order; a `-` in front turns it round.
    fn order(&self) -> (UserSort, Direction) {
        match self.sort.strip_prefix('-') {
            Some(sort) => (sort.parse().unwrap_or_default(), Direction::Descending),
            None => (self.sort.parse().unwrap_or_default(), Direction::Ascending),
        }
    }

    fn address(&self) -> String {
        let Self {
            q,
            site,
            department,
            state,
            sort,
            cursor,
        } = self;
        let pairs = [
            ("q", q),
            ("site", site),
            ("department", department),
            ("state", state),
            ("sort", sort),
            ("cursor", cursor),
        ];
        address::query("/users", &pairs.map(|(name, value)| (name, value.as_str())))
    }

    /// The list from its beginning in another order.
    fn sorted_by(&self, sort: UserSort) -> SortLink {
        let (current, direction) = self.order();
        let order = (sort == current).then_some(match direction {
            Direction::Ascending => Order::Ascending,
            Direction::Descending => Order::Descending,
        });
        let reversed = if order == Some(Order::Ascending) {
            "-"
        } else {
            ""
        };
        let sort = format!("{reversed}{}", sort.name());
        SortLink {
            href: Self {
                sort,
                cursor: String::new(),
                ..self.clone()
            }
            .address(),
            order,
        }
    }

    fn asks(&self, site: Option<SiteId>) -> Result<ListUsers, Error> {
        let (sort, direction) = self.order();
        let filter = Filter {
            site,
            enterprise: None,
            department: match self.department.as_str() {
                "" => None,
                text => Some(address::id(text)?),
            },
            state: Some(self.state.clone()),
            search: Some(self.q.clone()),
        };
        let cursor = decode_cursor(Some(&self.cursor))?;
        Ok(ListUsers {
            filter,
            sort,
            direction,
            cursor,
            count: true,
            ..ListUsers::default()
        })
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let sites = site::list(&portal.env, reader.actor(), None).await?;
    let chosen = match (asked.site.as_str(), sites.as_slice()) {
        ("", [only]) => Some(only.id),
        ("", _) => None,
        (text, _) => Some(address::id(text)?),
    };
    let found = user::list(&portal.env, reader.actor(), asked.asks(chosen)?).await?;
    let everybody = Asked {
        q: String::new(),
        department: String::new(),
        state: String::new(),
        cursor: String::new(),
        ..asked.clone()
    };
    let is_filtered =
        !asked.q.is_empty() || !asked.state.is_empty() || !asked.department.is_empty();
    let found_count = found.count.unwrap_or_default();
    let total = match is_filtered {
        true => user::list(&portal.env, reader.actor(), everybody.asks(chosen)?)
            .await?
            .count
            .unwrap_or_default(),
        false => found_count,
    };
    let site = sites.iter().find(|site| Some(site.id) == chosen);
    let page = |cursor: &Option<model::Cursor>| {
        cursor.as_ref().map(|cursor| {
            Asked {
                cursor: encode_cursor(cursor),
                ..asked.clone()
            }
            .address()
        })
    };
    let view = UserListPage {
        site_name: site.map(|site| site.name.to_string()),
        add_href: add_href(&reader, chosen),
        stocks: stocks(&portal, &reader, site).await?,
        query: asked.q.clone(),
        sites: choices(&reader, &sites),
        site: chosen.map(|id| id.to_string()).unwrap_or_default(),
        departments: departments(&portal, &reader, chosen).await?,
        department: asked.department.clone(),
        states: states(&reader),
        state: asked.state.clone(),
        is_filtered,
        clear_href: everybody.address(),
        found: count(found_count),
        total: count(total),
        by_name: asked.sorted_by(UserSort::Name),
        by_number: asked.sorted_by(UserSort::Number),
        by_extension: asked.sorted_by(UserSort::Extension),
        pager: Pager {
            previous: page(&found.page.previous),
            next: page(&found.page.next),
        },
        rows: found
            .page
            .items
            .iter()
            .map(|user| row(&reader, &sites, user, site.is_none()))
            .collect(),
        can_select: add_href(&reader, chosen).is_some(),
        live_href: address::query(
            "/live",
            &[("site", &chosen.map(|id| id.to_string()).unwrap_or_default())],
        ),
        frame: reader.frame(&portal, Section::Users).await?,
    };
    Ok(shown(&view))
}

/// Administrators add users; who has several sites chooses one first (U1).
fn add_href(reader: &Reader, site: Option<SiteId>) -> Option<String> {
    match (reader.actor().grant(), site) {
        (Grant::Operator | Grant::User(..), _) => None,
        (_, Some(site)) => Some(user_add::begin_address(site)),
        (_, None) => Some("/users/new".to_owned()),
    }
}

/// What runs low: free numbers of the site, licences of the enterprise.
async fn stocks(
    portal: &Portal,
    reader: &Reader,
    site: Option<&Site>,
) -> Result<Vec<Stock>, Error> {
    let words = reader.words();
    let mut stocks = Vec::new();
    if let Some(enterprise) = reader.actor().grant().enterprise() {
        let licences = licence::list(&portal.env, reader.actor(), enterprise).await?;
        let held = licences.iter().filter(|licence| licence.total > 0);
        stocks.extend(held.map(|licence| Stock::of_licence(words, licence)));
    }
    if let Some(site) = site {
        let (numbers, free) = number::count(&portal.env, reader.actor(), site.id).await?;
        stocks.push(Stock::of_numbers(
            words,
            count(numbers - free),
            count(numbers),
        ));
    }
    stocks.retain(Stock::is_low);
    Ok(stocks)
}

fn choices(reader: &Reader, sites: &[Site]) -> Vec<Choice> {
    match (reader.actor().grant(), sites) {
        (Grant::Operator, _) | (_, [_]) => Vec::new(),
        _ => sites
            .iter()
            .map(|site| Choice::new(site.id.to_string(), site.name.as_str()))
            .collect(),
    }
}

/// The departments of the chosen site.
async fn departments(
    portal: &Portal,
    reader: &Reader,
    site: Option<SiteId>,
) -> Result<Vec<Choice>, Error> {
    let Some(site) = site else {
        return Ok(Vec::new());
    };
    let departments = department::list(&portal.env, reader.actor(), site).await?;
    Ok(super::department::choices(&DepartmentTree::new(
        departments,
    )))
}

fn states(reader: &Reader) -> Vec<Choice> {
    let words = reader.words();
    vec![
        Choice::new("pending", words.state_pending()),
        Choice::new("activated", words.state_activated()),
        Choice::new("failed", words.state_failed()),
    ]
}

fn row(reader: &Reader, sites: &[Site], user: &User, shows_site: bool) -> UserRow {
    let words = reader.words();
    let site = sites.iter().find(|site| site.id == user.site);
    let country = site.map_or(reader.country(), |site| site.country);
    UserRow {
        id: user.id.to_string(),
        href: address::user(user.id),
        name: format!("{}, {}", user.last_name, user.first_name),
        site: site
            .filter(|_| shows_site)
            .map(|site| site.name.to_string()),
        number: format::phone_number(&user.number, country),
        extension: user.extension.to_string(),
        package: names::package(words, user.package).into_owned(),
        desk_phone: names::desk_phone_type(words, user.desk_phone_type).into_owned(),
        state: Badge::from(&user.state),
    }
}
