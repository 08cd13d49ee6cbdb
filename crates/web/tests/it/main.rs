//! Portal and API through the real router, over a real database; and every template with sample data.

mod api_access;
mod api_activation;
mod api_calls;
mod api_lists;
mod api_modify;
mod api_operator;
mod api_repetition;
mod api_telephony;
mod api_users;
mod bad_input;
mod golden;
mod openapi;
mod portal_activation;
mod portal_calls;
mod portal_edit;
mod portal_live;
mod portal_pages;
mod portal_phone;
mod portal_session;
mod portal_steps;
mod portal_telephony;
mod portal_users;
mod role_matrix;
mod samples;
mod templates;
mod world;
