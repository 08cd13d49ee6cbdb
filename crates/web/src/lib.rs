//! The portal and, later, the API over the same use cases.
//!
//! A page is a view struct in [`pages`] that holds plain data, and a template in `templates/` that shows it. Sentences
//! come from [`words`], names of the business from [`names`], what is wrong with a form from [`problem`].

pub mod api;
pub mod assets;
mod browser;
mod export;
pub mod format;
pub mod frame;
pub mod help;
mod journal_words;
pub mod language;
pub mod letter;
pub mod names;
pub mod pages;
pub mod parts;
mod portal;
pub mod problem;
pub mod queue_names;
mod renewal_file;
pub mod server;
pub mod sheet;
mod sound;
pub mod words;
