//! Adding and changing a hunt group. Each button of the form sends all of it, so that members are searched, added, moved and
//! removed without JavaScript; nothing is kept before it is saved.

use std::borrow::Cow;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use model::{
    DepartmentTree, HuntGroupDraft, HuntPolicy, Limit, Problems, State as GroupState, TypedMember,
    TypedSettings, User,
};
use service::{
    Error, Place, department,
    hunt_group::{self, DraftSeat, HuntGroupView},
    number,
};

use super::{
    address,
    department::choices,
    form::{Form, see},
    hunt_group::{ids, trail},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view,
};
use crate::{
    format, names,
    pages::hunt_group::{FoundRow, HuntGroupFields, HuntGroupFormPage, KeptGroup, SeatRow},
    parts::{Badge, Choice},
    problem::Errors,
    server::Portal,
    words::Words,
};

/// A form as it is filled in.
pub(super) struct Filled {
    draft: HuntGroupDraft,
    /// What members were looked for with.
    find: Option<String>,
}

impl Filled {
    pub(super) fn of(draft: HuntGroupDraft) -> Self {
        Self { draft, find: None }
    }

    fn read(sent: &Form) -> Self {
        let options = sent.all("options");
        let is_on = |name: &str| options.iter().any(|option| option == name);
        let mut weights = sent.all("weight").into_iter();
        let member = |user: String| TypedMember {
            user,
            weight: weights.next().unwrap_or_default(),
        };
        let members = sent.all("member").into_iter().map(member).collect();
        Self::of(HuntGroupDraft {
            name: sent.get("name"),
            number: sent.get("number"),
            extension: sent.get("extension"),
            department: sent.get("department"),
            settings: TypedSettings {
                policy: sent.get("policy"),
                skip_after_rings: sent.get("skip_after_rings"),
                no_answer_after_s: sent.get("no_answer_after_s"),
                no_answer_target: sent.get("no_answer_target"),
                not_reachable_target: sent.get("not_reachable_target"),
                busy_target: sent.get("busy_target"),
                is_busy: is_on("is_busy"),
                shows_name: is_on("shows_name"),
                allows_call_waiting: is_on("allows_call_waiting"),
            },
            members,
        })
    }

    /// Does what a button beside a member says; `false` when the form is to be saved. Enter in the search field searches.
    fn carry_out(&mut self, sent: &Form) -> bool {
        let (what, find) = (sent.get("do"), sent.get("find"));
        let (verb, of) = what.split_once(':').unwrap_or((what.as_str(), ""));
        let members = &mut self.draft.members;
        let place = of.parse::<usize>().ok().filter(|at| *at < members.len());
        match (verb, place) {
            ("find", _) => self.find = Some(find),
            ("add", _) => members.push(TypedMember {
                user: of.to_owned(),
                weight: String::new(),
            }),
            ("up", Some(at)) if at > 0 => members.swap(at, at - 1),
            ("down", Some(at)) if at + 1 < members.len() => members.swap(at, at + 1),
            ("remove", Some(at)) => {
                members.remove(at);
            }
            ("up" | "down" | "remove", _) => {}
            _ if !find.trim().is_empty() => self.find = Some(find),
            _ => return false,
        }
        true
    }
}

