//! Our tags: shard, place of the leg, random number. A request in a dialog finds its leg by them.

use crate::message::{Message, Span};
use crate::transaction::{Branch, hex, unhex};

pub(super) struct Tag {
    pub(super) shard: u8,
    pub(super) leg: usize,
    pub(super) random: u64,
}

impl Tag {
    pub(super) fn write(&self) -> Vec<u8> {
        let leg = u64::try_from(self.leg).unwrap_or(u64::MAX);
        [hex(self.shard.into(), 2), hex(leg, 8), hex(self.random, 16)].concat()
    }

    pub(super) fn read(text: &[u8]) -> Option<Tag> {
        if text.len() != 26 {
            return None;
        }
        let shard = u8::try_from(unhex(&text[..2])?).ok()?;
        let leg = usize::try_from(unhex(&text[2..10])?).ok()?;
        Some(Tag {
            shard,
            leg,
            random: unhex(&text[10..])?,
        })
    }
}

/// Which of `shards` engines a message belongs to: responses by branch, requests in a dialog by tag, others by Call-ID.
#[must_use]
pub fn shard_of(message: &Message, shards: usize) -> usize {
    let get = |span: Span| message.get(span);
    let named = match message.method() {
        None => Branch::read(get(message.via.branch)).map(|(shard, _)| shard),
        Some(_) => Tag::read(get(message.to.tag)).map(|tag| tag.shard),
    };
    let spread = || {
        get(message.call_id).iter().fold(7usize, |sum, c| {
            sum.wrapping_mul(31).wrapping_add((*c).into())
        })
    };
    named.map_or_else(spread, usize::from) % shards.max(1)
}
