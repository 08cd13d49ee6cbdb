//! Sample data for call centres: administration, the agent's desk, the wallboard.

use model::call_centre::{ScheduleDraft, TypedCentre};
use model::{Field, Problem, Problems, Role};
use web::frame::Section;
use web::pages::agent_desk::{AgentDeskPage, DeskCall, DeskCard};
use web::pages::call_centre::{
    CallCentreFormPage, CallCentreRow, CallCentresPage, MemberRow, SchedulePage, TypedCallCentre,
};
use web::pages::wallboard::{WaitingRow, WallAgentRow, WallShown, WallboardPage};
use web::parts::{Badge, Choice, Pager};
use web::problem::Errors;
use web::queue_names;
use web::words::Words;

use super::{Sample, data, frame, link, moment, sample};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let (list, form, hours) = (list(words), form(words), hours(words));
    let (desk, wall) = (desk(words), wall(words));
    vec![
        sample("call-centres", "call_centres.html", &list.frame, &list),
        sample(
            "call-centre-form",
            "call_centre_form.html",
            &form.frame,
            &form,
        ),
        sample("schedule", "schedule_form.html", &hours.frame, &hours),
        sample("agent-desk", "agent_desk.html", &desk.frame, &desk),
        sample("wallboard", "wallboard.html", &wall.frame, &wall),
    ]
}

fn name(words: Words) -> String {
    data(words, "Kundendienst", "Customer care").to_owned()
}

fn list(words: Words) -> CallCentresPage {
    let row = |name: String, state| CallCentreRow {
        name,
        number: "0211 1234599".to_owned(),
        extension: "4599".to_owned(),
        state,
        href: "/sites/1/call-centres/1".to_owned(),
        wall_href: "/call-centres/1".to_owned(),
    };
    CallCentresPage {
        frame: frame(
            words,
            Role::EnterpriseAdmin,
            Section::Enterprises,
            "/sites/1/call-centres",
        ),
        trail: vec![link("Düsseldorf", "/sites/1")],
        site: "Düsseldorf".to_owned(),
        search: String::new(),
        rows: vec![
            row(name(words), Badge::Activated),
            row("Hotline".to_owned(), Badge::Pending),
        ],
        pager: Pager::default(),
        add_href: Some("/sites/1/call-centres/new".to_owned()),
        schedule_href: "/sites/1/schedule".to_owned(),
    }
}

fn choices(ids: &[&str], label: impl Fn(&str) -> String) -> Vec<Choice> {
    ids.iter().map(|id| Choice::new(*id, label(id))).collect()
}

fn form(words: Words) -> CallCentreFormPage {
    let mut frame = frame(
        words,
        Role::SiteAdmin,
        Section::Home,
        "/sites/1/call-centres/1",
    );
    let mut problems = Problems::one(Field::QueueLength, Problem::OutOfRange { min: 0, max: 525 });
    problems.add(Field::Agents, Problem::NotOneUser);
    problems.add(Field::Codes, Problem::TooLong { max: 10 });
    frame.errors = Errors::told(words, &problems);
    let member = |id: &str, name: &str, waits, lacks_service| MemberRow {
        id: id.to_owned(),
        name: name.to_owned(),
        extension: "4567".to_owned(),
        place: 1,
        weight: "50".to_owned(),
        waits,
        lacks_service,
    };
    CallCentreFormPage {
        frame,
        trail: vec![link("Düsseldorf", "/sites/1")],
        own: Some(name(words)),
        typed: TypedCallCentre {
            name: name(words),
            number: "+492111234599".to_owned(),
            extension: "4599".to_owned(),
            add_agents: "9999".to_owned(),
            ..TypedCallCentre::default()
        },
        settings: TypedCentre {
            queue_length: "600".to_owned(),
            ..TypedCentre::default()
        },
        numbers: vec!["+492111234598".to_owned()],
        departments: vec![Choice::new("1", "Vertrieb")],
        policies: choices(&["uniform", "regular"], str::to_owned),
        overflows: choices(&["busy", "ring-on", "transfer"], |id| {
            queue_names::overflow(words, id).into_owned()
        }),
        strandeds: choices(&["wait", "night-service"], |id| {
            queue_names::stranded(words, id).into_owned()
        }),
        out_of_hours: choices(&["announcement", "busy"], |id| {
            queue_names::out_of_hours(words, id).into_owned()
        }),
        code_uses: choices(&["optional", "forced"], |id| {
            queue_names::code_use(words, id).into_owned()
        }),
        agents: vec![
            member("1", "Anna Weber", false, false),
            member("2", "Jonas Brandt", true, false),
        ],
        supervisors: vec![member("3", "Katharina Böhmer", false, true)],
        action: "/sites/1/call-centres/1".to_owned(),
        cancel_href: "/sites/1/call-centres".to_owned(),
        audio_href: Some("/call-centres/1/audio".to_owned()),
        delete_href: Some("/sites/1/call-centres/1/delete".to_owned()),
        is_locked: true,
        version: "3".to_owned(),
    }
}

