//! Uploaded music and announcements (G2, G4): what is taken, whose is heard, and what is written down.

use model::{AudioFault, AudioKind, AudioOwner, Field, JournalAction, Problem, VirtualUserId};
use service::{Actor, Error, Result, audio, journal};
use testkit::{TestEnterprise, TestSystem, tone_wav, wav};

use crate::problems;

struct Scene {
    system: TestSystem,
    muster: TestEnterprise,
}

impl Scene {
    async fn new() -> Self {
        let system = TestSystem::new().await;
        let muster = system.enterprise("Muster GmbH").await;
        Self { system, muster }
    }

    fn site(&self) -> AudioOwner {
        AudioOwner::Site(self.muster.site.id())
    }

    async fn upload(
        &self,
        actor: &Actor,
        of: (AudioOwner, AudioKind),
        name: &str,
        file: &[u8],
    ) -> Result<model::AudioFile> {
        let env = &self.system.env;
        let mut upload = audio::begin(env, actor, of.0).await?;
        for piece in file.chunks(1000) {
            upload.push(piece)?;
        }
        audio::put(env, actor, of, name, upload).await
    }

    async fn names(&self, owner: AudioOwner) -> Vec<(AudioKind, String)> {
        let found = audio::list(&self.system.env, &self.muster.admin, owner).await;
        let own = found.unwrap().own.into_iter();
        own.map(|file| (file.kind, file.name.to_string())).collect()
    }
}

fn fault(result: Result<model::AudioFile>) -> AudioFault {
    match problems(result).as_slice() {
        [(Field::Audio, Problem::Audio { fault })] => *fault,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn g2_music_is_uploaded_listened_to_replaced_and_removed() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let music = (scene.site(), AudioKind::Music);
    let file = tone_wav(440.0, 1000);
    let put = scene.upload(admin, music, "Sommer.wav", &file).await;
    assert_eq!(put.unwrap().duration_ms, 1000);
    let (known, sound) = audio::sound(env, admin, music.0, music.1).await.unwrap();
    assert_eq!(known.name.as_str(), "Sommer.wav");
    assert_eq!(sound.len(), file.len());
    let other = tone_wav(880.0, 500);
    let put = scene.upload(admin, music, "Winter.wav", &other).await;
    assert_eq!(put.unwrap().duration_ms, 500);
    let winter = [(AudioKind::Music, "Winter.wav".to_owned())];
    assert_eq!(scene.names(music.0).await, winter);
    audio::remove(env, admin, music.0, music.1).await.unwrap();
    assert_eq!(scene.names(music.0).await, []);
    let gone = audio::remove(env, admin, music.0, music.1).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

#[tokio::test]
async fn r5_the_journal_tells_which_file_came_after_which() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let music = (scene.site(), AudioKind::Music);
    for name in ["a.wav", "b.wav"] {
        let file = tone_wav(440.0, 100);
        let put = scene.upload(admin, music, name, &file).await;
        put.unwrap();
    }
    audio::remove(env, admin, music.0, music.1).await.unwrap();
    let entries = journal::list(env, admin, journal::Wanted::default()).await;
    let told = entries.unwrap().into_iter().filter(|entry| {
        let action = entry.entry.action;
        matches!(
            action,
            JournalAction::AudioSet | JournalAction::AudioRemoved
        )
    });
    let told = told.map(|entry| {
        let change = entry.entry.changes[0].clone();
        assert_eq!(change.field, "music");
        (change.before, change.after)
    });
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            (name("b.wav"), None),
            (name("a.wav"), name("b.wav")),
            (None, name("a.wav"))
        ]
    );
}

