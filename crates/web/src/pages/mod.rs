//! The pages, one file each.

pub mod activation;
pub mod activation_cancel;
pub mod activity;
pub mod administrator;
pub mod badge;
pub mod call;
pub mod choose_site;
pub mod enterprise;
pub mod error;
pub mod home;
pub mod licence;
pub mod login;
pub mod login_details;
pub mod number_range;
pub mod password;
pub mod phone;
pub mod site;
pub mod telephony;
pub mod user;
pub mod user_delete;
pub mod user_form;
pub mod user_list;
pub mod user_step;
