//! Deleting a user with a message to those who have to do with the user (D4).

use model::{CallServicesDraft, Field, Language, Problem, TeamDraft, TeamKind, User};
use service::{
    Error, call_services,
    mail::Content,
    team::{self, WantedTeam},
    user::{self, Farewell},
};
use testkit::{TestEnterprise, TestSystem};

use crate::problems;

/// Anna, with Ben and Eva in a pickup group; Ben forwards to Anna.
async fn colleagues(system: &TestSystem, muster: &TestEnterprise) -> [User; 3] {
    let mut people = Vec::new();
    for name in ["Anna Weber", "Ben Klein", "Eva Groß"] {
        let site = muster.site.id();
        let mut draft = system.draft(site, name).await;
        draft.email = format!("{}@muster.example", name.split(' ').next().unwrap());
        if name.starts_with("Eva") {
            draft.language = "en".to_owned();
        }
        let user = system.add(&muster.admin, site, draft).await.unwrap().user;
        people.push(system.activate(user.id).await);
    }
    let wanted = WantedTeam {
        draft: TeamDraft {
            name: "<b>Empfang</b>".to_owned(),
            members: people.iter().map(|user| user.id.to_string()).collect(),
            ..TeamDraft::default()
        },
        moves_members: false,
    };
    let of = (muster.site.id(), TeamKind::Pickup);
    team::add(&system.env, &muster.admin, of, &wanted)
        .await
        .unwrap();
    let services = CallServicesDraft {
        forward_busy: people[0].extension.to_string(),
        ..CallServicesDraft::default()
    };
    call_services::set(&system.env, &muster.admin, people[1].id, &services, None)
        .await
        .unwrap();
    system.run_jobs().await;
    people.try_into().unwrap()
}

fn farewell(people: &[&User], message: &str) -> Farewell {
    Farewell {
        tell: people.iter().map(|user| user.id.to_string()).collect(),
        message: message.to_owned(),
    }
}

#[tokio::test]
async fn d4_each_colleague_is_told_in_the_own_language_what_changes() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let [anna, ben, eva] = colleagues(&system, &muster).await;
    let farewell = farewell(&[&ben, &eva], "Fragen an <i>Eva</i> & mich.");
    user::delete_and_tell(&system.env, &muster.admin, anna.id, &farewell, None)
        .await
        .unwrap();
    let before = system.mailbox.all().len();
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), before + 2);
    let to_ben = system.mailbox.newest("Ben@muster.example");
    let to_eva = system.mailbox.newest("Eva@muster.example");
    assert_eq!(
        (to_ben.letter.language, to_eva.letter.language),
        (Language::German, Language::English)
    );
    let Content::Notice { changes, .. } = &to_ben.letter.content else {
        panic!("{:?}", to_ben.letter);
    };
    assert_eq!(changes.len(), 2, "the group and the forward");
    let text = &to_ben.rendered.text;
    assert!(
        text.contains("Anna Weber") && text.contains("<b>Empfang</b>"),
        "{text}"
    );
    assert!(text.contains("Fragen an <i>Eva</i> & mich."), "{text}");
    let html = &to_ben.rendered.html;
    assert!(!html.contains("<i>") && !html.contains("<b>"), "{html}");
    assert!(
        to_eva.rendered.text.contains("Call pickup group"),
        "{}",
        to_eva.rendered.text
    );
    assert!(
        !to_eva.rendered.text.contains("orward"),
        "only Ben has forwarded"
    );
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), before + 2, "each once");
    assert_eq!(
        system
            .database
            .places_of(ben.id.0)
            .await
            .iter()
            .filter(|place| place.starts_with("notice"))
            .count(),
        0
    );
}

#[tokio::test]
async fn d4_only_those_whom_the_question_names_are_written_to() {
    let system = TestSystem::new().await;
    let (muster, beispiel) = (
        system.enterprise("Muster GmbH").await,
        system.enterprise("Beispiel AG").await,
    );
    let [anna, ben, _] = colleagues(&system, &muster).await;
    let (stranger, foreigner) = (
        system.active_user(&muster, "Karl Krause").await,
        system.active_user(&beispiel, "Uwe Fremd").await,
    );
    system.run_jobs().await;
    for wrong in [&stranger, &foreigner, &anna] {
        let farewell = farewell(&[&ben, wrong], "");
        let told = user::delete_and_tell(&system.env, &muster.admin, anna.id, &farewell, None);
        assert_eq!(problems(told.await), [(Field::Tell, Problem::Unknown)]);
    }
    let nonsense = Farewell {
        tell: vec!["ben@muster.example".to_owned()],
        message: String::new(),
    };
    let told = user::delete_and_tell(&system.env, &muster.admin, anna.id, &nonsense, None).await;
    assert_eq!(problems(told), [(Field::Tell, Problem::Unknown)]);
    for (message, problem) in [
        ("a\r\nBcc: x@y.example", Problem::ControlCharacter),
        (&"x".repeat(501), Problem::TooLong { max: 500 }),
    ] {
        let farewell = farewell(&[&ben], message);
        let told = user::delete_and_tell(&system.env, &muster.admin, anna.id, &farewell, None);
        assert_eq!(problems(told.await), [(Field::Message, problem)]);
    }
    let late = farewell(&[&ben], "");
    let version = Some(anna.version + 1);
    let told = user::delete_and_tell(&system.env, &muster.admin, anna.id, &late, version).await;
    assert!(matches!(told, Err(Error::Changed)), "{told:?}");
    let before = system.mailbox.all().len();
    system.run_jobs().await;
    assert_eq!(
        system.mailbox.all().len(),
        before,
        "nothing was deleted, nobody was told"
    );
    user::get(&system.env, &muster.admin, anna.id)
        .await
        .unwrap();
}

#[tokio::test]
async fn d4_who_is_deleted_meanwhile_is_written_to_no_more_and_a_broken_post_is_tried_again() {
    let system = TestSystem::new().await;
    let muster = system.enterprise("Muster GmbH").await;
    let [anna, ben, eva] = colleagues(&system, &muster).await;
    let farewell = farewell(&[&ben, &eva], "");
    system.mailbox.break_down(true);
    user::delete_and_tell(&system.env, &muster.admin, anna.id, &farewell, None)
        .await
        .unwrap();
    let before = system.mailbox.all().len();
    system.run_jobs().await;
    assert_eq!(system.mailbox.all().len(), before);
    user::delete(&system.env, &muster.admin, eva.id, None)
        .await
        .unwrap();
    system.mailbox.break_down(false);
    system.clock.advance(3600);
    system.run_jobs().await;
    assert_eq!(
        system.mailbox.to("Eva@muster.example").len(),
        1,
        "the registration only"
    );
    assert_eq!(system.mailbox.to("Ben@muster.example").len(), 2);
}
