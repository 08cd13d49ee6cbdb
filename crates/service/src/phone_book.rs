//! The enterprise's phone book, for everybody in it; who does not want to be in it is not.

use model::{Action, Cursor, Limit, LoginName, Page, Target};
use store::PhoneBookEntry;

use crate::{Actor, Env, Error, Result, user::search_text};

/// A colleague.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Name and numbers.
    pub entry: PhoneBookEntry,
    /// Whether a phone is logged in; `None` where that is nobody's business, or there is no phone.
    pub is_registered: Option<bool>,
}

/// A page of the phone book, by last name.
///
/// # Errors
/// `Forbidden` for the operator, who is nobody's colleague.
pub async fn list(
    env: &Env,
    actor: &Actor,
    search: &str,
    cursor: Option<Cursor>,
    limit: Limit,
) -> Result<Page<Colleague>> {
    let enterprise = actor.grant().enterprise().ok_or(Error::Forbidden)?;
    actor.authorise(Action::ReadPhoneBook, Target::Enterprise(enterprise))?;
    let search = Some(search_text(search)).filter(|text| !text.is_empty());
    let mut tx = env.read().await?;
    let page = tx
        .profile()
        .list_phone_book(enterprise, search.as_deref(), cursor.as_ref(), limit)
        .await?;
    let colleague = |entry: PhoneBookEntry| Colleague {
        is_registered: (entry.has_phone && !entry.hides_phone_state)
            .then(|| env.is_logged_in(LoginName::of(&entry.number).as_str())),
        entry,
    };
    Ok(Page {
        items: page.items.into_iter().map(colleague).collect(),
        next: page.next,
        previous: page.previous,
    })
}
