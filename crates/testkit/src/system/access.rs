//! Actors. Only authentication makes one, so each logs in or shows an API token.

use std::net::{IpAddr, Ipv4Addr};

use model::{Role, SiteId, UserId};
use service::{
    Actor, Env,
    administrator::{self, AddAdministrator},
    api_token, password,
    secret::sha256,
    session, setup,
};
use store::LinkPurpose;

use crate::{TestEnterprise, TestSite, TestSystem};

/// The password of everybody who has one.
pub const PASSWORD: &str = "Klinke-im-Test-7";

/// Where everybody logs in from.
pub const SOURCE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

pub(crate) async fn by_token(
    env: &Env,
    role: Role,
    enterprise: Option<&str>,
    site: Option<&str>,
) -> Actor {
    let token = api_token::add(env, role, enterprise, site).await.unwrap();
    api_token::authenticate(env, &token).await.unwrap()
}

impl TestSystem {
    /// An administrator of the enterprise, by an API token.
    pub async fn enterprise_admin(&self, enterprise: &TestEnterprise) -> Actor {
        by_token(
            &self.env,
            Role::EnterpriseAdmin,
            Some(enterprise.domain()),
            None,
        )
        .await
    }

    /// An administrator of one site, by an API token.
    pub async fn site_admin(&self, enterprise: &TestEnterprise, site: &TestSite) -> Actor {
        by_token(
            &self.env,
            Role::SiteAdmin,
            Some(enterprise.domain()),
            Some(site.name()),
        )
        .await
    }

    /// Adds an administrator of these sites, or of the whole enterprise, and answers the name to log in with [`PASSWORD`].
    pub async fn add_administrator(
        &self,
        enterprise: &TestEnterprise,
        username: &str,
        sites: &[SiteId],
    ) -> String {
        let role = if sites.is_empty() {
            Role::EnterpriseAdmin
        } else {
            Role::SiteAdmin
        };
        let request = AddAdministrator {
            role: role.name().to_owned(),
            sites: sites.to_vec(),
            username: username.to_owned(),
            email: format!("{username}@muster.example"),
            language: "en".to_owned(),
        };
        let added = administrator::add(&self.env, &self.operator, enterprise.id(), &request).await;
        password::set(&self.env, &added.unwrap().1, PASSWORD)
            .await
            .unwrap();
        format!("{username}@{}", enterprise.domain())
    }

    /// Gives the operator a password and answers the name to log in with [`PASSWORD`].
    pub async fn let_operator_log_in(&self) -> String {
        let token = setup::operator_link(&self.env).await.unwrap();
        password::set(&self.env, &token.unwrap(), PASSWORD)
            .await
            .unwrap();
        setup::OPERATOR.to_owned()
    }

    /// Gives the user a password and answers the name to log in with [`PASSWORD`].
    pub async fn let_log_in(&self, enterprise: &TestEnterprise, user: UserId) -> String {
        let username = service::user::get(&self.env, &self.operator, user)
            .await
            .unwrap()
            .username
            .folded();
        let mut tx = self.env.store.write().await.unwrap();
        let account = tx
            .account()
            .get_by_login(Some(enterprise.domain()), &username)
            .await
            .unwrap()
            .unwrap();
        let (token, expires_at) = (format!("link for {user}"), self.env.now().plus_seconds(60));
        tx.password_link()
            .put(
                account.id,
                LinkPurpose::HandedOver,
                &sha256(token.as_bytes()),
                expires_at,
            )
            .await
            .unwrap();
        tx.commit().await.unwrap();
        password::set(&self.env, &token, PASSWORD).await.unwrap();
        format!("{username}@{}", enterprise.domain())
    }

    /// Logs in with [`PASSWORD`].
    pub async fn log_in(&self, name: &str) -> Actor {
        let token = session::login(&self.env, name, PASSWORD, SOURCE)
            .await
            .unwrap();
        session::authenticate(&self.env, &token)
            .await
            .unwrap()
            .actor
    }

    /// The user as an actor.
    pub async fn as_user(&self, enterprise: &TestEnterprise, user: UserId) -> Actor {
        let name = self.let_log_in(enterprise, user).await;
        self.log_in(&name).await
    }
}
