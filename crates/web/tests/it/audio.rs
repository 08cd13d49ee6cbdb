//! Uploaded music and announcements over the API and on the pages (G2, G4, R4).

use model::Language;
use serde_json::json;
use testkit::{Answer, Browser, Form, tone_wav, wav};

use crate::world::{World, found, refused, says, speak};

async fn put(world: &World, path: &str, file: Vec<u8>) -> Answer {
    let request = world.admin.request("PUT", path);
    let request = request.header("content-type", "audio/wav");
    world.admin.send(request, file).await
}

fn music(world: &World) -> String {
    format!("/api/v1/sites/{}/audio/music", world.site())
}

#[tokio::test]
async fn g2_a_sites_music_is_set_read_back_and_removed_over_the_api() {
    let world = World::new().await;
    let music = music(&world);
    world.admin.get(&music).await.expect(404);
    let file = tone_wav(440.0, 500);
    let set = put(&world, &format!("{music}?name=Sommer.wav"), file).await;
    let set = set.expect(200).json();
    assert_eq!(
        (&set["name"], &set["duration_ms"]),
        (&json!("Sommer.wav"), &json!(500))
    );
    let sound = world.admin.get(&music).await.expect(200);
    assert_eq!(sound.header("content-type"), "audio/wav");
    assert_eq!(sound.bytes.len(), 44 + 500 * 16);
    let request = world
        .admin
        .request("GET", &music)
        .header("range", "bytes=0-3");
    let part = world.admin.send(request, "").await.expect(206);
    assert_eq!(&part.bytes[..], b"RIFF");
    assert_eq!(part.header("content-range"), "bytes 0-3/8044");
    let list = format!("/api/v1/sites/{}/audio", world.site());
    let list = world.admin.get(&list).await.expect(200).json();
    assert_eq!(list.as_array().expect("a list").len(), 1);
    world.admin.delete(&music).await.expect(204);
    world.admin.delete(&music).await.expect(404);
}

#[tokio::test]
async fn what_is_no_sound_is_refused_over_the_api_with_a_reason() {
    let world = World::new().await;
    let music = music(&world);
    let cases = [
        (b"ID3\x04 an mp3 file".to_vec(), "not-wav"),
        (wav(6, &[0x55; 800]), "compressed-wav"),
        (wav(1, &[]), "empty-sound"),
        (wav(1, &vec![0; 601 * 16_000]), "sound-too-long"),
        (Vec::new(), "required"),
    ];
    for (file, code) in cases {
        let answer = put(&world, &music, file).await;
        assert_eq!(found(&answer, 422), [("/audio".into(), code.into())]);
    }
    world.admin.get(&music).await.expect(404);
    let unknown = format!("/api/v1/sites/{}/audio/ringing", world.site());
    refused(&put(&world, &unknown, tone_wav(440.0, 20)).await, 404);
}

#[tokio::test]
async fn a_stream_of_500_mb_is_refused_soon_after_the_limit() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    let world = World::new().await;
    let sent = Arc::new(AtomicUsize::new(0));
    let counted = sent.clone();
    let piece = axum::body::Bytes::from(vec![0; 65_536]);
    let pieces = (0..500_000_000 / 65_536).map(move |_| {
        counted.fetch_add(piece.len(), Ordering::Relaxed);
        Ok::<_, std::convert::Infallible>(piece.clone())
    });
    let body = axum::body::Body::from_stream(futures_util::stream::iter(pieces));
    let request = world.admin.request("PUT", &music(&world));
    let answer = world.admin.send(request, body).await;
    assert_eq!(
        found(&answer, 413),
        [("/audio".into(), "file-too-large".into())]
    );
    let sent = sent.load(Ordering::Relaxed);
    assert!(sent < service::audio::LARGEST + 1_000_000, "{sent}");
}

#[tokio::test]
async fn r4_the_sounds_of_others_do_not_exist_for_strangers_and_users() {
    let world = World::new().await;
    let music = music(&world);
    put(&world, &music, tone_wav(440.0, 100)).await.expect(200);
    let other = world.system.enterprise("Beispiel AG").await;
    let stranger = world.system.api_of_enterprise(&other).await;
    stranger.get(&music).await.expect(404);
    stranger.delete(&music).await.expect(404);
    let request = stranger.request("PUT", &music);
    stranger
        .send(request, tone_wav(440.0, 20))
        .await
        .expect(404);
    world.active_anna().await;
    let nobody = world.system.api_of_nobody();
    nobody.get(&music).await.expect(401);
    world.admin.get(&music).await.expect(200);
}

const LINE: &str = "klinke-form-line";

