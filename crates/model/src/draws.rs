//! Random numbers that follow from one: whoever asks for them gives the first, so that nothing here is chance.

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
#[derive(Clone, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    /// Everything that is drawn follows from this number.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The place of a weight, each by its share of the whole; `None` when nothing weighs anything.
    pub(crate) fn by_weight(&mut self, weights: &[u8]) -> Option<usize> {
        let total = weights.iter().map(|weight| u64::from(*weight)).sum();
        if total == 0 {
            return None;
        }
        let mut left = self.below(total);
        weights
            .iter()
            .position(|weight| match left.checked_sub((*weight).into()) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            })
    }

    /// Less than `bound`; the high half of a product is as even as 64 bits can be.
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let product = u128::from(mixed) * u128::from(bound);
        u64::try_from(product >> 64).unwrap_or_default()
    }
}
