//! One site at a glance, changing it, and its numbers one by one.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use model::{
    Action, AudioOwner, Grant, HeldNumber, Holder, Limit, NumberState, Product, SiteId, Target,
    TeamKind, Verdict, allows,
};
use serde::Deserialize;
use service::{
    Error, Place, department, hunt_group, number, number_state,
    site::{self, SitePatch},
    usage,
};

use super::{
    address, audio, department as departments,
    form::{Form, see},
    home::count,
    main_number,
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
};
use crate::{
    api::{decode_cursor, encode_cursor},
    format,
    frame::Section,
    names,
    pages::{
        site::{SiteFormPage, countries},
        site_view::{NumberBadge, NumberRow, Share, SiteLinks, SiteNumbersPage, SitePage},
        structure::QuestionPage,
    },
    parts::{Choice, Link, Pager, Stock},
    problem::Errors,
    server::Portal,
};

/// Address of a site's page.
pub(super) fn own_address(site: SiteId) -> String {
    format!("/sites/{site}")
}

fn numbers_address(site: SiteId) -> String {
    format!("/sites/{site}/numbers")
}

/// Where in the navigation sites stand for this reader.
pub(super) fn section(reader: &Reader) -> Section {
    match reader.actor().grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) => Section::Enterprises,
        Grant::SiteAdmin(..) | Grant::User(..) => Section::Home,
    }
}

/// The way back to the enterprise, for those who have its page, and to the site.
pub(super) fn trail(reader: &Reader, place: &Place, with_site: bool) -> Vec<Link> {
    let mut trail = match reader.actor().grant() {
        Grant::Operator | Grant::EnterpriseAdmin(_) => {
            super::enterprise::trail(reader, Some(&place.enterprise))
        }
        Grant::SiteAdmin(..) | Grant::User(..) => Vec::new(),
    };
    if with_site {
        trail.push(Link {
            label: place.site.name.to_string(),
            href: own_address(place.site.id),
        });
    }
    trail
}

/// Whether the reader sees a link to something; the use case behind it decides.
fn may(reader: &Reader, action: Action, place: &Place) -> bool {
    let target = Target::Site(place.enterprise.id, place.site.id);
    allows(reader.actor().grant(), action, target) == Verdict::Allowed
}

pub(super) async fn show(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let (place, usage) = usage::of_site(env, actor, address::id(&id)?).await?;
    let site = &place.site;
    let users = count(usage.users());
    let state = |name: &str, label: String| Share {
        label,
        count: count(usage.in_state(name)),
        whole: users,
        href: Some(address::query(
            "/users",
            &[("site", &site.id.to_string()), ("state", name)],
        )),
    };
    let (numbers, free) = number::count(env, actor, site.id).await?;
    let page = SitePage {
        trail: trail(&reader, &place, false),
        name: site.name.to_string(),
        country: names::country(words, site.country).into_owned(),
        users,
        states: vec![
            state("activated", words.state_activated().into_owned()),
            state("pending", words.state_pending().into_owned()),
            state("failed", words.state_failed().into_owned()),
        ],
        numbers: Stock {
            label: String::new(),
            ..Stock::of_numbers(words, count(numbers - free), count(numbers))
        },
        main_number: main_number::shown_number(site),
        usage: shares(&reader, &usage),
        departments: department::list(env, actor, site.id).await?.len() as u64,
        hunt_groups: hunt_group::count(env, actor, site.id).await?,
        links: links(&reader, &place),
        frame: reader.frame(&portal, section(&reader)).await?,
    };
    Ok(shown(&page))
}

/// What is used at all, as parts of all users.
pub(super) fn shares(reader: &Reader, usage: &model::LicenceUse) -> Vec<Share> {
    let whole = count(usage.users());
    let share = |product: Product| Share {
        label: names::product(reader.words(), product).into_owned(),
        count: count(usage.of(product)),
        whole,
        href: None,
    };
    let used = Product::all().map(share).filter(|share| share.count > 0);
    used.collect()
}

