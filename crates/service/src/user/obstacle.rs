//! What can stand in the way of a user because somebody else has it.

use model::{Extension, Field, PhoneNumber, Problem, Problems, Username};
use store::{Place, Tx};

use crate::{Actor, Result};

/// Notes whether somebody in the enterprise logs in with this username.
pub(super) async fn username(
    tx: &mut dyn Tx,
    place: &Place,
    username: &Username,
    problems: &mut Problems,
) -> Result<()> {
    let domain = Some(place.enterprise.domain.as_str());
    let folded = username.folded();
    if tx.account().get_by_login(domain, &folded).await?.is_some() {
        problems.add(Field::Username, Problem::Taken);
    }
    Ok(())
}

/// Notes whether the number is none of the site's free ones.
pub(super) async fn number(
    tx: &mut dyn Tx,
    place: &Place,
    number: &PhoneNumber,
    problems: &mut Problems,
) -> Result<()> {
    if !tx.number().is_available(place.site.id, number).await? {
        problems.add(Field::Number, Problem::NumberNotAvailable);
    }
    Ok(())
}

/// Who has the extension, if the actor may know (U4), and one that is free.
pub(crate) async fn extension_taken(
    tx: &mut dyn Tx,
    actor: &Actor,
    place: &Place,
    extension: &Extension,
) -> Result<Problem> {
    let enterprise = place.enterprise.id;
    let holder = tx.user().extension_holder(enterprise, extension).await?;
    let by = holder
        .filter(|holder| actor.may_name(enterprise, holder.site))
        .map(|holder| holder.name);
    let taken = tx.user().list_extensions(enterprise, extension).await?;
    Ok(Problem::ExtensionTaken {
        by,
        suggestion: extension.next_free(&taken),
    })
}
