//! The post: by SMTP where a mail server is configured, else into files that the operator reads in the portal.

mod folder;
mod message;
mod settings;
mod smtp;

use std::{path::Path, sync::Arc};

use anyhow::Result;
use service::mail::Post;

pub(crate) use settings::{MailSettings, MailTable};

/// The post that was configured.
pub(crate) fn post(settings: Option<&MailSettings>, data: &Path) -> Result<Arc<dyn Post>> {
    Ok(match settings {
        Some(settings) => Arc::new(smtp::SmtpPost::new(settings)?),
        None => Arc::new(folder::FolderPost::new(data.join("mail"))?),
    })
}
