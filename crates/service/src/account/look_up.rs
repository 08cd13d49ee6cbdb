//! Finding an account by what somebody typed, and telling how it logs in.

use model::Country;
use store::{Account, Tenant, Tx};

use crate::Result;

/// More characters than any name has: username, `@`, enterprise.
const LONGEST_NAME: usize = 200;

/// A login name as it was typed, as names are compared.
pub(crate) fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.chars().take(LONGEST_NAME).collect()
}

/// The account that logs in as `username@enterprise`, the operator without `@`.
pub(crate) async fn by_login_name(tx: &mut dyn Tx, name: &str) -> Result<Option<Account>> {
    let name = folded(name);
    // No name holds a control character, and PostgreSQL takes no NUL.
    if name.contains(char::is_control) {
        return Ok(None);
    }
    let (username, domain) = match name.split_once('@') {
        Some((username, domain)) => (username, Some(domain)),
        None => (name.as_str(), None),
    };
    Ok(tx.account().get_by_login(domain, username).await?)
}

/// Where an account is at home.
pub(crate) struct Home {
    /// What it logs in as: `username@enterprise`, the operator without `@`.
    pub(crate) login_name: String,
    /// The enterprise's country; the operator's is that of the language.
    pub(crate) country: Country,
}

/// Where the account is at home; `None` when its enterprise is gone.
pub(crate) async fn home(tx: &mut dyn Tx, account: &Account) -> Result<Option<Home>> {
    let Some(id) = account.grant.enterprise() else {
        let country = match account.language {
            model::Language::German => Country::Germany,
            model::Language::English => Country::UnitedKingdom,
        };
        let login_name = account.username.clone();
        return Ok(Some(Home {
            login_name,
            country,
        }));
    };
    let enterprise = tx.enterprise().get(Tenant::Enterprise(id), id).await?;
    Ok(enterprise.map(|enterprise| Home {
        login_name: format!("{}@{}", account.username, enterprise.domain),
        country: enterprise.country,
    }))
}
