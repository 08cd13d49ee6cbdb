//! Letters by SMTP (RFC 5321), with TLS unless the server is asked for without.

use std::time::Duration;

use anyhow::{Context, Result};
use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor, message::Mailbox,
    transport::smtp::authentication::Credentials,
};
use service::mail::{KeptLetter, Letter, NotSent, Post, ReadLetter};
use uuid::Uuid;

use super::{MailSettings, message::message};

/// How long one letter may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
pub(super) struct SmtpPost {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpPost {
    pub(super) fn new(settings: &MailSettings) -> Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.smtp);
        let mut server = server
            .map_err(|_| anyhow::anyhow!("`smtp` is not an address of a mail server"))
            .context("configuring mail")?
            .timeout(Some(PATIENCE / 2));
        if let Some((user, password)) = &settings.credentials {
            server = server.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            server: server.build(),
            from: settings.from.clone(),
        })
    }
}

#[async_trait]
impl Post for SmtpPost {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = message(letter, &self.from)?;
        match tokio::time::timeout(PATIENCE, self.server.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(NotSent(chain(&error))),
            Err(_) => Err(NotSent("the mail server takes too long".to_owned())),
        }
    }

    async fn list(&self) -> Result<Option<Vec<KeptLetter>>, NotSent> {
        Ok(None)
    }

    async fn get(&self, _: Uuid) -> Result<Option<ReadLetter>, NotSent> {
        Ok(None)
    }
}

/// What went wrong and why: the errors of the library carry the reason as their source.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        text = format!("{text}: {reason}");
        source = reason.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Country, Language, Timestamp};
    use service::mail::{Content, OneTimeLink};
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    fn letter() -> Letter {
        Letter {
            id: Uuid::from_u128(7),
            at: Timestamp(1_795_000_000_000),
            to: "anna.weber@muster.example".to_owned(),
            language: Language::German,
            country: Country::Germany,
            content: Content::PasswordReset {
                login_name: "anna.weber@muster".to_owned(),
                link: OneTimeLink::new("https://klinke.example", "geheim"),
                good_until: Timestamp(1_795_001_800_000),
            },
        }
    }

    /// A mail server for one letter: answers what it was told, line by line.
    async fn serve(listener: TcpListener, answer_to_data: &str) -> String {
        let (socket, _) = listener.accept().await.unwrap();
        let (reader, mut writer) = socket.into_split();
        let (mut lines, mut told) = (BufReader::new(reader).lines(), String::new());
        writer.write_all(b"220 mail.example\r\n").await.unwrap();
        let mut in_data = false;
        while let Ok(Some(line)) = lines.next_line().await {
            told += &format!("{line}\n");
            let answer = match (in_data, line.as_str()) {
                (true, ".") => {
                    in_data = false;
                    answer_to_data
                }
                (true, _) => continue,
                (false, "DATA") => {
                    in_data = true;
                    "354 go on"
                }
                (false, "QUIT") => "221 bye",
                (false, ehlo) if ehlo.starts_with("EHLO") => "250-mail.example\r\n250 AUTH PLAIN",
                (false, auth) if auth.starts_with("AUTH") => "235 welcome",
                (false, _) => "250 ok",
            };
            writer
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .unwrap();
            if line == "QUIT" || answer.starts_with('5') {
                break;
            }
        }
        told
    }

    async fn send(answer_to_data: &'static str) -> (Result<(), NotSent>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move { serve(listener, answer_to_data).await });
        let post = SmtpPost::new(&MailSettings {
            smtp: format!("smtp://127.0.0.1:{port}"),
            from: "Klinke <klinke@muster.example>".parse().unwrap(),
            credentials: Some(("klinke".to_owned(), "pw".to_owned())),
        });
        let sent = post.unwrap().send(&letter()).await;
        (sent, server.await.unwrap())
    }

    #[tokio::test]
    async fn u10_a_letter_is_handed_to_the_mail_server() {
        let (sent, told) = send("250 taken").await;
        sent.unwrap();
        for line in [
            "AUTH PLAIN AGtsaW5rZQBwdw==",
            "MAIL FROM:<klinke@muster.example>",
            "RCPT TO:<anna.weber@muster.example>",
            "Subject: Neues Passwort festlegen",
            "multipart/alternative",
            "https://klinke.example/password/geheim",
        ] {
            assert!(told.contains(line), "{line} is not in {told}");
        }
    }

    #[tokio::test]
    async fn a_letter_that_is_refused_says_why_and_not_what() {
        let (sent, _) = send("550 no such mailbox").await;
        let error = sent.unwrap_err().to_string();
        assert!(error.contains("no such mailbox"), "{error}");
        assert!(!error.contains("geheim"), "{error}");
    }
}
