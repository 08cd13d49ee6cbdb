//! Rows of uploaded sounds.

use model::{AudioFile, AudioFileId, Timestamp};
use uuid::Uuid;

use super::parse;
use crate::{Error, Result};

const WHAT: &str = "audio file";

row! {
    /// An uploaded sound, without the sound itself.
    AudioFileRow {
        id: Uuid,
        kind: String,
        name: String,
        duration_ms: i64,
        uploaded_at: i64,
    }
}

impl TryFrom<AudioFileRow> for AudioFile {
    type Error = Error;
    fn try_from(row: AudioFileRow) -> Result<Self> {
        Ok(Self {
            id: AudioFileId(row.id),
            kind: parse(&row.kind, WHAT)?,
            name: parse(&row.name, WHAT)?,
            duration_ms: u32::try_from(row.duration_ms)
                .map_err(|_| Error::Corrupt { what: WHAT })?,
            uploaded_at: Timestamp(row.uploaded_at),
        })
    }
}
