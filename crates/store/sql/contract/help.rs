//! Answers to "Did you find this useful?" are counted, and the newest comments are kept (H2).

use model::{HelpComment, HelpCount, HelpTask, Language};
use store::HelpAnswer;

use super::{World, world::NOW};

fn answer(task: HelpTask, language: Language, is_useful: bool) -> HelpAnswer {
    HelpAnswer {
        task,
        language,
        is_useful,
    }
}

#[tokio::test]
async fn h2_answers_are_counted_for_each_page_and_language() {
    let world = World::new().await;
    let (german, english) = (Language::German, Language::English);
    let mut tx = world.write().await;
    for given in [
        answer(HelpTask::AddUser, german, true),
        answer(HelpTask::AddUser, german, true),
        answer(HelpTask::AddUser, german, false),
        answer(HelpTask::AddUser, english, false),
        answer(HelpTask::DeleteUser, english, true),
    ] {
        tx.help().insert_answer(given).await.unwrap();
    }
    tx.commit().await.unwrap();
    let count = |task, language, useful, not_useful| HelpCount {
        task,
        language,
        useful,
        not_useful,
    };
    let counts = world.read().await.help().list_counts().await.unwrap();
    assert_eq!(
        counts,
        [
            count(HelpTask::AddUser, german, 2, 1),
            count(HelpTask::AddUser, english, 0, 1),
            count(HelpTask::DeleteUser, english, 1, 0),
        ]
    );
}

#[tokio::test]
async fn h2_the_newest_comments_of_each_page_are_kept() {
    let world = World::new().await;
    let mut tx = world.write().await;
    let said = |n: i32| {
        HelpComment::parse(&format!("comment {n}"))
            .unwrap()
            .unwrap()
    };
    let about = answer(HelpTask::AddUser, Language::German, false);
    for n in 0..4 {
        let id = world.id();
        tx.help()
            .insert_comment(id, about, &said(n), NOW.plus_seconds(n.into()), 2)
            .await
            .unwrap();
    }
    let other = answer(HelpTask::LogIn, Language::English, true);
    tx.help()
        .insert_comment(world.id(), other, &said(9), NOW, 2)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.read().await;
    let kept = tx.help().list_comments(10).await.unwrap();
    let texts: Vec<_> = kept.iter().map(|remark| remark.comment.as_str()).collect();
    assert_eq!(texts, ["comment 9", "comment 3", "comment 2"]);
    assert_eq!(
        (
            kept[0].task,
            kept[0].language,
            kept[0].is_useful,
            kept[0].at
        ),
        (HelpTask::LogIn, Language::English, true, NOW)
    );
    assert!(!kept[1].is_useful);
    assert_eq!(tx.help().list_comments(1).await.unwrap().len(), 1);
}
