//! Access to accounts: the own one, forgotten passwords, and what administrators do for others.

mod change_password;
mod forgotten;
mod look_up;
mod own;
mod registration_email;
mod reset;

pub use change_password::{ChangePassword, change_password};
pub use forgotten::{forgot_password, forgot_username};
pub use own::{OwnAccount, OwnSession, end_other_sessions, own, set_language};
pub use registration_email::send_registration_email;
pub use reset::{Access, access, reset, resettable};

pub(crate) use look_up::{Home, by_login_name, folded, home};
