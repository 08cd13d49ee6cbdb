//! What can be wrong with a hunt group because of what the database holds.

use model::{
    Field, ForwardTarget, Holder, HuntGroup, HuntGroupSettings, HuntMember, NewHuntGroup, Problem,
    Problems, target_field,
};
use store::{Place, Tx};

use crate::{Actor, Result, forward_target, user::obstacle};

/// A hunt group that is to be written, with what stands in the way.
pub(super) struct Check<'a> {
    pub(super) actor: &'a Actor,
    pub(super) tx: &'a mut dyn Tx,
    pub(super) place: &'a Place,
    pub(super) new: &'a NewHuntGroup,
    /// The group as it is; nothing for a new one.
    pub(super) now: Option<&'a HuntGroup>,
}

impl Check<'_> {
    /// Everything that is wrong at once, or the settings with the targets that were found.
    pub(super) async fn settings(mut self) -> Result<HuntGroupSettings> {
        let mut problems = Problems::default();
        self.look_at_name(&mut problems).await?;
        self.look_at_number(&mut problems).await?;
        self.look_at_extension(&mut problems).await?;
        self.look_at_department(&mut problems).await?;
        let settings = self.look_at_targets(&mut problems).await?;
        self.look_at_members(&mut problems).await?;
        problems.check()?;
        Ok(settings)
    }

    async fn look_at_name(&mut self, problems: &mut Problems) -> Result<()> {
        let (site, name) = (self.place.site.id, &self.new.name);
        let holder = self.tx.virtual_user().holder_of_name(site, name).await?;
        let own = self.now.map(|now| now.virtual_user.id);
        if holder.is_some() && holder != own {
            problems.add(Field::Name, Problem::Taken);
        }
        Ok(())
    }

    async fn look_at_number(&mut self, problems: &mut Problems) -> Result<()> {
        let number = &self.new.number;
        if self
            .now
            .is_some_and(|now| now.virtual_user.number == *number)
        {
            return Ok(());
        }
        obstacle::number(self.tx, self.place, number, problems).await
    }

    async fn look_at_extension(&mut self, problems: &mut Problems) -> Result<()> {
        let (enterprise, extension) = (self.place.enterprise.id, &self.new.extension);
        let found = self.tx.user().extension_holder(enterprise, extension);
        let holder = found.await?.map(|found| found.holder);
        let own = self.now.map(|now| Holder::VirtualUser(now.virtual_user.id));
        if holder.is_some() && holder != own {
            let taken = obstacle::extension_taken(self.tx, self.actor, self.place, extension);
            problems.add(Field::Extension, taken.await?);
        }
        Ok(())
    }

    async fn look_at_department(&mut self, problems: &mut Problems) -> Result<()> {
        let Some(department) = self.new.department else {
            return Ok(());
        };
        let found = self.tx.department().get(self.place.site.id, department);
        if found.await?.is_none() {
            problems.add(Field::Department, Problem::Unknown);
        }
        Ok(())
    }

    async fn look_at_targets(&mut self, problems: &mut Problems) -> Result<HuntGroupSettings> {
        let mut settings = self.new.settings.clone();
        let own = ForwardTarget::Number(self.new.number.clone());
        let before = self.now.map(|now| &now.virtual_user.number);
        for (kind, typed) in self.new.targets.clone() {
            let found = forward_target::find(self.tx, self.place.enterprise.id, typed).await?;
            let found = found.and_then(|target| {
                let is_own = target == own
                    || matches!(&target, ForwardTarget::Number(number) if Some(number) == before);
                if is_own {
                    Err(Problem::ForwardToSelf)
                } else {
                    Ok(target)
                }
            });
            if let Some(target) = problems.note(target_field(kind), found) {
                settings = settings.with_target(kind, target, self.new.no_answer_after_s);
            }
        }
        Ok(settings)
    }

    /// Members are of the same enterprise, and new ones are known to the actor (R4).
    async fn look_at_members(&mut self, problems: &mut Problems) -> Result<()> {
        for HuntMember { user, .. } in &self.new.members {
            let is_there = |now: &HuntGroup| now.members.iter().any(|seat| seat.user == *user);
            if self.now.is_some_and(is_there) {
                continue;
            }
            let tenant = store::Tenant::Enterprise(self.place.enterprise.id);
            let found = self.tx.user().get(tenant, *user).await?;
            let is_known =
                found.is_some_and(|user| self.actor.may_name(user.enterprise, user.site));
            if !is_known {
                problems.add(Field::Members, Problem::Unknown);
                return Ok(());
            }
        }
        Ok(())
    }
}
