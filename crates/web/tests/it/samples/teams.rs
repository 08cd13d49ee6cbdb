//! Pickup and park groups, as administrators see them.

use model::{Field, ParkRecall, Problem, Problems, Role, TeamKind};
use web::{
    frame::{Frame, Section},
    pages::{
        hunt_group::{FoundRow, SeatRow},
        team::{
            KeptTeam, ParkFields, TeamDeletePage, TeamFormPage, TeamRow, TeamsPage, announcement,
            moving, recalls,
        },
    },
    parts::{Choice, Link, Pager},
    problem::Errors,
    words::Words,
};

use super::{Sample, data, frame, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = Vec::new();
    for (name, page) in [
        ("pickup-groups", list(words, TeamKind::Pickup, true)),
        ("park-groups", list(words, TeamKind::Park, true)),
        ("pickup-groups-empty", list(words, TeamKind::Pickup, false)),
        ("park-groups-none", none(words)),
    ] {
        samples.push(sample(name, "teams.html", &page.frame, &page));
    }
    for (name, page) in [
        ("pickup-group", form(words, TeamKind::Pickup)),
        ("park-group", form(words, TeamKind::Park)),
        ("park-group-wrong", wrong(words)),
    ] {
        samples.push(sample(name, "team_form.html", &page.frame, &page));
    }
    for (name, page) in [
        ("pickup-group-delete", question(words, TeamKind::Pickup)),
        ("park-group-delete", question(words, TeamKind::Park)),
    ] {
        samples.push(sample(name, "team_delete.html", &page.frame, &page));
    }
    samples
}

fn path(kind: TeamKind) -> &'static str {
    match kind {
        TeamKind::Pickup => "/sites/1/pickup-groups",
        TeamKind::Park => "/sites/1/park-groups",
    }
}

fn admin(words: Words, path: &str) -> Frame {
    frame(words, Role::EnterpriseAdmin, Section::Enterprises, path)
}

fn trail(words: Words, kind: TeamKind) -> Vec<Link> {
    let link = |label: &str, href: &str| Link {
        label: label.to_owned(),
        href: href.to_owned(),
    };
    let groups = match kind {
        TeamKind::Pickup => words.site_pickup_groups(),
        TeamKind::Park => words.site_park_groups(),
    };
    vec![
        link("Muster GmbH", "/enterprise"),
        link("Düsseldorf", "/sites/1"),
        link(&groups, path(kind)),
    ]
}

fn list(words: Words, kind: TeamKind, is_filled: bool) -> TeamsPage {
    let row = |name: &str, members| TeamRow {
        name: name.to_owned(),
        href: format!("{}/1", path(kind)),
        members,
    };
    let rows = vec![
        row(data(words, "Empfang", "Reception"), 3),
        row("Werkstatt", 0),
    ];
    TeamsPage {
        frame: admin(words, path(kind)),
        kind,
        trail: trail(words, kind),
        site: "Düsseldorf".to_owned(),
        query: String::new(),
        path: path(kind).to_owned(),
        add_href: Some(format!("{}/new", path(kind))),
        rows: if is_filled { rows } else { Vec::new() },
        pager: Pager::default(),
    }
}

fn none(words: Words) -> TeamsPage {
    TeamsPage {
        query: "xyz".to_owned(),
        ..list(words, TeamKind::Park, false)
    }
}

fn form(words: Words, kind: TeamKind) -> TeamFormPage {
    let seat = |id: &str, name: &str, is_waiting| SeatRow {
        id: id.to_owned(),
        name: name.to_owned(),
        extension: "4567".to_owned(),
        weight: String::new(),
        is_waiting,
    };
    let own = format!("{}/1", path(kind));
    TeamFormPage {
        frame: admin(words, &own),
        kind,
        trail: trail(words, kind),
        title: data(words, "Empfang", "Reception").to_owned(),
        kept: Some(KeptTeam {
            version: 3,
            calls_href: "/groups/1/calls".to_owned(),
            delete_href: Some(format!("{own}/delete")),
        }),
        name: data(words, "Empfang", "Reception").to_owned(),
        department: String::new(),
        departments: vec![Choice::new("1", "Vertrieb")],
        seats: vec![
            seat("1", "Anna Weber", false),
            seat("2", "Ben Krüger", true),
        ],
        hidden: 2,
        waiting: 1,
        found: Some(vec![FoundRow {
            id: "4".to_owned(),
            name: "Katharina Hoffmann-Lindner".to_owned(),
            extension: "4570".to_owned(),
            is_waiting: false,
        }]),
        moves: None,
        moving: moving(words),
        park: match kind {
            TeamKind::Pickup => None,
            TeamKind::Park => Some(park(words)),
        },
        action: own,
        cancel_href: path(kind).to_owned(),
    }
}

fn park(words: Words) -> ParkFields {
    ParkFields {
        recall_after_s: "45".to_owned(),
        recall_to: ParkRecall::ParkerThenAlternate.id().to_owned(),
        alternate: "7".to_owned(),
        alternate_after_s: "60".to_owned(),
        display_s: "10".to_owned(),
        announces: true,
        recalls: recalls(words),
        announcement: announcement(words),
        alternates: vec![Choice::new("7", "Service")],
    }
}

fn wrong(words: Words) -> TeamFormPage {
    let mut page = form(words, TeamKind::Park);
    page.kept = None;
    page.title = words.park_group_add_title("Düsseldorf");
    page.found = None;
    page.moves = Some(false);
    let mut problems = Problems::one(
        Field::RecallAfter,
        Problem::OutOfRange { min: 30, max: 600 },
    );
    let elsewhere = Problem::InAnotherGroup {
        name: "Anna Weber".to_owned(),
        group: Some("Werkstatt".to_owned()),
    };
    problems.add(Field::Members, elsewhere);
    page.frame.errors = Errors::told(words, &problems);
    page
}

fn question(words: Words, kind: TeamKind) -> TeamDeletePage {
    let own = format!("{}/1", path(kind));
    TeamDeletePage {
        frame: admin(words, &format!("{own}/delete")),
        kind,
        name: data(words, "Empfang", "Reception").to_owned(),
        version: 3,
        members: 3,
        people: vec!["Anna Weber".to_owned(), "Ben Krüger".to_owned()],
        hidden: 1,
        action: format!("{own}/delete"),
        cancel_href: own,
    }
}
