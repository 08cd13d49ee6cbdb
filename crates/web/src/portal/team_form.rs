//! Adding and changing a pickup or park group. Each button of the form sends all of it, so that members are searched, added, moved
//! and removed without JavaScript; nothing is kept before it is saved.

use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{
    DepartmentTree, Limit, ParkDraft, Problem, Problems, SiteId, TeamDraft, TeamKind, TypedMember,
    User,
};
use service::{
    Error, Place, department,
    hunt_group::{self, DraftSeat},
    team::{self, TeamRef, TeamView, WantedTeam},
};

use super::{
    address,
    department::choices,
    form::{Form, see},
    reader::Reader,
    refusal::Refusal,
    shown::{shown, shown_with, status_of},
    site_view,
    team::{Kind, team_ref, trail},
};
use crate::{
    pages::{
        hunt_group::{FoundRow, SeatRow},
        team::{KeptTeam, ParkFields, TeamFormPage, announcement, moving, recalls},
    },
    parts::Choice,
    problem::Errors,
    server::Portal,
    words::Words,
};

/// A form as it is filled in.
pub(super) struct Filled {
    wanted: WantedTeam,
    /// What members were looked for with.
    find: Option<String>,
}

impl Filled {
    pub(super) fn of(draft: TeamDraft) -> Self {
        let wanted = WantedTeam {
            draft,
            moves_members: false,
        };
        Self { wanted, find: None }
    }

    /// A new group as it usually is.
    fn empty() -> Self {
        Self::of(TeamDraft {
            park: ParkDraft::from(&model::ParkSettings::default()),
            ..TeamDraft::default()
        })
    }

    fn read(sent: &Form) -> Self {
        let draft = TeamDraft {
            name: sent.get("name"),
            department: sent.get("department"),
            members: sent.all("member"),
            park: ParkDraft {
                recall_after_s: sent.get("recall_after_s"),
                recall_to: sent.get("recall_to"),
                alternate: sent.get("alternate"),
                alternate_after_s: sent.get("alternate_after_s"),
                display_s: sent.get("display_s"),
                announces: !sent.get("announces").is_empty(),
            },
        };
        let mut filled = Self::of(draft);
        filled.wanted.moves_members = !sent.get("moves_members").is_empty();
        filled
    }

