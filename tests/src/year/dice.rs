//! Chance that is the same for the same seed.

/// `SplitMix64`.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn within(&mut self, low: u32, high: u32) -> u32 {
        let count = u64::from(high.saturating_sub(low)) + 1;
        low.saturating_add(u32::try_from(self.next() % count).unwrap_or(0))
    }

    pub(super) fn one_in(&mut self, sides: u32) -> bool {
        self.within(1, sides) == 1
    }

    /// A place in a list of so many.
    pub(super) fn place(&mut self, count: usize) -> usize {
        let highest = u32::try_from(count.saturating_sub(1)).unwrap_or(u32::MAX);
        usize::try_from(self.within(0, highest)).unwrap_or(0)
    }

    /// One of a list; the default of nothing.
    pub(super) fn of<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.place(list.len())).copied().unwrap_or_default()
    }
}
