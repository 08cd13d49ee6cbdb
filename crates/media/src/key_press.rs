//! Keys pressed on the phone (RFC 4733 §2): many packets for each, told once.

const KEYS: [char; 16] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D',
];

#[derive(Default)]
pub(crate) struct KeyPresses {
    /// Timestamp of the last event: the same in all its packets.
    last: Option<u32>,
}

impl KeyPresses {
    /// The key, at the first packet of its event. Late packets of an older event are passed over.
    pub(crate) fn take(&mut self, timestamp: u32, payload: &[u8]) -> Option<char> {
        let [event, _, _, _] = payload.first_chunk::<4>()?;
        let is_old = |last: u32| timestamp.wrapping_sub(last).cast_signed() <= 0;
        if self.last.is_some_and(is_old) {
            return None;
        }
        let key = KEYS.get(usize::from(*event))?;
        self.last = Some(timestamp);
        Some(*key)
    }
}
