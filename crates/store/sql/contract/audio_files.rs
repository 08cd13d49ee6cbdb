//! Uploaded sounds: what is written reads back, goes with its owner, and nobody sees another enterprise's (R4).

use model::{
    AudioFile, AudioFileId, AudioKind, AudioOwner, Timestamp, VirtualUser, VirtualUserKind,
};
use store::{Tenant, VirtualUserKept};

use super::{Company, World, hunt_groups::hunt_group, world::NOW};

fn file(world: &World, kind: AudioKind, name: &str) -> AudioFile {
    AudioFile {
        id: AudioFileId(world.id()),
        kind,
        name: name.parse().unwrap(),
        duration_ms: 600_000,
        uploaded_at: NOW,
    }
}

async fn centre(world: &World, company: &Company) -> VirtualUser {
    let own = VirtualUser {
        kind: VirtualUserKind::CallCentre,
        ..hunt_group(world, company, 91, "Kundendienst")
    };
    let mut tx = world.write().await;
    let kept = tx.virtual_user().insert(&own).await.unwrap();
    assert_eq!(kept, VirtualUserKept::Done);
    tx.commit().await.unwrap();
    own
}

async fn put(world: &World, company: &Company, owner: AudioOwner, file: &AudioFile, alaw: &[u8]) {
    let mut tx = world.write().await;
    let done = tx.audio().put(company.id(), owner, file, alaw).await;
    done.unwrap();
    tx.commit().await.unwrap();
}

async fn list(world: &World, tenant: Tenant, owner: AudioOwner) -> Vec<AudioFile> {
    let mut tx = world.read().await;
    tx.audio().list(tenant, owner).await.unwrap()
}

async fn sound(world: &World, tenant: Tenant, id: AudioFileId) -> Option<Vec<u8>> {
    let mut tx = world.read().await;
    tx.audio().sound(tenant, id).await.unwrap()
}

#[tokio::test]
async fn g4_sounds_read_back_and_the_last_of_a_kind_is_the_one() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let site = AudioOwner::Site(muster.site.id);
    let own = AudioOwner::CallCentre(centre(&world, &muster).await.id);
    let music = file(&world, AudioKind::Music, "Größe „Ä“.wav");
    let welcome = file(&world, AudioKind::Welcome, "welcome.wav");
    let of_centre = file(&world, AudioKind::Music, "centre.wav");
    // Ten minutes: the longest that is taken.
    let long: Vec<u8> = (0..4_800_000_u32).map(|n| (n % 251) as u8).collect();
    put(&world, &muster, site, &welcome, &[7; 160]).await;
    put(&world, &muster, site, &music, &long).await;
    put(&world, &muster, own, &of_centre, &[9; 160]).await;
    assert_eq!(
        list(&world, muster.tenant(), site).await,
        [music.clone(), welcome.clone()]
    );
    assert_eq!(
        list(&world, muster.tenant(), own).await,
        std::slice::from_ref(&of_centre)
    );
    assert_eq!(
        sound(&world, muster.tenant(), music.id).await.as_ref(),
        Some(&long)
    );
    let newer = AudioFile {
        uploaded_at: Timestamp(NOW.0 + 1),
        ..file(&world, AudioKind::Music, "new.wav")
    };
    put(&world, &muster, site, &newer, &[8; 160]).await;
    assert_eq!(
        list(&world, muster.tenant(), site).await,
        [newer.clone(), welcome]
    );
    assert_eq!(sound(&world, muster.tenant(), music.id).await, None);
    assert_eq!(
        sound(&world, Tenant::Installation, newer.id).await,
        Some(vec![8; 160])
    );
    assert_eq!(list(&world, muster.tenant(), own).await, [of_centre]);
}

#[tokio::test]
async fn g4_a_sound_goes_with_its_owner() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let own = centre(&world, &muster).await;
    let owner = AudioOwner::CallCentre(own.id);
    let music = file(&world, AudioKind::Music, "music.wav");
    put(&world, &muster, owner, &music, &[7; 160]).await;
    let mut tx = world.write().await;
    let gone = tx
        .virtual_user()
        .delete(muster.tenant(), own.id, own.version)
        .await;
    assert!(gone.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(sound(&world, Tenant::Installation, music.id).await, None);
}

#[tokio::test]
async fn r4_a_sound_is_found_and_removed_by_its_own_enterprise_only() {
    let world = World::new().await;
    let muster = world.company("muster").await;
    let other = world.company("beispiel").await;
    let owners = [
        AudioOwner::Site(muster.site.id),
        AudioOwner::CallCentre(centre(&world, &muster).await.id),
    ];
    for owner in owners {
        let music = file(&world, AudioKind::Music, "music.wav");
        put(&world, &muster, owner, &music, &[7; 160]).await;
        assert_eq!(list(&world, other.tenant(), owner).await, []);
        assert_eq!(sound(&world, other.tenant(), music.id).await, None);
        for (tenant, is_gone) in [(other.tenant(), false), (muster.tenant(), true)] {
            let mut tx = world.write().await;
            let gone = tx.audio().delete(tenant, owner, AudioKind::Music).await;
            assert_eq!(gone.unwrap(), is_gone);
            tx.commit().await.unwrap();
        }
        assert_eq!(list(&world, muster.tenant(), owner).await, []);
    }
}