fn hours(words: Words) -> SchedulePage {
    SchedulePage {
        frame: frame(words, Role::SiteAdmin, Section::Home, "/sites/1/schedule"),
        trail: vec![link("Düsseldorf", "/sites/1")],
        site: "Düsseldorf".to_owned(),
        draft: ScheduleDraft {
            openings: ["08:00-12:00 13:00-17:00", "", "", "", "", "", ""].map(str::to_owned),
            holidays: "2026-12-25 2026-12-26 Weihnachten".to_owned(),
        },
        action: "/sites/1/schedule".to_owned(),
        cancel_href: "/sites/1/call-centres".to_owned(),
    }
}

fn states(words: Words) -> Vec<Choice> {
    choices(
        &["sign-in", "available", "unavailable", "wrap-up", "sign-out"],
        |id| queue_names::agent_button(words, id).into_owned(),
    )
}

fn desk(words: Words) -> AgentDeskPage {
    let busy = DeskCard {
        id: "1".to_owned(),
        name: name(words),
        state: "available".to_owned(),
        state_text: words.agent_state_available().into_owned(),
        since: moment(words, "23.11.2026, 09:00"),
        states: states(words),
        codes: vec![
            Choice::new("Pause", words.agent_desk_code("Pause", "*521")),
            Choice::new("Büro", words.agent_desk_code("Büro", "*522")),
        ],
        is_forced: true,
        action: "/call-centres/1/agents/1/state".to_owned(),
        call: Some(DeskCall {
            text: words.agent_desk_rings("Jonas Brandt (0151 23456789)"),
            waited: "1:05".to_owned(),
        }),
        waiting: 3,
        next_waited: Some("1:05".to_owned()),
        offered: 12,
        answered: 10,
        bounced: 2,
    };
    let quiet = DeskCard {
        id: "2".to_owned(),
        name: "Hotline".to_owned(),
        state: "sign-out".to_owned(),
        state_text: words.agent_state_sign_out().into_owned(),
        since: moment(words, "23.11.2026, 09:00"),
        states: states(words),
        codes: Vec::new(),
        is_forced: false,
        action: "/call-centres/2/agents/1/state".to_owned(),
        call: None,
        waiting: 0,
        next_waited: None,
        offered: 0,
        answered: 0,
        bounced: 0,
    };
    AgentDeskPage {
        frame: frame(words, Role::User, Section::AgentDesk, "/call-centre"),
        desks: vec![busy, quiet],
        live_href: "/call-centre/live".to_owned(),
        supervised: vec![link(name(words), "/call-centres/1")],
    }
}

fn wall(words: Words) -> WallboardPage {
    let agent = |name: &str, state: String, is_available, waits| WallAgentRow {
        name: name.to_owned(),
        state,
        is_available,
        since: "12:05".to_owned(),
        deed: words.agent_deed_talking().into_owned(),
        action: "/call-centres/1/agents/1/state".to_owned(),
        waits,
    };
    let available = || words.agent_state_available().into_owned();
    WallboardPage {
        frame: frame(words, Role::User, Section::AgentDesk, "/call-centres/1"),
        name: name(words),
        wall: WallShown {
            at: moment(words, "23.11.2026, 14:05"),
            waiting: vec![WaitingRow {
                place: 1,
                caller: "0151 23456789".to_owned(),
                waited: "1:05".to_owned(),
                text: words.wallboard_rings("Anna Weber"),
            }],
            agents: vec![
                agent("Anna Weber", available(), true, false),
                agent(
                    "Jonas Brandt",
                    words.agent_state_unavailable_because("Pause"),
                    false,
                    false,
                ),
                agent("Eva Sommer", available(), true, true),
            ],
            figures: vec![
                (words.wallboard_entered().into_owned(), "48".to_owned()),
                (words.wallboard_longest().into_owned(), "3:12".to_owned()),
            ],
            service_level: Some(83),
            within_s: 20,
            states: states(words),
        },
        live_href: "/call-centres/1/live".to_owned(),
        calls_href: "/groups/1/calls".to_owned(),
    }
}
