//! What somebody has answered so far while adding a user is that account's own.

use model::UserDraft;
use store::KeptDraft;

use super::{isolation::two, world::NOW};

#[tokio::test]
async fn r4_a_draft_is_found_by_its_account_and_site_only() {
    let (world, [(muster, _), (other, _)]) = two().await;
    let draft = |name: &str| KeptDraft {
        request: format!("add {name}"),
        answers: UserDraft {
            first_name: name.to_owned(),
            services: vec!["voicemail".to_owned()],
            ..UserDraft::default()
        },
        updated_at: NOW,
    };
    let (london, _) = world.site(&muster.enterprise, "London").await;
    let mut tx = world.write().await;
    let drafts = tx.user_draft();
    drafts
        .put(muster.admin, muster.site.id, &draft("Anna"))
        .await
        .unwrap();
    drafts
        .put(muster.admin, muster.site.id, &draft("Ben"))
        .await
        .unwrap();
    drafts
        .put(muster.admin, london.id, &draft("Olivia"))
        .await
        .unwrap();
    let found = drafts.get(muster.admin, muster.site.id).await.unwrap();
    assert_eq!(found, Some(draft("Ben")), "the later one");
    assert_eq!(drafts.get(other.admin, muster.site.id).await.unwrap(), None);
    drafts.delete(other.admin, muster.site.id).await.unwrap();
    drafts.delete(muster.admin, london.id).await.unwrap();
    assert_eq!(drafts.get(muster.admin, london.id).await.unwrap(), None);
    assert!(
        drafts
            .get(muster.admin, muster.site.id)
            .await
            .unwrap()
            .is_some()
    );
    drafts.delete_older(NOW).await.unwrap();
    assert!(
        drafts
            .get(muster.admin, muster.site.id)
            .await
            .unwrap()
            .is_some()
    );
    drafts.delete_older(NOW.plus_seconds(1)).await.unwrap();
    assert_eq!(
        drafts.get(muster.admin, muster.site.id).await.unwrap(),
        None
    );
}
