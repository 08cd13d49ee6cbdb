//! How long a refused login takes: what the time tells about a name.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use http_body_util::{BodyExt, Full};
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpSocket;

use crate::{report::Report, server::Server, world::World};

/// How often each name is tried, in turn with the others.
const ROUNDS: u32 = 300;
const PASSWORD: &str = "Leuchtturm-7";

/// A name somebody has, one nobody has, and one that is locked, each with a wrong password.
pub(crate) async fn measure(report: &mut Report) -> Result<()> {
    let server = Server::start("automatic").await?;
    let world = World::make(&server, 2, 2).await?;
    let (known, locked) = ("anna.weber.0@e0", "anna.weber.1@e0");
    for n in 0..2 {
        let added = world
            .administrator()
            .await?
            .post(&world.sites[0].users_path(), &world.sites[0].user(n))
            .await?;
        ensure!(added["user"]["id"].is_string(), "{added}");
        set_password(&server, &format!("anna{n}@muster.example")).await?;
    }
    for n in 0..5 {
        refused(&server, n, locked).await?;
    }
    never_lock(&world).await?;
    let names = [
        ("a name somebody has", known),
        ("a name nobody has", "anna.weber.7@e0"),
        ("a locked name", locked),
    ];
    let mut times = [const { Vec::new() }; 3];
    // Each name takes each place in turn: whatever comes regularly meets all of them alike.
    for (round, first) in (0..ROUNDS).zip((0..names.len()).cycle()) {
        for nth in 0..names.len() {
            let at = (first + nth) % names.len();
            times[at].push(refused(&server, 100 + round, names[at].1).await?);
        }
    }
    let medians = times.map(median);
    for ((what, _), took) in names.iter().zip(medians) {
        let ratio = took.as_secs_f64() / medians[0].as_secs_f64() - 1.0;
        let measured = format!(
            "{:.2} ms, {:+.1} %",
            took.as_secs_f64() * 1e3,
            ratio * 100.0
        );
        report.line(
            &format!("login refused: {what}, median of {ROUNDS}"),
            &measured,
            "± 5 %",
        );
    }
    server.stop().await
}

/// The enterprise's accounts are locked no more by further wrong passwords.
async fn never_lock(world: &World) -> Result<()> {
    let mut operator = world.client().await?;
    let all = operator.get("/api/v1/enterprises").await?;
    let enterprises = all["items"].as_array().context("there are enterprises")?;
    for enterprise in enterprises {
        let id = enterprise["id"].as_str().context("it has an id")?;
        let path = format!("/api/v1/enterprises/{id}/password-rules");
        let mut rules = operator.get(&path).await?;
        rules["lock_after"] = json!(0);
        operator.put(&path, &rules).await?;
    }
    Ok(())
}

/// Sets a password with the link in the letter to this address.
async fn set_password(server: &Server, email: &str) -> Result<()> {
    for _ in 0..200 {
        if let Some(link) = server.letter_to(email)?.as_deref().and_then(link_in) {
            let form = format!("password={PASSWORD}&password_again={PASSWORD}");
            let status = post(server.address, 1, &link, form).await?;
            ensure!(status == StatusCode::SEE_OTHER, "{link}: {status}");
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("no letter to {email}")
}

fn link_in(letter: &str) -> Option<String> {
    // Long lines are broken in letters (RFC 2045 §6.7).
    let letter = letter.replace("=\r\n", "");
    let start = letter.find("/password/")?;
    let link = letter[start..].split(|c: char| c.is_whitespace() || c == '"');
    link.map(str::to_owned).next()
}

/// How long it takes to refuse a wrong password, from a source that has not been seen before.
async fn refused(server: &Server, source: u32, name: &str) -> Result<Duration> {
    let start = Instant::now();
    let form = format!(
        "username={}&password=not-the-password",
        name.replace('@', "%40")
    );
    let status = post(server.address, source, "/login", form).await?;
    ensure!(status == StatusCode::UNAUTHORIZED, "{name}: {status}");
    Ok(start.elapsed())
}

/// Sends a form from one of the many addresses of this machine.
async fn post(to: SocketAddr, source: u32, path: &str, form: String) -> Result<StatusCode> {
    let [_, high, mid, low] = source.to_be_bytes();
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((
        Ipv4Addr::new(127, 1 + high, mid, low),
        0,
    )))?;
    let stream = socket.connect(to).await?;
    stream.set_nodelay(true)?;
    let (mut connection, driver) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(driver);
    let request = Request::post(path)
        .header(header::HOST, "127.0.0.1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(form)))?;
    let response = connection.send_request(request).await?;
    let status = response.status();
    response.into_body().collect().await?;
    Ok(status)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
