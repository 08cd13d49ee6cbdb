//! Portal and API through the real router, over a real database.

mod api_access;
mod api_lists;
mod api_operator;
mod api_repetition;
mod api_users;
mod world;
