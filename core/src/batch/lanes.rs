//! Values of the tickets of a block, one beside the other, so that the compiler works on as many at once as the machine can.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

/// Tickets of a block.
pub(super) const BLOCK: usize = 64;

/// A value for each ticket of a block.
pub(super) type Lanes<T = u64> = [T; BLOCK];

#[inline(always)]
pub(super) fn at<T: Copy + Default>(lanes: &Lanes<T>, lane: usize) -> T {
    lanes.get(lane).copied().unwrap_or_default()
}

#[inline(always)]
pub(super) fn put<T>(lanes: &mut Lanes<T>, lane: usize, value: T) {
    if let Some(cell) = lanes.get_mut(lane) {
        *cell = value;
    }
}

/// All ones, or zero.
#[inline(always)]
pub(super) const fn all_if(yes: bool) -> u64 {
    if yes { u64::MAX } else { 0 }
}

/// Moved up by so many bits; zero when these are 64 or more, or negative. Such shifts are what wide registers do by themselves.
#[inline(always)]
pub(super) fn up(mask: u64, bits: i32) -> u64 {
    mask.checked_shl(bits.cast_unsigned()).unwrap_or(0)
}

/// Moved down by so many bits; zero when these are 64 or more, or negative.
#[inline(always)]
pub(super) fn down(mask: u64, bits: i32) -> u64 {
    mask.checked_shr(bits.cast_unsigned()).unwrap_or(0)
}

/// So many of the lowest bits; none when the number is negative.
#[inline(always)]
pub(super) fn below(bits: i32) -> u64 {
    !onward(bits)
}

/// All but so many of the lowest bits; all when the number is negative.
#[inline(always)]
pub(super) fn onward(bits: i32) -> u64 {
    up(u64::MAX, bits.max(0))
}
