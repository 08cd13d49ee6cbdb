//! Users: add, look at, list, modify, delete.

mod add;
mod delete;
pub mod draft;
mod get;
mod list;
mod meanwhile;
mod modify;
mod obstacle;

pub use add::{AddUser, Added, add, may_add};
pub(crate) use delete::remove;
pub use delete::{Deletion, delete, deletion_preview};
pub use get::{get, login_name};
pub(crate) use list::search_text;
pub use list::{Filter, ListUsers, UserPage, list};
pub(crate) use list::{filter, scope};
pub use meanwhile::meanwhile;
pub use modify::{Modified, may_modify, modify};
pub(crate) use obstacle::extension_taken;
