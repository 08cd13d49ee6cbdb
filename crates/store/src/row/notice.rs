//! Changes in a notice, as one text in JSON.

use model::NoticeChange;
use serde::{Deserialize, Serialize};

use super::parse;
use crate::{Error, Result};

/// A change as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Stored {
    Group { kind: String, name: String },
    Forward { kind: String },
}

/// Changes as one text.
#[must_use]
pub fn changes_to_json(changes: &[NoticeChange]) -> String {
    let stored = changes.iter().map(|change| match change {
        NoticeChange::Group { kind, name } => Stored::Group {
            kind: kind.to_string(),
            name: name.clone(),
        },
        NoticeChange::Forward(kind) => Stored::Forward {
            kind: kind.id().to_owned(),
        },
    });
    let stored: Vec<_> = stored.collect();
    serde_json::to_string(&stored).expect("texts can always be written as JSON")
}

/// Changes from that text.
///
/// # Errors
/// `Corrupt` for a text that is none.
pub fn changes_from_json(text: &str) -> Result<Vec<NoticeChange>> {
    let stored: Vec<Stored> =
        serde_json::from_str(text).map_err(|_| Error::Corrupt { what: "notice" })?;
    let change = |stored| {
        Ok(match stored {
            Stored::Group { kind, name } => NoticeChange::Group {
                kind: parse(&kind, "kind of a group")?,
                name,
            },
            Stored::Forward { kind } => NoticeChange::Forward(parse(&kind, "kind of a forward")?),
        })
    };
    stored.into_iter().map(change).collect()
}
