//! An upload on its way in: how many at once, how large, and what becomes of the file.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use media::{
    Sound,
    convert::{self, Refused},
};
use model::{AudioFault, EnterpriseId, Field, Problem};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Larger files are refused, in bytes.
pub const LARGEST: usize = convert::LARGEST;
/// Longer sounds are refused, in seconds.
pub const LONGEST_S: u32 = convert::LONGEST_S;
/// How many uploads may be on their way at once; each holds its file, and no more than [`LARGEST`].
const AT_ONCE: usize = 16;
/// How many of them may be one enterprise's, so that slow ones keep nobody else away.
const OF_ONE: usize = 4;
/// When whoever came too many may try again, in seconds.
const RETRY_AFTER_S: i64 = 10;

/// Bounds what uploads cost.
pub(crate) struct Uploads {
    coming: Arc<Mutex<HashMap<EnterpriseId, usize>>>,
    /// Converting takes a core and ten times the file: one after another.
    converting: Semaphore,
}

impl Default for Uploads {
    fn default() -> Self {
        Self {
            coming: Arc::default(),
            converting: Semaphore::new(1),
        }
    }
}

/// A place among the uploads that are on their way.
struct Place {
    coming: Arc<Mutex<HashMap<EnterpriseId, usize>>>,
    of: EnterpriseId,
}

impl Place {
    fn take(coming: &Arc<Mutex<HashMap<EnterpriseId, usize>>>, of: EnterpriseId) -> Option<Self> {
        let mut counts = coming.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, own) = (counts.values().sum::<usize>(), counts.get(&of).copied());
        if all >= AT_ONCE || own.unwrap_or_default() >= OF_ONE {
            return None;
        }
        *counts.entry(of).or_default() += 1;
        let coming = coming.clone();
        Some(Self { coming, of })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.of) {
            *count -= 1;
        }
        counts.retain(|_, count| *count > 0);
    }
}

impl Uploads {
    pub(super) fn begin(&self, enterprise: EnterpriseId) -> Result<Upload> {
        let place = Place::take(&self.coming, enterprise);
        let place = place.ok_or(Error::TooManyAttempts {
            retry_after_s: RETRY_AFTER_S,
        })?;
        Ok(Upload {
            file: convert::Upload::default(),
            is_empty: true,
            place,
        })
    }

    pub(super) async fn convert(&self, upload: Upload) -> Result<Sound> {
        if upload.is_empty {
            return Err(Error::field(Field::Audio, Problem::Required));
        }
        let turn = self.converting.acquire().await;
        let _turn = turn.map_err(|_| Error::Internal("converting has stopped"))?;
        let Upload { file, place, .. } = upload;
        let done = tokio::task::spawn_blocking(move || {
            let done = file.finish();
            drop(place);
            done
        });
        let done = done.await;
        done.map_err(|_| Error::Internal("converting panicked"))?
            .map_err(refused)
    }
}

/// A file that is coming in, for an owner whose sounds the actor may set.
pub struct Upload {
    file: convert::Upload,
    /// Whether anything has come.
    is_empty: bool,
    place: Place,
}

impl Upload {
    /// Takes the next piece.
    ///
    /// # Errors
    /// `Invalid` as soon as there is more than is taken; nothing further need be read.
    pub fn push(&mut self, piece: &[u8]) -> Result<()> {
        self.is_empty &= piece.is_empty();
        self.file.push(piece).map_err(refused)
    }
}

fn refused(why: Refused) -> Error {
    let fault = match why {
        Refused::NotWav => AudioFault::NotWav,
        Refused::Compressed => AudioFault::Compressed,
        Refused::Unusual => AudioFault::Unusual,
        Refused::TooLong => AudioFault::TooLong,
        Refused::TooLarge => AudioFault::TooLarge,
        Refused::Empty => AudioFault::Empty,
    };
    Error::field(Field::Audio, fault.problem())
}
