//! Where forwards lead: looked up from what was typed, and named again (C3).

use model::{
    EnterpriseId, ForwardTarget, Holder, NumberState, PhoneNumber, Problem, TypedTarget,
    VirtualUser,
};
use store::{Tenant, Tx};

use crate::Result;

/// A forward's target as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedTarget {
    /// What would be typed: a colleague's extension, or a number.
    pub typed: String,
    /// Name of a colleague or a group.
    pub name: Option<String>,
}

impl NamedTarget {
    pub(crate) fn in_log(&self) -> String {
        match &self.name {
            Some(name) => format!("{name} ({})", self.typed),
            None => self.typed.clone(),
        }
    }
}

/// Whom or what was typed. A user is kept by identity; a group by its number, which renumbering takes along.
pub(crate) async fn find(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    typed: TypedTarget,
) -> Result<std::result::Result<ForwardTarget, Problem>> {
    match typed {
        TypedTarget::Extension(extension) => {
            let found = tx.user().extension_holder(enterprise, &extension).await?;
            match found.map(|found| found.holder) {
                Some(Holder::User(id)) => Ok(Ok(ForwardTarget::User(id))),
                Some(Holder::VirtualUser(id)) => {
                    let tenant = Tenant::Enterprise(enterprise);
                    let group = tx.virtual_user().get(tenant, id).await?;
                    let number = group.map(|group| ForwardTarget::Number(group.number));
                    Ok(number.ok_or(Problem::UnknownExtension))
                }
                None => Ok(Err(Problem::UnknownExtension)),
            }
        }
        TypedTarget::Number(number) => {
            let known = tx.number().get(&number).await?;
            Ok(Ok(match known.map(|known| known.state) {
                Some(NumberState::Assigned(Holder::User(id))) => ForwardTarget::User(id),
                Some(
                    NumberState::Assigned(Holder::VirtualUser(_))
                    | NumberState::Free
                    | NumberState::Reserved,
                )
                | None => ForwardTarget::Number(number),
            }))
        }
    }
}

/// A target in words; of another enterprise's user nothing is told but the number. `None` when the user is gone.
pub(crate) async fn named(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    target: &ForwardTarget,
) -> Result<Option<NamedTarget>> {
    Ok(match target {
        ForwardTarget::Number(number) => {
            let group = group_of(tx, enterprise, number).await?;
            Some(match group {
                Some(group) => NamedTarget {
                    typed: group.extension.to_string(),
                    name: Some(group.name.to_string()),
                },
                None => NamedTarget {
                    typed: number.to_string(),
                    name: None,
                },
            })
        }
        ForwardTarget::User(id) => {
            let called = tx.user().get(Tenant::Installation, *id).await?;
            called.map(|called| {
                if called.enterprise == enterprise {
                    NamedTarget {
                        typed: called.extension.to_string(),
                        name: Some(called.full_name()),
                    }
                } else {
                    NamedTarget {
                        typed: called.number.to_string(),
                        name: None,
                    }
                }
            })
        }
    })
}

/// The hunt group or call centre of the enterprise that has a number.
pub(crate) async fn group_of(
    tx: &mut dyn Tx,
    enterprise: EnterpriseId,
    number: &PhoneNumber,
) -> Result<Option<VirtualUser>> {
    let known = tx.number().get(number).await?;
    match known.map(|known| known.state) {
        Some(NumberState::Assigned(Holder::VirtualUser(id))) => {
            let tenant = Tenant::Enterprise(enterprise);
            Ok(tx.virtual_user().get(tenant, id).await?)
        }
        Some(
            NumberState::Assigned(Holder::User(_)) | NumberState::Free | NumberState::Reserved,
        )
        | None => Ok(None),
    }
}
