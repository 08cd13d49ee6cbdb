//! Users: add, look at, list, modify, delete.

mod add;
mod delete;
pub mod draft;
mod farewell;
mod get;
mod list;
mod meanwhile;
mod modify;
pub(crate) mod obstacle;

pub use add::{AddUser, Added, add, may_add};
pub(crate) use delete::remove;
pub use delete::{Colleague, Deletion, delete, deletion_preview};
pub use farewell::{Farewell, delete_and_tell};
pub use get::{get, login_name};
pub(crate) use list::search_text;
pub use list::{Filter, ListUsers, UserPage, list};
pub(crate) use list::{filter, scope};
pub use meanwhile::meanwhile;
pub use modify::{Modified, may_modify, modify};
