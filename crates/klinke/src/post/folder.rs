//! Letters as files in the data directory, for an installation without a mail server.

use std::{
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use async_trait::async_trait;
use lettre::message::Mailbox;
use mail_parser::{Message, MessageParser};
use model::Timestamp;
use service::mail::{KeptLetter, Letter, NotSent, Post, ReadLetter};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::message::message;

/// How many letters are kept; the oldest go first.
const KEPT: usize = 1000;
/// How many are listed.
const LISTED: usize = 200;

/// A folder that only the process's user can read: there are one-time links in it.
pub(super) struct FolderPost {
    folder: PathBuf,
    from: Mailbox,
}

impl FolderPost {
    pub(super) fn new(folder: PathBuf) -> Result<Self> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("making the folder {}", folder.display()))?;
        let from = "Klinke <klinke@localhost>".parse();
        Ok(Self {
            folder,
            from: from.context("the address of Klinke")?,
        })
    }

    /// Where a letter is; its id begins with the time, so names are in the order of writing.
    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.eml"))
    }

    /// The letters, the newest first.
    async fn ids(&self) -> std::io::Result<Vec<Uuid>> {
        let mut entries = tokio::fs::read_dir(&self.folder).await?;
        let mut ids = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            ids.extend(id_of(&entry.path()));
        }
        ids.sort_unstable_by(|one, other| other.cmp(one));
        Ok(ids)
    }

    async fn keep(&self, letter: &Letter, bytes: &[u8]) -> std::io::Result<()> {
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = tokio::fs::OpenOptions::from(options)
            .open(self.path(letter.id))
            .await?;
        file.write_all(bytes).await?;
        file.flush().await?;
        for old in self.ids().await?.into_iter().skip(KEPT) {
            self.remove(old).await?;
        }
        Ok(())
    }

    /// Another letter may have made room at the same moment.
    async fn remove(&self, id: Uuid) -> std::io::Result<()> {
        match tokio::fs::remove_file(self.path(id)).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    async fn read(&self, id: Uuid) -> Result<Option<ReadLetter>, NotSent> {
        let bytes = match tokio::fs::read(self.path(id)).await {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&error)),
        };
        Ok(MessageParser::default()
            .parse(&bytes)
            .map(|message| read_letter(id, &message)))
    }
}

fn id_of(path: &Path) -> Option<Uuid> {
    let is_letter = path.extension().is_some_and(|kind| kind == "eml");
    let name = path.file_stem().filter(|_| is_letter)?.to_str()?;
    name.parse().ok()
}

fn read_letter(id: Uuid, message: &Message<'_>) -> ReadLetter {
    let to = message.to().and_then(|to| to.first());
    let to = to.and_then(|to| to.address()).unwrap_or_default();
    let seconds = message
        .date()
        .map_or(0, mail_parser::DateTime::to_timestamp);
    ReadLetter {
        letter: KeptLetter {
            id,
            at: Timestamp(seconds * 1000),
            to: to.to_owned(),
            subject: message.subject().unwrap_or_default().to_owned(),
        },
        text: message
            .body_text(0)
            .map(|text| text.replace("\r\n", "\n"))
            .unwrap_or_default(),
    }
}

fn failed(error: &std::io::Error) -> NotSent {
    NotSent(format!("the folder of letters: {error}"))
}

#[async_trait]
impl Post for FolderPost {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = message(letter, &self.from)?;
        let kept = self.keep(letter, &message.formatted()).await;
        kept.map_err(|error| failed(&error))
    }

    async fn list(&self) -> Result<Option<Vec<KeptLetter>>, NotSent> {
        let ids = self.ids().await.map_err(|error| failed(&error))?;
        let mut letters = Vec::new();
        for id in ids.into_iter().take(LISTED) {
            letters.extend(self.read(id).await?.map(|read| read.letter));
        }
        Ok(Some(letters))
    }

    async fn get(&self, id: Uuid) -> Result<Option<ReadLetter>, NotSent> {
        self.read(id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Country, Language};
    use service::mail::{Content, OneTimeLink};
    use std::os::unix::fs::PermissionsExt;

    fn letter(n: u128, token: &str) -> Letter {
        Letter {
            id: Uuid::from_u128(n),
            at: Timestamp(1_795_000_000_000),
            to: "anna.weber@muster.example".to_owned(),
            language: Language::German,
            country: Country::Germany,
            content: Content::Registration {
                name: "Änne Weber".to_owned(),
                login_name: "anna.weber@muster".to_owned(),
                link: OneTimeLink::new("https://klinke.example", token),
                good_until: Timestamp(1_795_600_000_000),
            },
        }
    }

    #[tokio::test]
    async fn letters_of_the_same_moment_make_room_for_each_other() {
        let data = tempfile::tempdir().unwrap();
        let post = FolderPost::new(data.path().to_owned()).unwrap();
        for n in 0..KEPT as u128 {
            std::fs::write(post.path(Uuid::from_u128(n)), "").unwrap();
        }
        let letters: Vec<_> = (0..16).map(|n| letter(KEPT as u128 + n, "link")).collect();
        let sent = letters.iter().map(|letter| post.send(letter));
        for sent in futures_util::future::join_all(sent).await {
            sent.unwrap();
        }
        assert_eq!(post.ids().await.unwrap().len(), KEPT);
    }

    #[tokio::test]
    async fn u10_without_a_mail_server_letters_are_files_that_the_operator_reads() {
        let data = tempfile::tempdir().unwrap();
        let post = FolderPost::new(data.path().join("mail")).unwrap();
        for (n, token) in [(1_u128, "first"), (2, "second")] {
            post.send(&letter(n, token)).await.unwrap();
        }
        let file = data
            .path()
            .join("mail")
            .join(format!("{}.eml", Uuid::from_u128(1)));
        let mode = std::fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let list = post.list().await.unwrap().unwrap();
        assert_eq!(list[0].id, Uuid::from_u128(2), "the newest first");
        assert_eq!(list[0].subject, "Ihr Zugang zu Klinke");
        assert_eq!(list[0].at, Timestamp(1_795_000_000_000));
        let read = post.get(Uuid::from_u128(1)).await.unwrap().unwrap();
        assert_eq!(read.letter.to, "anna.weber@muster.example");
        assert!(read.text.contains("Guten Tag Änne Weber,"), "{}", read.text);
        assert!(
            read.text
                .lines()
                .any(|line| line == "https://klinke.example/password/first"),
            "{}",
            read.text
        );
        assert!(post.get(Uuid::from_u128(3)).await.unwrap().is_none());
    }
}
