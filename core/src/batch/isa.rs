//! The instruction sets, behind one small trait: comparisons that end in a mask.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use super::benefits::Table;
use super::limits::{Limits, Place};
use pulp::NullaryFnOnce;

/// What the kernel needs of a machine beside what the compiler makes of plain loops.
pub(super) trait Isa: Copy + Send + Sync {
    /// 64 bytes.
    type Wide: Copy;
    /// Runs a function with the instruction set switched on.
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output;
    /// Which of the first `EIGHTS` times 8 amounts, of a month and those after it, are above their limits, a bit each.
    fn above<const EIGHTS: usize>(self, amounts: &[i32; 64], limits: &Limits, from: Place) -> u64;
    /// The three lowest bits of 64 codes, a mask each.
    fn planes(self, codes: &[u8; 64]) -> [u64; 3];
    /// The bits [`FINE`](super::benefits::FINE), [`IN_PAY`](super::benefits::IN_PAY) and [`OUT`](super::benefits::OUT) of the sums of
    /// what 64 codes of both records add, a mask each; none where the machine does not look up bytes.
    #[inline(always)]
    fn benefits(self, _: &Table, _t2: &[u8; 64], _t16: &[u8; 64]) -> Option<[u64; 3]> {
        None
    }
    /// Asks memory for what lies there and will be read soon, if anything does: into the second cache, for the first is full of what is
    /// read now.
    fn fetch<T>(self, place: *const T);
    /// Bytes side by side.
    fn wide(self, bytes: [u8; 64]) -> Self::Wide;
    /// The same bytes.
    fn bytes(self, wide: Self::Wide) -> [u8; 64];
    /// The bits of the first `EIGHTS` times 8 amounts, with others; of a few more where that is as fast.
    fn with_amounts<const EIGHTS: usize>(self, bits: Self::Wide, amounts: &[i32; 64]) -> Self::Wide;
    /// The higher of 64 codes and of others.
    fn highest(self, highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide;
    /// The higher of the codes after 64, of which that after 255 is 0, and of others.
    fn highest_after(self, highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide;
}

/// An instruction set that the batch can be held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstructionSet {
    /// What every machine of its kind has.
    Baseline,
    /// AVX2 on x86-64.
    Avx2,
    /// AVX-512 on x86-64.
    Avx512,
    /// NEON on `AArch64`.
    Neon,
}

impl InstructionSet {
    /// All names, the plainest first.
    pub const ALL: [Self; 4] = [Self::Baseline, Self::Neon, Self::Avx2, Self::Avx512];

    /// `baseline`, `avx2`, `avx512`, `neon`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::Neon => "neon",
        }
    }

    /// The set of a name; none when there is no such set.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.as_str() == name)
    }

    /// Whether this machine has it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Baseline => pulp::x86::V1::try_new().is_some(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => pulp::x86::V3::try_new().is_some(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => pulp::x86::V4::try_new().is_some(),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Baseline => true,
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx2 | Self::Avx512 => false,
            Self::Neon => cfg!(any(target_arch = "aarch64", test)),
        }
    }

    /// The widest that this machine has.
    #[must_use]
    pub fn best() -> Self {
        Self::ALL.into_iter().rev().find(|set| set.is_available()).unwrap_or(Self::Baseline)
    }
}

/// Plain code, which the compiler turns into what every machine of a kind has: SSE2 on x86-64, NEON on `AArch64`.
#[cfg(any(not(target_arch = "x86_64"), test))]
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

