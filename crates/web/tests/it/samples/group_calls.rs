//! Samples of the calls of groups.

use model::Role;
use web::{
    frame::Section,
    pages::group_call::{GroupCallsPage, MemberRow, PastCallRow},
    words::Words,
};

use super::{Sample, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let empty = GroupCallsPage {
        members: Vec::new(),
        rows: Vec::new(),
        next: None,
        ..calls(words)
    };
    let calls = calls(words);
    let template = "group_calls.html";
    vec![
        sample("group-calls", template, &calls.frame, &calls),
        sample("group-calls-none", template, &empty.frame, &empty),
    ]
}

fn member(name: &str, [offered, answered, bounced]: [u32; 3], talked: &str) -> MemberRow {
    MemberRow {
        name: name.to_owned(),
        offered,
        answered,
        bounced,
        talked: talked.to_owned(),
    }
}

fn calls(words: Words) -> GroupCallsPage {
    let path = "/groups/1/calls".to_owned();
    GroupCallsPage {
        frame: frame(words, Role::EnterpriseAdmin, Section::Enterprises, &path),
        trail: vec![link("Vertrieb", "/sites/1/hunt-groups/1")],
        name: "Vertrieb".to_owned(),
        from: "2026-11-17".to_owned(),
        until: "2026-11-23".to_owned(),
        figures: vec![
            (words.wallboard_entered().into_owned(), "48".to_owned()),
            (words.wallboard_answered().into_owned(), "41".to_owned()),
            (words.wallboard_longest().into_owned(), "3:12".to_owned()),
        ],
        members: vec![
            member("Anna Weber", [40, 26, 12], "1:12:05"),
            member("Jonas Brandt", [31, 15, 9], "48:10"),
            member(&words.group_calls_elsewhere(), [3, 0, 3], "0:00"),
        ],
        members_sheet_href: format!("{path}/members.csv"),
        rows: vec![
            PastCallRow {
                at: moment(words, "23.11.2026, 13:40"),
                caller: "0151 23456789".to_owned(),
                waited: "0:32".to_owned(),
                answered_by: "Anna Weber".to_owned(),
                offers: words.group_calls_offers(2_u32),
                outcome: words.departure_talked().into_owned(),
                steps: vec![
                    words.step_offered("Jonas Brandt"),
                    words.step_bounced("Jonas Brandt", words.bounce_no_answer()),
                    words.step_offered("Anna Weber"),
                    words.step_answered("Anna Weber"),
                ],
            },
            PastCallRow {
                at: moment(words, "23.11.2026, 12:02"),
                caller: "Clara Sommer (4711)".to_owned(),
                waited: "0:00".to_owned(),
                answered_by: String::new(),
                offers: words.group_calls_offers(0_u32),
                outcome: words.departure_refused(words.queue_cause_group_busy()),
                steps: Vec::new(),
            },
        ],
        next: Some(format!("{path}?at=1")),
        sheet_href: format!("{path}.csv"),
        path,
    }
}