#[tokio::test]
async fn what_is_no_sound_is_refused_with_the_reason() {
    let scene = Scene::new().await;
    let admin = &scene.muster.admin;
    let music = (scene.site(), AudioKind::Music);
    let mut mp3 = b"ID3\x04\x00\x00\x00\x00\x00\x00\xff\xfb\x90\x64".to_vec();
    mp3.resize(10_000, 0x55);
    let long = vec![0; 601 * 16_000];
    let cases = [
        (mp3, AudioFault::NotWav),
        (b"just text".to_vec(), AudioFault::NotWav),
        (wav(6, &[0x55; 800]), AudioFault::Compressed),
        (wav(1, &[]), AudioFault::Empty),
        (wav(1, &long), AudioFault::TooLong),
    ];
    for (file, expected) in cases {
        let refused = scene.upload(admin, music, "x.wav", &file).await;
        assert_eq!(fault(refused), expected);
    }
    let nothing = scene.upload(admin, music, "x.wav", &[]).await;
    assert_eq!(problems(nothing), [(Field::Audio, Problem::Required)]);
    let long = format!("{}.wav", "ä".repeat(120));
    let file = tone_wav(440.0, 20);
    let named = scene.upload(admin, music, &long, &file).await;
    let expected = [(Field::Audio, Problem::TooLong { max: 120 })];
    assert_eq!(problems(named), expected);
    assert_eq!(scene.names(music.0).await, []);
}

#[tokio::test]
async fn a_file_of_500_mb_is_refused_when_the_limit_is_passed() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let mut upload = audio::begin(env, admin, scene.site()).await.unwrap();
    let piece = vec![0; 65_536];
    let mut taken = 0;
    let refused = loop {
        match upload.push(&piece) {
            Ok(()) => taken += piece.len(),
            Err(error) => break error,
        }
        assert!(taken < 500_000_000);
    };
    assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    assert!(taken <= audio::LARGEST, "{taken}");
}

#[tokio::test]
async fn of_two_uploads_at_once_one_stays_and_many_more_are_put_off() {
    let scene = Scene::new().await;
    let (env, admin) = (&scene.system.env, &scene.muster.admin);
    let music = (scene.site(), AudioKind::Music);
    let (a, b) = (tone_wav(440.0, 200), tone_wav(880.0, 300));
    let (first, second) = tokio::join!(
        scene.upload(admin, music, "a.wav", &a),
        scene.upload(admin, music, "b.wav", &b)
    );
    let both = [first.unwrap().id, second.unwrap().id];
    let found = audio::list(env, admin, music.0).await.unwrap().own;
    assert_eq!(found.len(), 1);
    assert!(both.contains(&found[0].id));
    let mut open = Vec::new();
    let refused = loop {
        match audio::begin(env, admin, music.0).await {
            Ok(upload) => open.push(upload),
            Err(error) => break error,
        }
        assert!(open.len() < 100);
    };
    assert!(matches!(refused, Error::TooManyAttempts { .. }));
    // Slow ones of one enterprise keep no other away.
    let beispiel = scene.system.enterprise("Beispiel AG").await;
    let other = AudioOwner::Site(beispiel.site.id());
    audio::begin(env, &beispiel.admin, other).await.unwrap();
    drop(open);
    audio::begin(env, admin, music.0).await.unwrap();
}

#[tokio::test]
async fn r4_nobody_hears_or_sets_the_sounds_of_another_enterprise() {
    let scene = Scene::new().await;
    let env = &scene.system.env;
    let beispiel = scene.system.enterprise("Beispiel AG").await;
    let anna = scene.system.active_user(&scene.muster, "Anna Weber").await;
    let anna = scene.system.as_user(&scene.muster, anna.id).await;
    let music = (scene.site(), AudioKind::Music);
    let file = tone_wav(440.0, 100);
    let put = scene.upload(&scene.muster.admin, music, "a.wav", &file);
    put.await.unwrap();
    for actor in [&beispiel.admin, &anna] {
        let tried = [
            audio::list(env, actor, music.0).await.map(|_| ()),
            audio::sound(env, actor, music.0, music.1).await.map(|_| ()),
            audio::begin(env, actor, music.0).await.map(|_| ()),
            audio::remove(env, actor, music.0, music.1).await,
        ];
        for tried in tried {
            assert!(matches!(tried, Err(Error::NotFound)), "{tried:?}");
        }
    }
    let nobody = AudioOwner::CallCentre(VirtualUserId(scene.muster.site.id().0));
    let unknown = audio::list(env, &scene.muster.admin, nobody).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}
