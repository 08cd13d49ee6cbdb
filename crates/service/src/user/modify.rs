//! Changes a user (C1–C3): configuration once active, everything else at any time.

use model::{
    Action, Difference, Field, Holder, JournalAction, LoginDetails, NewUser, Problem, Problems,
    User, UserId, UserPatch, differences,
};
use store::{Place, Tx, Updated};

use super::obstacle;
use crate::{
    Actor, Env, Error, Result,
    journal::{self, Subject},
    secret::new_login_details,
};

/// What was done.
#[derive(Debug)]
pub struct Modified {
    /// The user as it is now.
    pub user: User,
    /// New login details, shown this once, where number or desk phone have changed (C2).
    pub login_details: Option<LoginDetails>,
}

/// The user and its site, for an actor who may change the user.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (C1).
pub async fn may_modify(env: &Env, actor: &Actor, id: UserId) -> Result<(User, Place)> {
    let mut tx = env.read().await?;
    let user = actor.user(tx.as_mut(), id, Action::ModifyUser).await?;
    let place = actor.site(tx.as_mut(), user.site, Action::ViewSite).await?;
    Ok((user, place))
}

/// Changes a user, unless it has changed since `expected_version`.
///
/// # Errors
/// `NotFound` and `Forbidden` by role (C1), `NotActive` for the configuration of a user that is not active (S5), `Invalid`
/// with everything that is wrong, `Changed`.
pub async fn modify(
    env: &Env,
    actor: &Actor,
    id: UserId,
    patch: UserPatch,
    expected_version: Option<i64>,
) -> Result<Modified> {
    let mut tx = env.write().await?;
    let user = actor.user(tx.as_mut(), id, Action::ModifyUser).await?;
    if expected_version.is_some_and(|version| version != user.version) {
        return Err(Error::Changed);
    }
    let place = actor.site(tx.as_mut(), user.site, Action::ViewSite).await?;
    let rule = place.enterprise.extension_rule;
    let new = patch.apply(&user).check(place.site.country, rule)?;
    let different = differences(&user, &new);
    if different.is_empty() {
        return Ok(Modified {
            user,
            login_details: None,
        });
    }
    if !user.state.is_active() && different.iter().any(Difference::is_configuration) {
        return Err(Error::NotActive);
    }
    let mut change = Change {
        actor,
        tx: tx.as_mut(),
        user: &user,
        place: &place,
        new: &new,
    };
    change.look_for_problems().await?;
    change.write().await?;
    let login_details = change.login_details(env, &different).await?;
    let user = new.instead_of(user);
    let changes = different.into_iter().map(|difference| difference.change);
    journal::write(
        env,
        tx.as_mut(),
        actor,
        JournalAction::UserModified,
        Subject::user(&user),
        changes.collect(),
    )
    .await?;
    tx.commit().await?;
    Ok(Modified {
        user,
        login_details,
    })
}

struct Change<'a> {
    actor: &'a Actor,
    tx: &'a mut dyn Tx,
    user: &'a User,
    place: &'a Place,
    new: &'a NewUser,
}

impl Change<'_> {
    /// Says everything that stands in the way, and takes the licences and the number that are new.
    async fn look_for_problems(&mut self) -> Result<()> {
        let mut problems = Problems::default();
        self.look_at_department(&mut problems).await?;
        self.look_at_extension(&mut problems).await?;
        self.look_at_username(&mut problems).await?;
        self.swap_licences(&mut problems).await?;
        self.swap_number(&mut problems).await?;
        Ok(problems.check()?)
    }

    async fn look_at_department(&mut self, problems: &mut Problems) -> Result<()> {
        let Some(department) = self.new.department else {
            return Ok(());
        };
        let found = self.tx.department().get(self.user.site, department).await?;
        if found.is_none() {
            problems.add(Field::Department, Problem::Unknown);
        }
        Ok(())
    }

    async fn look_at_extension(&mut self, problems: &mut Problems) -> Result<()> {
        let (enterprise, extension) = (self.user.enterprise, &self.new.extension);
        let holder = self
            .tx
            .user()
            .extension_holder(enterprise, extension)
            .await?;
        if holder.is_some_and(|holder| holder.holder != Holder::User(self.user.id)) {
            let taken =
                obstacle::extension_taken(self.tx, self.actor, self.place, extension).await?;
            problems.add(Field::Extension, taken);
        }
        Ok(())
    }

    async fn look_at_username(&mut self, problems: &mut Problems) -> Result<()> {
        if self.new.username.folded() == self.user.username.folded() {
            return Ok(());
        }
        obstacle::username(self.tx, self.place, &self.new.username, problems).await
    }

    async fn swap_licences(&mut self, problems: &mut Problems) -> Result<()> {
        let enterprise = self.user.enterprise;
        let (before, after) = (self.user.products(), self.new.products());
        let (before, after): (Vec<_>, Vec<_>) = (before.collect(), after.collect());
        for product in before.iter().filter(|product| !after.contains(product)) {
            self.tx.licence().give_back(enterprise, *product).await?;
        }
        for product in after.iter().filter(|product| !before.contains(product)) {
            if !self.tx.licence().take(enterprise, *product).await? {
                problems.add(
                    product.field(),
                    Problem::NoLicenceLeft { product: *product },
                );
            }
        }
        Ok(())
    }

    async fn swap_number(&mut self, problems: &mut Problems) -> Result<()> {
        if self.new.number == self.user.number {
            return Ok(());
        }
        let (site, id) = (self.user.site, Holder::User(self.user.id));
        self.tx.number().release(site, id).await?;
        if !self.tx.number().assign(site, &self.new.number, id).await? {
            problems.add(Field::Number, Problem::NumberNotAvailable);
        }
        Ok(())
    }

    /// What somebody else took in this very moment is told without looking further.
    async fn write(&mut self) -> Result<()> {
        let (tenant, id) = (self.actor.tenant(), self.user.id);
        let updated = self
            .tx
            .user()
            .update(tenant, id, self.new, self.user.version)
            .await?;
        match updated {
            Updated::Done => {}
            Updated::Meanwhile => return Err(Error::Changed),
            Updated::ExtensionTaken => return Err(Error::field(Field::Extension, Problem::Taken)),
        }
        if !self
            .tx
            .account()
            .update_of_user(tenant, id, self.new)
            .await?
        {
            return Err(Error::field(Field::Username, Problem::Taken));
        }
        Ok(())
    }

    /// C2: another number or desk phone needs new login details; without a desk phone there are none (U5).
    async fn login_details(
        &mut self,
        env: &Env,
        different: &[Difference],
    ) -> Result<Option<LoginDetails>> {
        if !different.iter().any(Difference::ends_login_details) {
            return Ok(None);
        }
        let (tenant, id) = (self.actor.tenant(), self.user.id);
        if self.new.desk_phone_type.is_none() {
            self.tx.phone_login().delete(tenant, id).await?;
            return Ok(None);
        }
        let (details, stored) = new_login_details(env, id, &self.new.number);
        self.tx.phone_login().put(tenant, id, &stored).await?;
        Ok(Some(details))
    }
}
