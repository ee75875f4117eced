//! The instruction sets, behind one small trait: comparisons that end in a mask.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use pulp::NullaryFnOnce;

/// What the kernel needs of a machine beside what the compiler makes of plain loops.
pub(super) trait Isa: Copy + Send + Sync {
    /// Runs a function with the instruction set switched on.
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output;
    /// Which of the first `PARTS` times 16 amounts are above their limits, a bit each.
    fn above<const PARTS: usize>(self, amounts: &[i32; 64], limits: &[i32; 64]) -> u64;
    /// The three lowest bits of 64 codes, a mask each.
    fn planes(self, codes: &[u8; 64]) -> [u64; 3];
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
            Self::Baseline => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => pulp::x86::V3::try_new().is_some(),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => pulp::x86::V4::try_new().is_some(),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => true,
            _ => false,
        }
    }

    /// The widest that this machine has.
    #[must_use]
    pub fn best() -> Self {
        Self::ALL.into_iter().rev().find(|set| set.is_available()).unwrap_or(Self::Baseline)
    }
}

/// Plain code, which the compiler turns into what every machine of a kind has: SSE2 on x86-64, NEON on `AArch64`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plain;

impl Isa for Plain {
    #[inline(always)]
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
        work.call()
    }
    #[inline(always)]
    fn above<const PARTS: usize>(self, amounts: &[i32; 64], limits: &[i32; 64]) -> u64 {
        let mut mask = 0;
        for (amounts, limits) in amounts.as_chunks::<16>().0.iter().zip(limits.as_chunks::<16>().0).take(PARTS).rev() {
            let mut part = 0_u16;
            let mut bit = 1_u16;
            for (amount, limit) in amounts.iter().zip(limits) {
                part |= if amount > limit { bit } else { 0 };
                bit <<= 1;
            }
            mask = mask << 16 | u64::from(part);
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
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Isa, NullaryFnOnce};
    use pulp::cast;
    use pulp::x86::{V3, V4};
    use std::arch::x86_64::{__m128i, __m256i, __m512i};

    /// SSE2, which every x86-64 machine has.
    #[derive(Debug, Clone, Copy)]
    pub(in super::super) struct Sse2(pub pulp::core_arch::x86::Sse2);

    impl Isa for Sse2 {
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            work.call()
        }
        #[inline(always)]
        fn above<const PARTS: usize>(self, amounts: &[i32; 64], limits: &[i32; 64]) -> u64 {
            let sse2 = self.0;
            let mut mask = 0;
            for (amounts, limits) in
                amounts.as_chunks::<16>().0.iter().zip(limits.as_chunks::<16>().0).take(PARTS).rev()
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
                    self.0._mm_slli_epi16::<7>(part),
                    self.0._mm_slli_epi16::<6>(part),
                    self.0._mm_slli_epi16::<5>(part),
                ];
                for (plane, top) in planes.iter_mut().zip(tops) {
                    *plane |=
                        u64::from(self.0._mm_movemask_epi8(top).cast_unsigned()).wrapping_shl(place.wrapping_mul(16));
                }
            }
            planes
        }
    }

    impl Isa for V3 {
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above<const PARTS: usize>(self, amounts: &[i32; 64], limits: &[i32; 64]) -> u64 {
            let avx2 = self.avx2;
            let mut words: [__m256i; 4] = cast([0_u64; 16]);
            let parts = amounts.as_chunks().0.iter().zip(limits.as_chunks().0).take(PARTS);
            for (words, (amounts, limits)) in words.iter_mut().zip(parts) {
                let ([a0, a1], [b0, b1]): ([__m256i; 2], [__m256i; 2]) =
                    (cast::<[i32; 16], _>(*amounts), cast::<[i32; 16], _>(*limits));
                *words = avx2._mm256_packs_epi32(avx2._mm256_cmpgt_epi32(a0, b0), avx2._mm256_cmpgt_epi32(a1, b1));
            }
            // Packing works on the halves of a register: this puts its eight parts in order again.
            let order: __m256i = cast([0_u32, 4, 1, 5, 2, 6, 3, 7]);
            let [w0, w1, w2, w3] = words;
            let mut mask = 0;
            for (low, high) in [(w2, w3), (w0, w1)] {
                let bytes = avx2._mm256_permutevar8x32_epi32(avx2._mm256_packs_epi16(low, high), order);
                mask = mask << 32 | u64::from(avx2._mm256_movemask_epi8(bytes).cast_unsigned());
            }
            mask
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
    }

    impl Isa for V4 {
        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above<const PARTS: usize>(self, amounts: &[i32; 64], limits: &[i32; 64]) -> u64 {
            let mut mask = 0;
            for (amounts, limits) in
                amounts.as_chunks::<16>().0.iter().zip(limits.as_chunks::<16>().0).take(PARTS).rev()
            {
                mask = mask << 16 | u64::from(self.avx512f._mm512_cmpgt_epi32_mask(cast(*amounts), cast(*limits)));
            }
            mask
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
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::Sse2;
