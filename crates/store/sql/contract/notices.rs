//! Letters to those who are told of a change (D4).

use model::{ForwardKind, GroupKind, JobId, Notice, NoticeChange, NoticeId};
use store::JobKind;

use super::{World, world::NOW};

#[tokio::test]
async fn d4_a_notice_reads_back_as_it_was_written_until_it_is_sent() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let ben = world.person(&muster, 0).await;
    let notice = Notice {
        id: NoticeId(world.id()),
        recipient: ben.id,
        leaver: "Anna <b>Weber</b>".to_owned(),
        changes: vec![
            NoticeChange::Group {
                kind: GroupKind::PickupGroup,
                name: "\"Empfang\"".to_owned(),
            },
            NoticeChange::Forward(ForwardKind::Busy),
        ],
        message: Some("Bitte ab Montag Eva fragen.".parse().unwrap()),
        created_at: NOW,
    };
    let mut tx = world.write().await;
    tx.job().delete(ben.job).await.unwrap();
    tx.notice().insert(&notice).await.unwrap();
    let (job, kind) = (JobId(world.id()), JobKind::NoticeMail(notice.id));
    tx.job().insert(job, kind, NOW).await.unwrap();
    let claimed = tx.job().claim(NOW, NOW.plus_seconds(60), 10).await.unwrap();
    assert_eq!(
        claimed.iter().map(|job| job.kind).collect::<Vec<_>>(),
        [kind]
    );
    let found = tx.notice().get(notice.id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&notice));
    tx.notice().delete(notice.id).await.unwrap();
    assert_eq!(tx.notice().get(notice.id).await.unwrap(), None);
}
