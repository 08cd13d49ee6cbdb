//! Users.

use model::{Limit, SiteId, User, UserDraft, fold};
use service::{
    Actor, Result, number,
    user::{self, AddUser, Added},
};

use crate::{TestEnterprise, TestSystem};

impl TestSystem {
    /// What an administrator types for a new user: the next free number of the site, package `standard`, a desk phone.
    pub async fn draft(&self, site: SiteId, name: &str) -> UserDraft {
        let free = number::list(&self.env, &self.operator, site, true, None, Limit::new(1))
            .await
            .unwrap();
        let number = free
            .items
            .first()
            .map(|free| free.number.to_string())
            .unwrap_or_default();
        let (first_name, last_name) = name.split_once(' ').unwrap();
        let username = fold(name)
            .replace(' ', ".")
            .replace(|c: char| !c.is_alphanumeric() && c != '.', "");
        UserDraft {
            number,
            package: "standard".to_owned(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: format!("{username}@muster.example"),
            username,
            desk_phone_type: "yealink-t54w".to_owned(),
            ..UserDraft::default()
        }
    }

    /// Somebody tries to add a user.
    ///
    /// # Errors
    /// As [`user::add`].
    pub async fn add(&self, actor: &Actor, site: SiteId, draft: UserDraft) -> Result<Added> {
        let request = AddUser {
            site,
            draft,
            idempotency_key: None,
        };
        user::add(&self.env, actor, &request).await
    }

    /// The enterprise's administrator adds a user at its first site; the user is Pending.
    pub async fn add_user(&self, enterprise: &TestEnterprise, name: &str) -> Added {
        let site = enterprise.site.id();
        let draft = self.draft(site, name).await;
        self.add(&enterprise.admin, site, draft).await.unwrap()
    }

    /// A user that the operator has activated.
    pub async fn active_user(&self, enterprise: &TestEnterprise, name: &str) -> User {
        let user = self.add_user(enterprise, name).await.user;
        self.activate(user.id).await
    }
}
