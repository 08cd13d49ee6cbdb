//! Hunt groups, as administrators and the operator see them.

use model::{Field, HuntPolicy, Problem, Problems, Role};
use web::{
    frame::{Frame, Section},
    names,
    pages::{
        activation::ActivationsPage,
        hunt_group::{
            FoundRow, GroupActivationRow, HuntGroupDeletePage, HuntGroupFields, HuntGroupFormPage,
            HuntGroupRow, HuntGroupsPage, KeptGroup, SeatRow,
        },
    },
    parts::{Badge, Choice, Link, Pager},
    problem::Errors,
    words::Words,
};

use super::{Sample, data, frame, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut samples = Vec::new();
    let list = list(words, true);
    samples.push(sample(
        "hunt-groups",
        "hunt_groups.html",
        &list.frame,
        &list,
    ));
    let none = HuntGroupsPage {
        query: "xyz".to_owned(),
        ..self::list(words, false)
    };
    samples.push(sample(
        "hunt-groups-none",
        "hunt_groups.html",
        &none.frame,
        &none,
    ));
    let empty = self::list(words, false);
    samples.push(sample(
        "hunt-groups-empty",
        "hunt_groups.html",
        &empty.frame,
        &empty,
    ));
    for (name, page) in forms(words) {
        samples.push(sample(name, "hunt_group_form.html", &page.frame, &page));
    }
    let question = question(words);
    samples.push(sample(
        "hunt-group-delete",
        "hunt_group_delete.html",
        &question.frame,
        &question,
    ));
    let queue = queue(words);
    samples.push(sample(
        "activations-groups",
        "activations.html",
        &queue.frame,
        &queue,
    ));
    samples
}

fn admin(words: Words, path: &str) -> Frame {
    frame(words, Role::EnterpriseAdmin, Section::Enterprises, path)
}

fn trail(words: Words) -> Vec<Link> {
    let link = |label: &str, href: &str| Link {
        label: label.to_owned(),
        href: href.to_owned(),
    };
    vec![
        link("Muster GmbH", "/enterprise"),
        link("Düsseldorf", "/sites/1"),
        link(&words.site_hunt_groups(), "/sites/1/hunt-groups"),
    ]
}

fn list(words: Words, is_filled: bool) -> HuntGroupsPage {
    let row = |name: &str, extension: &str, members, state| HuntGroupRow {
        name: name.to_owned(),
        href: "/sites/1/hunt-groups/1".to_owned(),
        number: format!("0211 123{extension}"),
        extension: extension.to_owned(),
        members,
        state,
    };
    let rows = vec![
        row("Service", "4600", 3, Badge::Activated),
        row(data(words, "Vertrieb", "Sales"), "4700", 12, Badge::Pending),
        row("Werkstatt", "4800", 0, Badge::Failed),
    ];
    HuntGroupsPage {
        frame: admin(words, "/sites/1/hunt-groups"),
        trail: trail(words),
        site: "Düsseldorf".to_owned(),
        query: String::new(),
        path: "/sites/1/hunt-groups".to_owned(),
        add_href: Some("/sites/1/hunt-groups/new".to_owned()),
        rows: if is_filled { rows } else { Vec::new() },
        pager: Pager::default(),
    }
}

fn forms(words: Words) -> Vec<(&'static str, HuntGroupFormPage)> {
    let mut wrong = form(words);
    wrong.kept = None;
    wrong.title = words.hunt_group_add_title("Düsseldorf");
    wrong.frame = admin(words, "/sites/1/hunt-groups/new");
    let mut problems = Problems::one(Field::Name, Problem::Taken);
    problems.add(Field::Members, Problem::Twice);
    problems.add(Field::NoAnswerTarget, Problem::UnknownExtension);
    wrong.frame.errors = Errors::told(words, &problems);
    let mut pending = form(words);
    pending.fields.policy = HuntPolicy::Regular.id().to_owned();
    if let Some(kept) = &mut pending.kept {
        kept.state = Badge::Failed;
        kept.reason = Some("Portierung".to_owned());
        kept.is_locked = true;
        kept.delete_href = None;
    }
    let mut empty = form(words);
    empty.seats = Vec::new();
    empty.found = Some(Vec::new());
    empty.waiting = 0;
    vec![
        ("hunt-group", form(words)),
        ("hunt-group-wrong", wrong),
        ("hunt-group-failed", pending),
        ("hunt-group-without-members", empty),
    ]
}