/// A form with a file, as browsers send it.
fn body(csrf: &str, name: &str, file: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--{LINE}\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --{LINE}\r\ncontent-disposition: form-data; name=\"audio\"; filename=\"{name}\"\r\n\
         content-type: audio/wav\r\n\r\n"
    )
    .into_bytes();
    body.extend(file);
    body.extend(format!("\r\n--{LINE}--\r\n").into_bytes());
    body
}

async fn upload(browser: &mut Browser, path: &str, body: Vec<u8>) -> Answer {
    let mut request = browser.form_request(path);
    let headers = request.headers_mut().expect("headers");
    let kind = format!("multipart/form-data; boundary={LINE}");
    headers.insert("content-type", kind.parse().expect("a header"));
    headers.insert("content-length", body.len().into());
    browser.send(request, body).await
}

async fn admin(world: &World) -> Browser {
    let name = world
        .system
        .add_administrator(&world.muster, "admin", &[])
        .await;
    world.system.browser_of(&name).await
}

#[tokio::test]
async fn g2_an_administrator_uploads_music_on_the_sites_page_listens_and_removes_it() {
    let world = World::new().await;
    let mut browser = admin(&world).await;
    let words = speak(&mut browser, Language::English).await;
    let page = format!("/sites/{}/audio", world.site());
    let site = browser.open(&format!("/sites/{}", world.site())).await;
    assert!(site.text().contains(&format!("href=\"{page}\"")));
    let shown = browser.open(&page).await.expect(200);
    assert!(says(&shown, &words.audio_heard_ours()));
    let to = format!("{page}/music");
    let csrf = Form::on(&shown, &to).value("csrf").to_owned();
    let file = tone_wav(440.0, 65_000);
    let done = upload(
        &mut browser,
        &to,
        body(&csrf, "C:\\Musik\\Sommer.wav", &file),
    )
    .await;
    assert_eq!(done.expect(303).header("location"), page);
    let shown = browser.open(&page).await.expect(200);
    assert!(
        says(&shown, "Sommer.wav") && says(&shown, "1:05"),
        "{}",
        shown.text()
    );
    assert!(!shown.text().contains("C:\\Musik"));
    let at = shown.text().split("<audio").nth(1).expect("a player");
    let at = at
        .split("src=\"")
        .nth(1)
        .and_then(|src| src.split('"').next());
    let heard = browser.open(at.expect("an address")).await.expect(200);
    assert_eq!(heard.bytes.len(), file.len());
    let remove = Form::on(&shown, &format!("{to}/remove"));
    browser.submit(&remove).await.expect(303);
    assert!(says(&browser.open(&page).await, &words.audio_heard_ours()));
}

#[tokio::test]
async fn a_refused_file_is_explained_beside_its_field_in_both_languages() {
    let world = World::new().await;
    let mut browser = admin(&world).await;
    let page = format!("/sites/{}/audio", world.site());
    let to = format!("{page}/welcome");
    for language in [Language::German, Language::English] {
        let words = speak(&mut browser, language).await;
        let shown = browser.open(&page).await.expect(200);
        let csrf = Form::on(&shown, &to).value("csrf").to_owned();
        let mp3 = b"ID3\x04 an mp3 file";
        let answer = upload(&mut browser, &to, body(&csrf, "a.mp3", mp3)).await;
        let answer = answer.expect(422);
        assert!(says(&answer, &words.problem_audio_not_wav()));
        assert!(answer.text().contains("id=\"welcome-error\""));
        let none = upload(&mut browser, &to, body(&csrf, "", b"")).await;
        none.expect(422);
        let large = vec![0; service::audio::LARGEST + 1];
        let answer = upload(&mut browser, &to, body(&csrf, "a.wav", &large)).await;
        assert!(says(
            &answer.expect(422),
            &words.problem_audio_too_large(20_u32)
        ));
        let larger = vec![0; service::audio::LARGEST + 200_000];
        let answer = upload(&mut browser, &to, body(&csrf, "a.wav", &larger)).await;
        assert!(says(
            &answer.expect(422),
            &words.problem_audio_too_large(20_u32)
        ));
    }
}

#[tokio::test]
async fn a_file_without_the_sessions_token_is_not_taken() {
    let world = World::new().await;
    let mut browser = admin(&world).await;
    let page = format!("/sites/{}/audio", world.site());
    let to = format!("{page}/music");
    let file = tone_wav(440.0, 100);
    for token in ["", "wrong", &"x".repeat(10_000)] {
        let answer = upload(&mut browser, &to, body(token, "a.wav", &file)).await;
        answer.expect(403);
    }
    world.admin.get(&music(&world)).await.expect(404);
}