    /// Does what a button beside a member says; `false` when the form is to be saved. Enter in the search field searches.
    fn carry_out(&mut self, sent: &Form) -> bool {
        let (what, find) = (sent.get("do"), sent.get("find"));
        let (verb, of) = what.split_once(':').unwrap_or((what.as_str(), ""));
        let members = &mut self.wanted.draft.members;
        let place = of.parse::<usize>().ok().filter(|at| *at < members.len());
        match (verb, place) {
            ("find", _) => self.find = Some(find),
            ("add", _) => members.push(of.to_owned()),
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

/// What a form is about: a new group of a site, or one that is there.
pub(super) struct Of<'a> {
    place: &'a Place,
    kind: TeamKind,
    view: Option<&'a TeamView>,
}

impl<'a> Of<'a> {
    pub(super) fn team(view: &'a TeamView) -> Self {
        Self {
            place: &view.place,
            kind: view.team.settings.kind(),
            view: Some(view),
        }
    }

    fn site(&self) -> SiteId {
        self.place.site.id
    }
}

pub(super) async fn add_form(
    State(portal): State<Portal>,
    reader: Reader,
    Kind(kind): Kind,
    Path(site): Path<String>,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let place = &team::may_add(&portal.env, reader.actor(), site).await?;
    let of = Of {
        place,
        kind,
        view: None,
    };
    Ok(shown(&page(&portal, &reader, &of, &Filled::empty()).await?))
}

pub(super) async fn add(
    State(portal): State<Portal>,
    reader: Reader,
    Kind(kind): Kind,
    Path(site): Path<String>,
    sent: Form,
) -> Result<Response, Refusal> {
    let site = address::id(&site)?;
    let place = &team::may_add(&portal.env, reader.actor(), site).await?;
    let of = Of {
        place,
        kind,
        view: None,
    };
    let mut filled = Filled::read(&sent);
    if filled.carry_out(&sent) {
        return Ok(shown(&page(&portal, &reader, &of, &filled).await?));
    }
    match team::add(&portal.env, reader.actor(), (site, kind), &filled.wanted).await {
        Ok(team) => {
            let id = team.id;
            let own = address::team(&TeamRef { site, kind, id });
            Ok(see(&format!("{own}?done=added")))
        }
        Err(Error::Invalid(problems)) => {
            let page = page(&portal, &reader, &of, &filled).await?;
            Ok(refused(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn modify(
    State(portal): State<Portal>,
    reader: Reader,
    Kind(kind): Kind,
    Path((site, id)): Path<(String, String)>,
    sent: Form,
) -> Result<Response, Refusal> {
    let asked = team_ref(kind, &site, &id)?;
    let (env, actor) = (&portal.env, reader.actor());
    let mut view = team::get(env, actor, asked).await?;
    let version = sent.get("version").parse().map_err(|_| Error::Changed)?;
    // The form is about what its reader saw.
    view.team.version = version;
    let of = Of::team(&view);
    let mut filled = Filled::read(&sent);
    if filled.carry_out(&sent) {
        return Ok(shown(&page(&portal, &reader, &of, &filled).await?));
    }
    match team::modify(env, actor, asked, &filled.wanted, Some(version)).await {
        Ok(_) => Ok(see(&format!("{}?done=saved", address::team(&asked)))),
        Err(Error::Invalid(problems)) => {
            let page = page(&portal, &reader, &of, &filled).await?;
            Ok(refused(&reader, page, &problems))
        }
        Err(error) => Err(error.into()),
    }
}

/// The form with what is wrong; who is in another group can be moved from here on.
fn refused(reader: &Reader, mut page: TeamFormPage, problems: &Problems) -> Response {
    let can_move = problems.0.iter().any(
        |found| matches!(&found.problem, Problem::InAnotherGroup { group, .. } if group.is_some()),
    );
    if can_move {
        page.moves.get_or_insert(false);
    }
    page.frame.errors = Errors::told(reader.words(), problems);
    shown_with(status_of(problems), &page)
}

pub(super) async fn page(
    portal: &Portal,
    reader: &Reader,
    of: &Of<'_>,
    filled: &Filled,
) -> Result<TeamFormPage, Error> {
    let (env, actor, words) = (&portal.env, reader.actor(), reader.words());
    let draft = &filled.wanted.draft;
    let seats = seats(portal, reader, of.site(), &draft.members).await?;
    let found = match &filled.find {
        None => None,
        Some(find) => {
            let found = hunt_group::candidates(env, actor, of.site(), find).await?;
            Some(found_rows(draft, &found))
        }
    };
    let tree = DepartmentTree::new(department::list(env, actor, of.site()).await?);
    let list = address::teams(of.site(), of.kind);
    let own = of.view.map(|view| format!("{list}/{}", view.team.id));
    Ok(TeamFormPage {
        kind: of.kind,
        trail: trail(reader, of.place, of.kind),
        title: title(words, of),
        kept: of.view.zip(own.as_ref()).map(|(view, own)| KeptTeam {
            version: view.team.version,
            calls_href: address::group_calls(view.team.id.0),
            delete_href: view.may_manage.then(|| format!("{own}/delete")),
        }),
        name: draft.name.clone(),
        department: draft.department.clone(),
        departments: choices(&tree),
        waiting: seats
            .iter()
            .filter(|seat| seat.is_live_from_activation)
            .count(),
        seats: seats
            .into_iter()
            .map(|seat| seat_row(words, seat))
            .collect(),
        hidden: of.view.map_or(0, |view| view.hidden),
        found,
        moves: filled.wanted.moves_members.then_some(true),
        moving: moving(words),
        park: match of.kind {
            TeamKind::Pickup => None,
            TeamKind::Park => Some(park_fields(portal, reader, of, &draft.park).await?),
        },
        action: own.unwrap_or_else(|| format!("{list}/new")),
        cancel_href: list,
        frame: reader.frame(portal, site_view::section(reader)).await?,
    })
}

fn title(words: Words, of: &Of<'_>) -> String {
    let site = of.place.site.name.as_str();
    match (of.view, of.kind) {
        (Some(view), _) => view.team.name.to_string(),
        (None, TeamKind::Pickup) => words.pickup_group_add_title(site),
        (None, TeamKind::Park) => words.park_group_add_title(site),
    }
}

async fn seats(
    portal: &Portal,
    reader: &Reader,
    site: SiteId,
    members: &[String],
) -> Result<Vec<DraftSeat>, Error> {
    let typed = |user: &String| TypedMember {
        user: user.clone(),
        weight: String::new(),
    };
    let typed: Vec<_> = members.iter().map(typed).collect();
    hunt_group::draft_seats(&portal.env, reader.actor(), site, &typed).await
}

async fn park_fields(
    portal: &Portal,
    reader: &Reader,
    of: &Of<'_>,
    draft: &ParkDraft,
) -> Result<ParkFields, Error> {
    Ok(ParkFields {
        recall_after_s: draft.recall_after_s.clone(),
        recall_to: draft.recall_to.clone(),
        alternate: draft.alternate.clone(),
        alternate_after_s: draft.alternate_after_s.clone(),
        display_s: draft.display_s.clone(),
        announces: draft.announces,
        recalls: recalls(reader.words()),
        announcement: announcement(reader.words()),
        alternates: alternates(portal, reader, of).await?,
    })
}

/// The site's hunt groups, and the one that is the alternate now wherever it is.
async fn alternates(portal: &Portal, reader: &Reader, of: &Of<'_>) -> Result<Vec<Choice>, Error> {
    let (env, actor) = (&portal.env, reader.actor());
    let first = (None, Limit::new(200));
    let (_, groups) = hunt_group::list(env, actor, of.site(), "", first).await?;
    let choice = |listed: &hunt_group::Listed| {
        let group = &listed.virtual_user;
        Choice::new(group.id.to_string(), group.name.to_string())
    };
    let mut choices: Vec<_> = groups.items.iter().map(choice).collect();
    let now = of.view.and_then(|view| {
        let id = view.team.settings.park()?.alternate?.to_string();
        let unknown = || reader.words().park_group_alternate_elsewhere().into_owned();
        Some(Choice::new(
            id,
            view.alternate.clone().unwrap_or_else(unknown),
        ))
    });
    choices.extend(now.filter(|now| choices.iter().all(|other| other.value != now.value)));
    Ok(choices)
}

fn seat_row(words: Words, seat: DraftSeat) -> SeatRow {
    SeatRow {
        id: seat.typed.user,
        name: seat
            .name
            .unwrap_or_else(|| words.hunt_group_elsewhere().into_owned()),
        extension: seat.extension,
        weight: String::new(),
        is_waiting: seat.is_live_from_activation,
    }
}

/// Who was found and has no seat yet.
fn found_rows(draft: &TeamDraft, found: &[User]) -> Vec<FoundRow> {
    let is_in = |user: &&User| draft.members.contains(&user.id.to_string());
    let row = |user: &User| FoundRow {
        id: user.id.to_string(),
        name: user.full_name(),
        extension: user.extension.to_string(),
        is_waiting: !user.state.is_active(),
    };
    found.iter().filter(|user| !is_in(user)).map(row).collect()
}