pub(super) async fn add_form(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let place = hunt_group::may_add(&portal.env, reader.actor(), site).await?;
    let filled = Filled::of(HuntGroupDraft::default());
    Ok(shown(&page(&portal, &reader, &place, None, &filled).await?))
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let place = hunt_group::may_add(&portal.env, reader.actor(), site).await?;
    let mut filled = Filled::read(&sent);
    if filled.carry_out(&sent) {
        return Ok(shown(&page(&portal, &reader, &place, None, &filled).await?));
    }
    match hunt_group::add(&portal.env, reader.actor(), site, &filled.draft).await {
        Ok(group) => {
            let own = address::hunt_group(site, group.virtual_user.id);
            Ok(see(&format!("{own}?done=added")))
        }
        Err(Error::Invalid(problems)) => {
            let page = page(&portal, &reader, &place, None, &filled).await?;
            Ok(refused(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let (site, id) = ids(&site, &id)?;
    let (env, actor) = (&portal.env, reader.actor());
    let mut view = hunt_group::get(env, actor, site, id).await?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    // The form is about what its reader saw.
    view.group.virtual_user.version = version;
    let place = view.place.clone();
    let mut filled = Filled::read(&sent);
    if filled.carry_out(&sent) {
        let page = page(&portal, &reader, &place, Some(&view), &filled).await?;
        return Ok(shown(&page));
    }
    let done = hunt_group::modify(env, actor, (site, id), &filled.draft, Some(version));
    match done.await {
        Ok(_) => Ok(see(&format!(
            "{}?done=saved",
            address::hunt_group(site, id)
        ))),
        Err(Error::Invalid(problems)) => {
            let page = page(&portal, &reader, &place, Some(&view), &filled).await?;
            Ok(refused(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(reader: &Reader, mut page: HuntGroupFormPage, problems: &Problems) -> Response {
    page.frame.errors = Errors::told(reader.words(), problems);
    let status: StatusCode = status_of(problems);
    shown_with(status, &page)
}

pub(super) async fn page(
    portal: &Portal,
    reader: &Reader,
    place: &Place,
    view: Option<&HuntGroupView>,
    filled: &Filled,
) -> Result<HuntGroupFormPage, Error> {
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let site = place.site.id;
    let draft = &filled.draft;
    let seats = hunt_group::draft_seats(env, actor, site, &draft.members).await?;
    let found = match &filled.find {
        None => None,
        Some(find) => {
            let found = hunt_group::candidates(env, actor, site, find).await?;
            Some(found_rows(draft, &found))
        }
    };
    let free = number::list_free(env, actor, site, "", Limit::new(200)).await?;
    let number = |number: &model::PhoneNumber| {
        let label = format::phone_number(number, place.site.country);
        Choice::new(number.to_string(), label)
    };
    let tree = DepartmentTree::new(department::list(env, actor, site).await?);
    let own = view.map(|view| address::hunt_group(site, view.group.virtual_user.id));
    let list = address::hunt_groups(site);
    Ok(HuntGroupFormPage {
        trail: trail(reader, place),
        title: match view {
            Some(view) => view.group.virtual_user.name.to_string(),
            None => words.hunt_group_add_title(place.site.name.as_str()),
        },
        kept: view.map(|view| kept(reader, view)),
        fields: fields(draft),
        numbers: free.iter().map(number).collect(),
        departments: choices(&tree),
        policies: HuntPolicy::ALL
            .iter()
            .map(|policy| choice(words, *policy))
            .collect(),
        options: options(words),
        waiting: seats
            .iter()
            .filter(|seat| seat.is_live_from_activation)
            .count(),
        seats: seats
            .into_iter()
            .map(|seat| seat_row(words, seat))
            .collect(),
        found,
        action: own.unwrap_or_else(|| format!("{list}/new")),
        cancel_href: list,
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

fn kept(reader: &Reader, view: &HuntGroupView) -> KeptGroup {
    let group = &view.group.virtual_user;
    let is_active = group.state.is_active();
    KeptGroup {
        version: group.version,
        state: Badge::from(&group.state),
        reason: match &group.state {
            GroupState::Failed { reason } => Some(names::failure_reason(reader.words(), reason)),
            GroupState::Pending | GroupState::Activated { .. } => None,
        },
        number: format::phone_number(&group.number, view.place.site.country),
        is_locked: !is_active,
        calls_href: address::group_calls(group.id.0),
        delete_href: is_active
            .then(|| format!("{}/delete", address::hunt_group(group.site, group.id))),
    }
}

fn fields(draft: &HuntGroupDraft) -> HuntGroupFields {
    let settings = &draft.settings;
    let switches = [
        ("is_busy", settings.is_busy),
        ("shows_name", settings.shows_name),
        ("allows_call_waiting", settings.allows_call_waiting),
    ];
    let on = switches.into_iter().filter(|(_, is_on)| *is_on);
    HuntGroupFields {
        name: draft.name.clone(),
        number: draft.number.clone(),
        extension: draft.extension.clone(),
        department: draft.department.clone(),
        policy: settings.policy.clone(),
        skip_after_rings: settings.skip_after_rings.clone(),
        no_answer_after_s: settings.no_answer_after_s.clone(),
        no_answer_target: settings.no_answer_target.clone(),
        not_reachable_target: settings.not_reachable_target.clone(),
        busy_target: settings.busy_target.clone(),
        options: on.map(|(name, _)| name.to_owned()).collect(),
    }
}

fn choice(words: Words, policy: HuntPolicy) -> Choice {
    let note = match policy {
        HuntPolicy::Circular => words.hunt_group_policy_circular(),
        HuntPolicy::Regular => words.hunt_group_policy_regular(),
        HuntPolicy::Simultaneous => words.hunt_group_policy_simultaneous(),
        HuntPolicy::Uniform => words.hunt_group_policy_uniform(),
        HuntPolicy::Weighted => words.hunt_group_policy_weighted(),
    };
    Choice {
        note: note.into_owned(),
        ..Choice::new(policy.id(), names::hunt_policy(words, policy))
    }
}

fn options(words: Words) -> Vec<Choice> {
    let all = [
        (
            "is_busy",
            words.field_is_busy(),
            words.hunt_group_busy_note(),
        ),
        (
            "shows_name",
            words.field_shows_name(),
            words.hunt_group_name_note(),
        ),
        (
            "allows_call_waiting",
            words.field_allows_call_waiting(),
            words.hunt_group_waiting_note(),
        ),
    ];
    let choice = |(value, label, note): (&str, Cow<'static, str>, Cow<'static, str>)| Choice {
        note: note.into_owned(),
        ..Choice::new(value, label)
    };
    all.into_iter().map(choice).collect()
}

fn seat_row(words: Words, seat: DraftSeat) -> SeatRow {
    SeatRow {
        id: seat.typed.user,
        name: seat
            .name
            .unwrap_or_else(|| words.hunt_group_elsewhere().into_owned()),
        extension: seat.extension,
        weight: seat.typed.weight,
        is_waiting: seat.is_live_from_activation,
    }
}

/// Who was found and has no seat yet.
fn found_rows(draft: &HuntGroupDraft, found: &[User]) -> Vec<FoundRow> {
    let is_in = |user: &&User| {
        let id = user.id.to_string();
        draft.members.iter().any(|member| member.user == id)
    };
    let row = |user: &User| FoundRow {
        id: user.id.to_string(),
        name: user.full_name(),
        extension: user.extension.to_string(),
        is_waiting: !user.state.is_active(),
    };
    found.iter().filter(|user| !is_in(user)).map(row).collect()
}