fn links(reader: &Reader, place: &Place) -> SiteLinks {
    let site = place.site.id;
    let own = own_address(site);
    let may = |action| may(reader, action, place);
    SiteLinks {
        users: address::site_users(site),
        add_user: may(Action::AddUser).then(|| format!("{own}/users/new")),
        numbers: numbers_address(site),
        import: may(Action::ImportNumbers)
            .then(|| format!("/operator/sites/{site}/number-ranges/new")),
        main_number: may(Action::ManageSites).then(|| main_number::form_address(site)),
        departments: departments::list_address(site),
        hunt_groups: address::hunt_groups(site),
        pickup_groups: address::teams(site, TeamKind::Pickup),
        park_groups: address::teams(site, TeamKind::Park),
        call_centres: address::call_centres(site),
        audio: audio::own_address(AudioOwner::Site(site)),
        edit: may(Action::ManageSites).then(|| format!("{own}/edit")),
        activity: address::query(
            "/activity",
            &[
                ("enterprise", &place.enterprise.id.to_string()),
                ("site", &site.to_string()),
            ],
        ),
    }
}

pub(super) async fn form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let place = site::may_modify(&portal.env, reader.actor(), address::id(&id)?).await?;
    let typed = (
        place.site.name.to_string(),
        place.site.country.code().to_owned(),
    );
    Ok(shown(&form_page(&portal, &reader, &place, typed).await?))
}

async fn form_page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    (name, country): (String, String),
) -> Result<SiteFormPage, Error> {
    let own = own_address(place.site.id);
    Ok(SiteFormPage {
        trail: trail(reader, place, true),
        enterprise: place.enterprise.name.to_string(),
        existing: Some(place.site.name.to_string()),
        name,
        country,
        countries: countries(reader.words()),
        action: format!("{own}/edit"),
        cancel_href: own,
        frame: reader.frame(portal, section(reader)).await?,
    })
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let place = site::may_modify(&portal.env, reader.actor(), address::id(&id)?).await?;
    let (name, country) = (sent.get("name"), sent.get("country"));
    let patch = SitePatch {
        name: Some(name.clone()),
        country: Some(country.clone()),
    };
    match site::modify(&portal.env, reader.actor(), place.site.id, &patch).await {
        Ok(site) => Ok(see(&own_address(site.id))),
        Err(Error::Invalid(problems)) => {
            let mut page = form_page(&portal, &reader, &place, (name, country)).await?;
            page.frame.errors = Errors::told(reader.words(), &problems);
            Ok(shown_with(status_of(&problems), &page))
        }
        Err(error) => Err(error.into()),
    }
}

/// What stands in the address of the list of numbers.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    state: String,
    cursor: String,
}

pub(super) async fn numbers(
    State(portal): State<Portal>,
    reader: Reader,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let place = site::get(&portal.env, reader.actor(), address::id(&id)?).await?;
    Ok(shown(
        &numbers_page(&portal, &reader, &place, &asked).await?,
    ))
}

