//! Lists users: searched, filtered, sorted, in pages.

use model::{
    Action, Cursor, Direction, EnterpriseId, Field, Grant, Limit, Page, Problem, SiteId, Target,
    User, UserSort, fold,
};
use store::{Tx, UserFilter, UserList, UserScope};

use crate::{Actor, Env, Error, Result};

/// Which users are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of one site.
    pub site: Option<SiteId>,
    /// Of one enterprise; without site and enterprise, of everything that the actor administers.
    pub enterprise: Option<EnterpriseId>,
    /// In this state.
    pub state: Option<String>,
    /// With this in name, username, email, number or extension.
    pub search: Option<String>,
}

/// A page that is asked for.
#[derive(Clone, Debug, Default)]
pub struct ListUsers {
    /// Which users.
    pub filter: Filter,
    /// Sorted by.
    pub sort: UserSort,
    /// Up or down.
    pub direction: Direction,
    /// From where.
    pub cursor: Option<Cursor>,
    /// How many.
    pub limit: Limit,
    /// Whether to count all that match.
    pub count: bool,
}

/// A page, and how many there are in all.
#[derive(Debug)]
pub struct UserPage {
    /// The users.
    pub page: Page<User>,
    /// How many match, counted up to 10,000; when asked for.
    pub count: Option<i64>,
}

/// A page of users.
///
/// # Errors
/// `NotFound` for a site or enterprise the actor may not know of, `Forbidden` for users (R4).
pub async fn list(env: &Env, actor: &Actor, asked: ListUsers) -> Result<UserPage> {
    let mut tx = env.read().await?;
    let scope = scope(actor, tx.as_mut(), &asked.filter).await?;
    let filter = filter(&asked.filter)?;
    let count = match asked.count {
        true => Some(tx.user().count(scope, &filter).await?),
        false => None,
    };
    let ListUsers {
        sort,
        direction,
        cursor,
        limit,
        ..
    } = asked;
    let page = tx
        .user()
        .list(&UserList {
            scope,
            filter,
            sort,
            direction,
            cursor,
            limit,
        })
        .await?;
    Ok(UserPage { page, count })
}

async fn scope(actor: &Actor, tx: &mut dyn Tx, filter: &Filter) -> Result<UserScope> {
    if let Some(site) = filter.site {
        return Ok(UserScope::Site(
            actor.site(tx, site, Action::ListUsers).await?.site.id,
        ));
    }
    if let Some(enterprise) = filter.enterprise {
        let enterprise = actor.enterprise(tx, enterprise, Action::ListUsers).await?;
        if *actor.grant() == Grant::Operator {
            return Ok(UserScope::Enterprise(enterprise.id));
        }
    }
    match actor.grant() {
        Grant::Operator => Ok(UserScope::Installation),
        Grant::EnterpriseAdmin(enterprise) => Ok(UserScope::Enterprise(*enterprise)),
        Grant::SiteAdmin(enterprise, sites) => match (sites.as_slice(), actor.account()) {
            ([only], _) => Ok(UserScope::Site(*only)),
            (_, Some(account)) => Ok(UserScope::SitesOf(*enterprise, account)),
            (_, None) => Err(Error::Forbidden),
        },
        Grant::User(enterprise, _) => {
            actor.authorise(Action::ListUsers, Target::Enterprise(*enterprise))?;
            Err(Error::Forbidden)
        }
    }
}

fn filter(filter: &Filter) -> Result<UserFilter> {
    let state = filter.state.clone().filter(|state| !state.is_empty());
    if state
        .as_deref()
        .is_some_and(|state| !matches!(state, "pending" | "activated" | "failed"))
    {
        return Err(Error::field(Field::State, Problem::Unknown));
    }
    let search = filter
        .search
        .as_deref()
        .map(search_text)
        .filter(|text| !text.is_empty());
    Ok(UserFilter { state, search })
}

/// The text to look for: folded; of what looks like a number only the digits, without the national prefix. Control
/// characters are left out: no text of ours holds one, and PostgreSQL takes no NUL.
pub(crate) fn search_text(typed: &str) -> String {
    let visible = typed.chars().filter(|c| !c.is_control());
    let typed: String = visible.take(100).collect();
    let typed = typed.trim();
    let is_number = typed.chars().any(|c| c.is_ascii_digit())
        && typed
            .chars()
            .all(|c| c.is_ascii_digit() || " +-/()".contains(c));
    if !is_number {
        return fold(typed);
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let has_separators = digits.len() < typed.len();
    if has_separators || digits.len() > 6 {
        digits.trim_start_matches('0').to_owned()
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::search_text;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for typed in [
            "0211 1234567",
            "02111234567",
            "+49 211/1234567",
            "0211-123 45 67",
        ] {
            let digits = search_text(typed);
            assert!("+492111234567".contains(&digits), "{typed} became {digits}");
        }
        assert_eq!(search_text("0815"), "0815");
        assert_eq!(search_text("  Müller "), "muller");
        assert_eq!(search_text("\0"), "");
    }
}
