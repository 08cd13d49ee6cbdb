//! Hunt groups: add, look at, list, modify, delete (G3).

mod add;
mod check;
mod delete;
mod get;
mod list;
mod modify;

pub use add::{add, may_add};
pub use delete::{Deletion, delete, deletion_preview};
pub use get::{DraftSeat, HuntGroupView, SeatView, draft_seats, get};
pub use list::{Listed, candidates, count, list};
pub use modify::modify;