#[cfg(any(not(target_arch = "x86_64"), test))]
impl Isa for Plain {
    type Wide = [u8; 64];
    #[inline(always)]
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
        work.call()
    }
    #[inline(always)]
    fn above<const EIGHTS: usize>(self, amounts: &[i32; 64], limits: &Limits, from: Place) -> u64 {
        let Some(limits) = limits.months(from) else { return 0 };
        let mut mask = 0;
        for (amounts, limits) in amounts.as_chunks::<8>().0.iter().zip(limits.as_chunks::<8>().0).take(EIGHTS).rev() {
            let mut part = 0_u8;
            let mut bit = 1_u8;
            for (amount, limit) in amounts.iter().zip(limits) {
                part |= if amount > limit { bit } else { 0 };
                bit <<= 1;
            }
            mask = mask << 8 | u64::from(part);
        }
        mask
    }
    #[inline(always)]
    fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
        let (chunks, _) = codes.as_chunks::<8>();
        let mut planes = [0; 3];
        for (place, plane) in planes.iter_mut().enumerate() {
            for (index, chunk) in chunks.iter().enumerate() {
                // One bit a byte, gathered into the highest byte.
                let bits = u64::from_le_bytes(*chunk) >> place & 0x0101_0101_0101_0101;
                *plane |= (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (index * 8);
            }
        }
        planes
    }
    #[inline(always)]
    fn fetch<T>(self, _: *const T) {}
    #[inline(always)]
    fn wide(self, bytes: [u8; 64]) -> [u8; 64] {
        bytes
    }
    #[inline(always)]
    fn bytes(self, wide: [u8; 64]) -> [u8; 64] {
        wide
    }
    #[inline(always)]
    fn with_amounts<const EIGHTS: usize>(self, bits: [u8; 64], amounts: &[i32; 64]) -> [u8; 64] {
        let mut all: [u32; 16] = pulp::cast(bits);
        for amounts in amounts.as_chunks::<16>().0.iter().take(EIGHTS.div_ceil(2)) {
            all.iter_mut().zip(amounts).for_each(|(all, amount)| *all |= amount.cast_unsigned());
        }
        pulp::cast(all)
    }
    #[inline(always)]
    fn highest(self, mut highest: [u8; 64], codes: &[u8; 64]) -> [u8; 64] {
        highest.iter_mut().zip(codes).for_each(|(highest, code)| *highest = (*highest).max(*code));
        highest
    }
    #[inline(always)]
    fn highest_after(self, mut highest: [u8; 64], codes: &[u8; 64]) -> [u8; 64] {
        highest.iter_mut().zip(codes).for_each(|(highest, code)| *highest = (*highest).max(code.wrapping_add(1)));
        highest
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Isa, Limits, NullaryFnOnce, Place, Table};
    use crate::batch::benefits::{IN_PAY, OUT};
    use pulp::cast;
    use pulp::x86::{V1, V3, V4};
    use std::arch::x86_64::{__m128i, __m256i, __m512i, _MM_HINT_T1};

    /// What every set does in the same words.
    macro_rules! same_for_all {
        ($wide:ty) => {
            type Wide = $wide;
            #[inline(always)]
            fn wide(self, bytes: [u8; 64]) -> Self::Wide {
                cast(bytes)
            }
            #[inline(always)]
            fn bytes(self, wide: Self::Wide) -> [u8; 64] {
                cast(wide)
            }
            #[inline(always)]
            fn fetch<T>(self, place: *const T) {
                self.sse._mm_prefetch::<_MM_HINT_T1>(place.cast());
            }
        };
    }

    // SSE2, which every x86-64 machine has.
    impl Isa for V1 {
        same_for_all!([__m128i; 4]);
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            work.call()
        }
        #[inline(always)]
        fn above<const EIGHTS: usize>(self, amounts: &[i32; 64], limits: &Limits, from: Place) -> u64 {
            let Some(limits) = limits.months(from) else { return 0 };
            let sse2 = self.sse2;
            let mut mask = 0;
            for (amounts, limits) in
                amounts.as_chunks::<16>().0.iter().zip(limits.as_chunks::<16>().0).take(EIGHTS.div_ceil(2)).rev()
            {
                let ([a0, a1, a2, a3], [b0, b1, b2, b3]): ([__m128i; 4], [__m128i; 4]) =
                    (cast(*amounts), cast(*limits));
                let low = sse2._mm_packs_epi32(sse2._mm_cmpgt_epi32(a0, b0), sse2._mm_cmpgt_epi32(a1, b1));
                let high = sse2._mm_packs_epi32(sse2._mm_cmpgt_epi32(a2, b2), sse2._mm_cmpgt_epi32(a3, b3));
                let part = sse2._mm_movemask_epi8(sse2._mm_packs_epi16(low, high)).cast_unsigned();
                mask = mask << 16 | u64::from(part);
            }
            mask
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let parts: [__m128i; 4] = cast(*codes);
            let mut planes = [0; 3];
            for (place, part) in (0_u32..).zip(parts) {
                // A bit moves to the top of its byte.
                let tops = [
                    self.sse2._mm_slli_epi16::<7>(part),
                    self.sse2._mm_slli_epi16::<6>(part),
                    self.sse2._mm_slli_epi16::<5>(part),
                ];
                for (plane, top) in planes.iter_mut().zip(tops) {
                    *plane |= u64::from(self.sse2._mm_movemask_epi8(top).cast_unsigned())
                        .wrapping_shl(place.wrapping_mul(16));
                }
            }
            planes
        }
        #[inline(always)]
        fn with_amounts<const EIGHTS: usize>(self, mut bits: Self::Wide, amounts: &[i32; 64]) -> Self::Wide {
            for amounts in amounts.as_chunks::<16>().0.iter().take(EIGHTS.div_ceil(2)) {
                let amounts: [__m128i; 4] = cast(*amounts);
                bits.iter_mut().zip(amounts).for_each(|(bits, amounts)| *bits = self.sse2._mm_or_si128(*bits, amounts));
            }
            bits
        }
        #[inline(always)]
        fn highest(self, mut highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            let codes: [__m128i; 4] = cast(*codes);
            for (highest, codes) in highest.iter_mut().zip(codes) {
                *highest = self.sse2._mm_max_epu8(*highest, codes);
            }
            highest
        }
        #[inline(always)]
        fn highest_after(self, mut highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            let (codes, one): ([__m128i; 4], _) = (cast(*codes), cast([1_u8; 16]));
            for (highest, codes) in highest.iter_mut().zip(codes) {
                *highest = self.sse2._mm_max_epu8(*highest, self.sse2._mm_add_epi8(codes, one));
            }
            highest
        }
    }

    impl Isa for V3 {
        same_for_all!([__m256i; 2]);
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above<const EIGHTS: usize>(self, amounts: &[i32; 64], limits: &Limits, from: Place) -> u64 {
            let Some(limits) = limits.months(from) else { return 0 };
            let avx2 = self.avx2;
            let mut parts: [__m256i; 8] = cast([0_u64; 32]);
            let eights = amounts.as_chunks::<8>().0.iter().zip(limits.as_chunks::<8>().0).take(EIGHTS);
            for (part, (amounts, limits)) in parts.iter_mut().zip(eights) {
                *part = avx2._mm256_cmpgt_epi32(cast(*amounts), cast(*limits));
            }
            let [p0, p1, p2, p3, p4, p5, p6, p7] = parts;
            let words = |low, high| avx2._mm256_packs_epi32(low, high);
            let first = avx2._mm256_packs_epi16(words(p0, p1), words(p2, p3));
            // Packing works on the halves of a register: this puts its eight parts in order again.
            let first = avx2._mm256_permutevar8x32_epi32(first, cast([0_u32, 4, 1, 5, 2, 6, 3, 7]));
            let first = u64::from(avx2._mm256_movemask_epi8(first).cast_unsigned());
            if EIGHTS == 5 {
                let rest = self.avx._mm256_movemask_ps(self.avx._mm256_castsi256_ps(p4));
                return u64::from(rest.cast_unsigned()) << 32 | first;
            }
            let rest = avx2._mm256_packs_epi16(words(p4, p5), words(p6, p7));
            let rest = avx2._mm256_permutevar8x32_epi32(rest, cast([0_u32, 4, 1, 5, 2, 6, 3, 7]));
            u64::from(avx2._mm256_movemask_epi8(rest).cast_unsigned()) << 32 | first
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let parts: [__m256i; 2] = cast(*codes);
            let mut planes = [0; 3];
            for (place, part) in (0_u32..).zip(parts) {
                let tops = [
                    self.avx2._mm256_slli_epi16::<7>(part),
                    self.avx2._mm256_slli_epi16::<6>(part),
                    self.avx2._mm256_slli_epi16::<5>(part),
                ];
                for (plane, top) in planes.iter_mut().zip(tops) {
                    let bits = self.avx2._mm256_movemask_epi8(top).cast_unsigned();
                    *plane |= u64::from(bits).wrapping_shl(place.wrapping_mul(32));
                }
            }
            planes
        }
        #[inline(always)]
        fn with_amounts<const EIGHTS: usize>(self, bits: Self::Wide, amounts: &[i32; 64]) -> Self::Wide {
            let [mut low, mut high] = bits;
            for (place, amounts) in amounts.as_chunks::<8>().0.iter().take(EIGHTS).enumerate() {
                let bits = if place % 2 == 0 { &mut low } else { &mut high };
                *bits = self.avx2._mm256_or_si256(*bits, cast(*amounts));
            }
            [low, high]
        }
        #[inline(always)]
        fn benefits(self, table: &Table, t2: &[u8; 64], t16: &[u8; 64]) -> Option<[u64; 3]> {
            let avx2 = self.avx2;
            let [of_t2, of_t16] = table.map(|table| avx2._mm256_broadcastsi128_si256(cast(table)));
            let (t2, t16): ([__m256i; 2], [__m256i; 2]) = (cast(*t2), cast(*t16));
            let mut masks = [0; 3];
            for (place, (t2, t16)) in (0_u32..).zip(t2.into_iter().zip(t16)) {
                let (t2, t16) = (avx2._mm256_shuffle_epi8(of_t2, t2), avx2._mm256_shuffle_epi8(of_t16, t16));
                let sum = avx2._mm256_add_epi8(t2, t16);
                let tops = [sum, avx2._mm256_slli_epi16::<2>(sum), avx2._mm256_slli_epi16::<4>(sum)];
                for (mask, top) in masks.iter_mut().zip(tops) {
                    let bits = avx2._mm256_movemask_epi8(top).cast_unsigned();
                    *mask |= u64::from(bits).wrapping_shl(place.wrapping_mul(32));
                }
            }
            Some(masks)
        }
        #[inline(always)]
        fn highest(self, mut highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            let codes: [__m256i; 2] = cast(*codes);
            for (highest, codes) in highest.iter_mut().zip(codes) {
                *highest = self.avx2._mm256_max_epu8(*highest, codes);
            }
            highest
        }
        #[inline(always)]
        fn highest_after(self, mut highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            let (codes, one): ([__m256i; 2], _) = (cast(*codes), cast([1_u8; 32]));
            for (highest, codes) in highest.iter_mut().zip(codes) {
                *highest = self.avx2._mm256_max_epu8(*highest, self.avx2._mm256_add_epi8(codes, one));
            }
            highest
        }
    }

    impl Isa for V4 {
        same_for_all!(__m512i);
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above<const EIGHTS: usize>(self, amounts: &[i32; 64], limits: &Limits, from: Place) -> u64 {
            let Some((years, places)) = limits.years(from) else { return 0 };
            let (avx512f, half) = (self.avx512f, cast(*years));
            let years = avx512f._mm512_broadcast_i64x4(half);
            let mut masks = [0_u16; 4];
            let parts = amounts.as_chunks::<16>().0.iter().zip(places.as_chunks::<16>().0);
            for (mask, (amounts, places)) in masks.iter_mut().zip(parts).take(EIGHTS / 2) {
                let limits = avx512f._mm512_permutexvar_epi32(cast(*places), years);
                *mask = avx512f._mm512_cmpgt_epi32_mask(cast(*amounts), limits);
            }
            let [m0, m1, mut m2, m3] = masks.map(u32::from);
            if EIGHTS == 5 {
                let [_, _, _, _, amounts, ..]: [[i32; 8]; 8] = cast(*amounts);
                let [_, _, _, _, places, ..]: [[i32; 8]; 8] = cast(*places);
                let limits = self.avx2._mm256_permutevar8x32_epi32(half, cast(places));
                m2 = u32::from(avx512f._mm256_cmpgt_epi32_mask(cast(amounts), limits));
            }
            let (low, high) = (m1 << 16 | m0, m3 << 16 | m2);
            u64::from(high) << 32 | u64::from(low)
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let codes: __m512i = cast(*codes);
            [
                self.avx512bw._mm512_test_epi8_mask(codes, self.avx512f._mm512_set1_epi8(1)),
                self.avx512bw._mm512_test_epi8_mask(codes, self.avx512f._mm512_set1_epi8(2)),
                self.avx512bw._mm512_test_epi8_mask(codes, self.avx512f._mm512_set1_epi8(4)),
            ]
        }
        #[inline(always)]
        fn with_amounts<const EIGHTS: usize>(self, mut bits: Self::Wide, amounts: &[i32; 64]) -> Self::Wide {
            for amounts in amounts.as_chunks::<16>().0.iter().take(EIGHTS.div_ceil(2)) {
                bits = self.avx512f._mm512_or_si512(bits, cast(*amounts));
            }
            bits
        }
        #[inline(always)]
        fn benefits(self, table: &Table, t2: &[u8; 64], t16: &[u8; 64]) -> Option<[u64; 3]> {
            let (avx512bw, avx512f) = (self.avx512bw, self.avx512f);
            let [of_t2, of_t16] = table.map(|table| avx512f._mm512_broadcast_i32x4(cast(table)));
            let (t2, t16) =
                (avx512bw._mm512_shuffle_epi8(of_t2, cast(*t2)), avx512bw._mm512_shuffle_epi8(of_t16, cast(*t16)));
            let sum = avx512bw._mm512_add_epi8(t2, t16);
            let bit = |bit: u8| avx512bw._mm512_test_epi8_mask(sum, cast([bit; 64]));
            Some([avx512bw._mm512_movepi8_mask(sum), bit(IN_PAY), bit(OUT)])
        }
        #[inline(always)]
        fn highest(self, highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            self.avx512bw._mm512_max_epu8(highest, cast(*codes))
        }
        #[inline(always)]
        fn highest_after(self, highest: Self::Wide, codes: &[u8; 64]) -> Self::Wide {
            let up = self.avx512bw._mm512_add_epi8(cast(*codes), cast([1_u8; 64]));
            self.avx512bw._mm512_max_epu8(highest, up)
        }
    }
}
