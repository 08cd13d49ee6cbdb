//! Who acts. Only authentication makes an actor.

use model::{AccountId, Action, Grant, SiteId, Target, User, Verdict, allows};
use store::{Account, ApiToken, Place, Tenant, Tx};
use uuid::Uuid;

use crate::{Error, Result};

/// Somebody who has been authenticated, with what they may do.
#[derive(Clone, Debug)]
pub struct Actor {
    grant: Grant,
    /// Account or API token.
    id: Uuid,
    account: Option<AccountId>,
    name: String,
    on_behalf_of: Option<String>,
}

impl Actor {
    /// The carrier's name in the journal.
    pub const CARRIER: &str = "The carrier";

    pub(crate) fn of_account(account: &Account) -> Self {
        Self {
            grant: account.grant.clone(),
            id: account.id.0,
            account: Some(account.id),
            name: account.username.clone(),
            on_behalf_of: None,
        }
    }

    /// An administrator in the view of a user (R3): may do what the user may, and stays who they are.
    pub(crate) fn for_user(account: &Account, user: &User) -> Self {
        Self {
            grant: Grant::User(user.enterprise, user.id),
            on_behalf_of: Some(user.full_name()),
            ..Self::of_account(account)
        }
    }

    pub(crate) fn of_token(token: &ApiToken) -> Self {
        let name = format!("API {}", token.grant.role().name());
        Self {
            grant: token.grant.clone(),
            id: token.id.0,
            account: None,
            name,
            on_behalf_of: None,
        }
    }

    /// Who calls from the user's own phone, as the call engine has found out.
    pub(crate) fn at_phone(user: &User) -> Self {
        Self {
            grant: Grant::User(user.enterprise, user.id),
            id: user.id.0,
            account: None,
            name: user.full_name(),
            on_behalf_of: None,
        }
    }

    /// Klinke itself: jobs, first start, command line.
    pub(crate) fn system() -> Self {
        Self {
            grant: Grant::Operator,
            id: Uuid::nil(),
            account: None,
            name: "Klinke".to_owned(),
            on_behalf_of: None,
        }
    }

    /// The carrier, by a report that it has signed.
    pub(crate) fn carrier() -> Self {
        Self {
            name: Self::CARRIER.to_owned(),
            ..Self::system()
        }
    }

    /// Who fills the demonstration.
    pub(crate) fn demonstration(grant: Grant) -> Self {
        Self {
            grant,
            ..Self::system()
        }
    }

    /// Role and where it holds.
    #[must_use]
    pub fn grant(&self) -> &Grant {
        &self.grant
    }

    /// Account or API token, whichever it is.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The account, unless it is an API token.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// The name in the journal.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// In whose name the actor acts (R3).
    #[must_use]
    pub fn on_behalf_of(&self) -> Option<&str> {
        self.on_behalf_of.as_deref()
    }

    /// Fails for whoever acts for somebody else: passwords and other secrets are nobody's but the person's own (R3).
    pub(crate) fn in_person(&self) -> Result<()> {
        match self.on_behalf_of {
            Some(_) => Err(Error::Forbidden),
            None => Ok(()),
        }
    }

    /// The border of everything that is looked up for this actor.
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::of(&self.grant)
    }

    /// Fails unless the actor may do this.
    pub(crate) fn authorise(&self, action: Action, target: Target) -> Result<()> {
        match allows(&self.grant, action, target) {
            Verdict::Allowed => Ok(()),
            Verdict::Forbidden => Err(Error::Forbidden),
            Verdict::Hidden => Err(Error::NotFound),
        }
    }

    /// A site that the actor may do this at.
    pub(crate) async fn site(&self, tx: &mut dyn Tx, id: SiteId, action: Action) -> Result<Place> {
        let place = tx
            .site()
            .get(self.tenant(), id)
            .await?
            .ok_or(Error::NotFound)?;
        self.authorise(action, Target::Site(place.enterprise.id, place.site.id))?;
        Ok(place)
    }

    /// A user that the actor may do this to.
    pub(crate) async fn user(
        &self,
        tx: &mut dyn Tx,
        id: model::UserId,
        action: Action,
    ) -> Result<User> {
        let user = tx
            .user()
            .get(self.tenant(), id)
            .await?
            .ok_or(Error::NotFound)?;
        self.authorise(action, Target::User(user.enterprise, user.site, user.id))?;
        Ok(user)
    }

    /// An enterprise that the actor may do this to.
    pub(crate) async fn enterprise(
        &self,
        tx: &mut dyn Tx,
        id: model::EnterpriseId,
        action: Action,
    ) -> Result<model::Enterprise> {
        let enterprise = tx
            .enterprise()
            .get(self.tenant(), id)
            .await?
            .ok_or(Error::NotFound)?;
        self.authorise(action, Target::Enterprise(enterprise.id))?;
        Ok(enterprise)
    }

    /// Whether a person of this site may be named to the actor.
    pub(crate) fn may_name(&self, enterprise: model::EnterpriseId, site: SiteId) -> bool {
        self.grant.knows(Target::Site(enterprise, site))
    }
}