async fn numbers_page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    asked: &Asked,
) -> Result<SiteNumbersPage, Error> {
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let site = place.site.id;
    let wanted = number_state::Wanted {
        state: Some(asked.state.clone()),
        search: Some(asked.q.clone()),
    };
    let cursor = decode_cursor(Some(&asked.cursor))?;
    let from = (cursor.as_ref(), Limit::default());
    let found = number_state::list(env, actor, site, &wanted, from).await?;
    let path = numbers_address(site);
    let page = |cursor: &model::Cursor| {
        let pairs = [
            ("q", asked.q.as_str()),
            ("state", asked.state.as_str()),
            ("cursor", &encode_cursor(cursor)),
        ];
        address::query(&path, &pairs)
    };
    let (numbers, free) = number::count(env, actor, site).await?;
    let links = links(reader, place);
    Ok(SiteNumbersPage {
        trail: trail(reader, place, true),
        site: place.site.name.to_string(),
        stock: Stock::of_numbers(words, count(numbers - free), count(numbers)),
        import_href: links.import,
        query: asked.q.clone(),
        states: vec![
            Choice::new("free", words.number_free()),
            Choice::new("assigned", words.number_assigned()),
            Choice::new("reserved", words.number_reserved()),
        ],
        state: asked.state.clone(),
        is_filtered: !asked.q.is_empty() || !asked.state.is_empty(),
        rows: found.items.iter().map(|held| row(place, held)).collect(),
        may_change: may(reader, Action::ImportNumbers, place),
        pager: Pager {
            previous: found.previous.as_ref().map(page),
            next: found.next.as_ref().map(page),
        },
        path: path.clone(),
        frame: reader.frame(portal, section(reader)).await?,
    })
}

fn row(place: &Place, held: &HeldNumber) -> NumberRow {
    let number = &held.number;
    let (state, holder) = match number.state {
        NumberState::Free => (NumberBadge::Free, None),
        NumberState::Reserved => (NumberBadge::Reserved, None),
        NumberState::Assigned(holder) => {
            let label = held.holder.clone().unwrap_or_default();
            let href = match holder {
                Holder::User(user) => address::user(user),
                Holder::VirtualUser(group) => address::hunt_group(place.site.id, group),
            };
            (NumberBadge::Assigned, Some(Link { label, href }))
        }
    };
    NumberRow {
        number: format::phone_number(&number.number, place.site.country),
        state,
        holder,
        is_main: place.site.main_number.as_ref() == Some(&number.number),
        href: format!(
            "{}/{}",
            numbers_address(place.site.id),
            number.number.digits()
        ),
    }
}

/// A number in a path: digits, without the `+` that a path would have to encode.
fn from_path(digits: &str) -> String {
    format!("+{digits}")
}

pub(super) async fn reserve(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, number)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    set_reserved(&portal, &reader, (&site, &number), true).await
}

pub(super) async fn release(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, number)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    set_reserved(&portal, &reader, (&site, &number), false).await
}

async fn set_reserved(
    portal: &Portal,
    reader: &Reader,
    (site, number): (&str, &str),
    is_reserved: bool,
) -> Result<Response, Refusal> {
    let (site, number) = (address::id(site)?, from_path(number));
    let (env, actor) = (&portal.env, reader.actor());
    number_state::set_reserved(env, actor, site, &number, is_reserved).await?;
    Ok(see(&numbers_address(site)))
}

pub(super) async fn ask_remove(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, number)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let (site, typed) = (address::id(&site)?, from_path(&number));
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let (place, found) = number_state::may_change(env, actor, site, &typed).await?;
    let shown_number = format::phone_number(&found.number, place.site.country);
    let list = numbers_address(site);
    let mut trail = trail(&reader, &place, true);
    trail.push(Link {
        label: words.stock_numbers().into_owned(),
        href: list.clone(),
    });
    let page = QuestionPage {
        trail,
        question: words.number_remove_title(&shown_number),
        facts: vec![
            words.number_remove_fact(place.site.name.as_str()),
            words.number_remove_again().into_owned(),
        ],
        submit: words.number_remove_submit(&shown_number),
        keep: words.number_remove_keep().into_owned(),
        action: format!("{list}/{}/remove", found.number.digits()),
        cancel_href: list,
        frame: reader.frame(&portal, section(&reader)).await?,
    };
    Ok(shown(&page))
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, number)): Path<(String, String)>,
    _sent: Form,
) -> Result<Response, Refusal> {
    let (site, number) = (address::id(&site)?, from_path(&number));
    number_state::remove(&portal.env, reader.actor(), site, &number).await?;
    Ok(see(&numbers_address(site)))
}
