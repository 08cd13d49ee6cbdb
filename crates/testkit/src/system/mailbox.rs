//! The post of a test: keeps every letter, as it reads.

use std::sync::{Mutex, PoisonError};

use service::mail::{KeptLetter, Letter, NotSent, Post, ReadLetter};
use web::letter::{self, Rendered};

/// A letter that has arrived.
#[derive(Clone)]
pub struct Mail {
    /// What it was made of.
    pub letter: Letter,
    /// How it reads.
    pub rendered: Rendered,
}

impl Mail {
    /// The path of the one-time link in it.
    #[must_use]
    #[track_caller]
    pub fn path(&self) -> String {
        let text = &self.rendered.text;
        let at = text.find("/password/").expect("a link in the letter");
        text[at..].lines().next().unwrap().to_owned()
    }

    /// The secret of the one-time link in it.
    #[must_use]
    #[track_caller]
    pub fn token(&self) -> String {
        self.path()["/password/".len()..].to_owned()
    }
}

/// Where letters arrive.
#[derive(Default)]
pub struct Mailbox {
    letters: Mutex<Vec<Mail>>,
    broken: Mutex<bool>,
}

impl Mailbox {
    /// All letters to an address, the oldest first.
    #[must_use]
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let letters = self.all();
        let wanted = letters.into_iter().filter(|mail| mail.letter.to == address);
        wanted.collect()
    }

    /// The newest letter to an address.
    #[must_use]
    #[track_caller]
    pub fn newest(&self, address: &str) -> Mail {
        let newest = self.to(address).pop();
        newest.unwrap_or_else(|| panic!("no letter to {address}"))
    }

    /// All letters, the oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Mail> {
        let letters = self.letters.lock();
        letters.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on the post takes no letter, or takes them again.
    pub fn break_down(&self, broken: bool) {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = broken;
    }

    fn keep(&self, mail: Mail) {
        let letters = self.letters.lock();
        letters.unwrap_or_else(PoisonError::into_inner).push(mail);
    }
}

fn kept(mail: &Mail) -> KeptLetter {
    KeptLetter {
        id: mail.letter.id,
        at: mail.letter.at,
        to: mail.letter.to.clone(),
        subject: mail.rendered.subject.clone(),
    }
}

#[async_trait::async_trait]
impl Post for Mailbox {
    async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        if *self.broken.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(NotSent("broken".to_owned()));
        }
        self.keep(Mail {
            letter: letter.clone(),
            rendered: letter::render(letter).unwrap(),
        });
        Ok(())
    }

    async fn list(&self) -> Result<Option<Vec<KeptLetter>>, NotSent> {
        Ok(Some(self.all().iter().rev().map(kept).collect()))
    }

    async fn get(&self, id: uuid::Uuid) -> Result<Option<ReadLetter>, NotSent> {
        let letters = self.all();
        let found = letters.iter().find(|mail| mail.letter.id == id);
        Ok(found.map(|mail| ReadLetter {
            letter: kept(mail),
            text: mail.rendered.text.clone(),
        }))
    }
}