fn form(words: Words) -> HuntGroupFormPage {
    let seat = |id: &str, name: &str, weight: &str, is_waiting| SeatRow {
        id: id.to_owned(),
        name: name.to_owned(),
        extension: "4567".to_owned(),
        weight: weight.to_owned(),
        is_waiting,
    };
    let found = |id: &str, name: &str, is_waiting| FoundRow {
        id: id.to_owned(),
        name: name.to_owned(),
        extension: "4570".to_owned(),
        is_waiting,
    };
    let choice = |policy: &HuntPolicy| Choice {
        note: words.hunt_group_policy_regular().into_owned(),
        ..Choice::new(policy.id(), names::hunt_policy(words, *policy))
    };
    HuntGroupFormPage {
        frame: admin(words, "/sites/1/hunt-groups/1"),
        trail: trail(words),
        title: data(words, "Vertrieb", "Sales").to_owned(),
        kept: Some(KeptGroup {
            version: 3,
            state: Badge::Activated,
            reason: None,
            number: "0211 1234700".to_owned(),
            is_locked: false,
            calls_href: "/groups/1/calls".to_owned(),
            delete_href: Some("/sites/1/hunt-groups/1/delete".to_owned()),
        }),
        fields: HuntGroupFields {
            name: data(words, "Vertrieb", "Sales").to_owned(),
            number: "+492111234700".to_owned(),
            extension: "4700".to_owned(),
            department: String::new(),
            policy: HuntPolicy::Weighted.id().to_owned(),
            skip_after_rings: "4".to_owned(),
            no_answer_after_s: "60".to_owned(),
            no_answer_target: "4500".to_owned(),
            not_reachable_target: String::new(),
            busy_target: String::new(),
            options: vec!["shows_name".to_owned()],
        },
        numbers: vec![Choice::new("+492111234701", "0211 1234701")],
        departments: vec![Choice::new("1", "Vertrieb")],
        policies: HuntPolicy::ALL.iter().map(choice).collect(),
        options: vec![
            Choice::new("is_busy", words.field_is_busy()),
            Choice::new("shows_name", words.field_shows_name()),
        ],
        seats: vec![
            seat("1", "Anna Weber", "60", false),
            seat("2", "Ben Krüger", "40", true),
            seat("3", &words.hunt_group_elsewhere(), "0", false),
        ],
        found: Some(vec![
            found("4", "Katharina Hoffmann-Lindner", false),
            found("5", "Noah Patel", true),
        ]),
        waiting: 1,
        action: "/sites/1/hunt-groups/1".to_owned(),
        cancel_href: "/sites/1/hunt-groups".to_owned(),
    }
}

fn question(words: Words) -> HuntGroupDeletePage {
    HuntGroupDeletePage {
        frame: admin(words, "/sites/1/hunt-groups/1/delete"),
        name: data(words, "Vertrieb", "Sales").to_owned(),
        version: 3,
        number: "0211 1234700".to_owned(),
        extension: "4700".to_owned(),
        members: 2,
        forwards: vec![names::mention(words, model::ForwardKind::Busy, "Eva Klein")],
        people: vec!["Anna Weber".to_owned(), "Ben Krüger".to_owned()],
        action: "/sites/1/hunt-groups/1/delete".to_owned(),
        cancel_href: "/sites/1/hunt-groups/1".to_owned(),
    }
}

fn queue(words: Words) -> ActivationsPage {
    let group = |id: &str, name: &str, state, reason: Option<&str>| GroupActivationRow {
        id: id.to_owned(),
        name: name.to_owned(),
        kind: words.group_kind_hunt_group().into_owned(),
        number: "0211 1234700".to_owned(),
        enterprise: "Muster GmbH".to_owned(),
        site: "Düsseldorf".to_owned(),
        since: moment(words, "23.11.2026, 14:05"),
        state,
        reason: reason.map(ToOwned::to_owned),
        action: "/operator/virtual-users/1/activation".to_owned(),
        cancel_href: "/operator/virtual-users/1/cancel".to_owned(),
    };
    ActivationsPage {
        groups: vec![
            group("1", "Vertrieb", Badge::Pending, None),
            group("2", "Werkstatt", Badge::Failed, Some("Portierung")),
        ],
        ..super::operator::no_one(words)
    }
}
