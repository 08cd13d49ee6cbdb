//! The first start: an operator without a password, and the one-time link to set it.

use model::{AccountId, Grant, Language};
use store::{LinkPurpose, NewAccount};

use crate::{Env, Result, password};

/// The username of the operator.
pub const OPERATOR: &str = "operator";

/// Makes the operator's account on the first start. While the operator has no password, every start answers the token of a
/// new one-time link; afterwards `None`.
///
/// # Errors
/// When the database fails.
pub async fn operator_link(env: &Env) -> Result<Option<String>> {
    let mut tx = env.write().await?;
    if tx.account().operator_is_set_up().await? {
        return Ok(None);
    }
    let id = match tx.account().get_by_login(None, OPERATOR).await? {
        Some(account) => account.id,
        None => {
            let id = AccountId(env.id());
            let account = NewAccount {
                id,
                grant: &Grant::Operator,
                username: OPERATOR,
                username_folded: OPERATOR,
                email: "",
                language: Language::English,
                created_at: env.now(),
            };
            tx.account().insert(&account).await?;
            id
        }
    };
    let token = password::new_link(env, tx.as_mut(), id, LinkPurpose::HandedOver).await?;
    tx.commit().await?;
    Ok(Some(token))
}
