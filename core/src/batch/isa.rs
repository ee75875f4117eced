//! The instruction sets, behind one small trait: comparisons that end in a mask, and eight masks side by side.
#![expect(clippy::inline_always, reason = "an instruction set reaches only what is inlined into its entry")]

use pulp::NullaryFnOnce;
use std::array::from_fn;

/// Eight masks, one a ticket.
pub(super) type Eight = [u64; 8];

/// What the kernel needs of a machine.
pub(super) trait Isa: Copy + Send + Sync {
    /// Eight masks in registers.
    type Masks: Copy;

    /// Runs a function with the instruction set switched on.
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output;
    /// Which of 16 amounts are above their limits, a bit each.
    fn above(self, amounts: &[i32; 16], limits: &[i32; 16]) -> u64;
    /// The three lowest bits of 64 codes, a mask each.
    fn planes(self, codes: &[u8; 64]) -> [u64; 3];
    fn load(self, masks: &Eight) -> Self::Masks;
    fn store(self, masks: Self::Masks) -> Eight;
    fn and(self, a: Self::Masks, b: Self::Masks) -> Self::Masks;
    fn or(self, a: Self::Masks, b: Self::Masks) -> Self::Masks;
    fn xor(self, a: Self::Masks, b: Self::Masks) -> Self::Masks;
    /// `a` without `b`.
    fn without(self, a: Self::Masks, b: Self::Masks) -> Self::Masks;
    /// Every month moved to later ones.
    fn later(self, a: Self::Masks, months: u32) -> Self::Masks;
    fn minus(self, a: Self::Masks, b: Self::Masks) -> Self::Masks;

    #[inline(always)]
    fn splat(self, mask: u64) -> Self::Masks {
        self.load(&[mask; 8])
    }
    #[inline(always)]
    fn not(self, a: Self::Masks) -> Self::Masks {
        self.without(self.splat(u64::MAX), a)
    }
    /// The earliest month alone.
    #[inline(always)]
    fn first(self, a: Self::Masks) -> Self::Masks {
        self.and(a, self.minus(self.splat(0), a))
    }
    /// Every month from the earliest on.
    #[inline(always)]
    fn since(self, a: Self::Masks) -> Self::Masks {
        self.or(a, self.minus(self.splat(0), a))
    }
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

#[inline(always)]
fn each(a: Eight, b: Eight, f: impl Fn(u64, u64) -> u64) -> Eight {
    let mut masks = a;
    masks.iter_mut().zip(b).for_each(|(a, b)| *a = f(*a, b));
    masks
}

impl Isa for Plain {
    type Masks = Eight;

    #[inline(always)]
    fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
        work.call()
    }
    #[inline(always)]
    fn above(self, amounts: &[i32; 16], limits: &[i32; 16]) -> u64 {
        let mut bit = 1_u32;
        let mut mask = 0_u32;
        for (amount, limit) in amounts.iter().zip(limits) {
            mask |= if amount > limit { bit } else { 0 };
            bit <<= 1;
        }
        u64::from(mask)
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
    fn load(self, masks: &Eight) -> Eight {
        *masks
    }
    #[inline(always)]
    fn store(self, masks: Eight) -> Eight {
        masks
    }
    #[inline(always)]
    fn and(self, a: Eight, b: Eight) -> Eight {
        each(a, b, |a, b| a & b)
    }
    #[inline(always)]
    fn or(self, a: Eight, b: Eight) -> Eight {
        each(a, b, |a, b| a | b)
    }
    #[inline(always)]
    fn xor(self, a: Eight, b: Eight) -> Eight {
        each(a, b, |a, b| a ^ b)
    }
    #[inline(always)]
    fn without(self, a: Eight, b: Eight) -> Eight {
        each(a, b, |a, b| a & !b)
    }
    #[inline(always)]
    fn later(self, a: Eight, months: u32) -> Eight {
        a.map(|mask| mask.wrapping_shl(months))
    }
    #[inline(always)]
    fn minus(self, a: Eight, b: Eight) -> Eight {
        each(a, b, u64::wrapping_sub)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Eight, Isa, NullaryFnOnce, from_fn};
    use pulp::cast;
    use pulp::x86::{V3, V4};
    use std::arch::x86_64::{__m128i, __m256i, __m512i};

    /// SSE2, which every x86-64 machine has.
    #[derive(Debug, Clone, Copy)]
    pub(in super::super) struct Sse2(pub pulp::core_arch::x86::Sse2);

    type Four<T> = [T; 4];

    impl Sse2 {
        #[inline(always)]
        fn each(a: Four<__m128i>, b: Four<__m128i>, f: impl Fn(__m128i, __m128i) -> __m128i) -> Four<__m128i> {
            let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a, b);
            [f(a0, b0), f(a1, b1), f(a2, b2), f(a3, b3)]
        }
    }

    impl Isa for Sse2 {
        type Masks = Four<__m128i>;

        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            work.call()
        }
        #[inline(always)]
        fn above(self, amounts: &[i32; 16], limits: &[i32; 16]) -> u64 {
            let (a, b): (Four<__m128i>, Four<__m128i>) = (cast(*amounts), cast(*limits));
            let [m0, m1, m2, m3] = Self::each(a, b, |a, b| self.0._mm_cmpgt_epi32(a, b));
            let (low, high) = (self.0._mm_packs_epi32(m0, m1), self.0._mm_packs_epi32(m2, m3));
            u64::from(self.0._mm_movemask_epi8(self.0._mm_packs_epi16(low, high)).cast_unsigned())
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let parts: Four<__m128i> = cast(*codes);
            let mask = |shifted: Four<__m128i>| {
                let [a, b, c, d] = shifted.map(|part| u64::from(self.0._mm_movemask_epi8(part).cast_unsigned()));
                a | b << 16 | c << 32 | d << 48
            };
            [
                mask(parts.map(|part| self.0._mm_slli_epi16::<7>(part))),
                mask(parts.map(|part| self.0._mm_slli_epi16::<6>(part))),
                mask(parts.map(|part| self.0._mm_slli_epi16::<5>(part))),
            ]
        }
        #[inline(always)]
        fn load(self, masks: &Eight) -> Self::Masks {
            cast(*masks)
        }
        #[inline(always)]
        fn store(self, masks: Self::Masks) -> Eight {
            cast(masks)
        }
        #[inline(always)]
        fn and(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            Self::each(a, b, |a, b| self.0._mm_and_si128(a, b))
        }
        #[inline(always)]
        fn or(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            Self::each(a, b, |a, b| self.0._mm_or_si128(a, b))
        }
        #[inline(always)]
        fn xor(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            Self::each(a, b, |a, b| self.0._mm_xor_si128(a, b))
        }
        #[inline(always)]
        fn without(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            Self::each(a, b, |a, b| self.0._mm_andnot_si128(b, a))
        }
        #[inline(always)]
        fn later(self, a: Self::Masks, months: u32) -> Self::Masks {
            let count: __m128i = cast([u64::from(months), 0]);
            a.map(|masks| self.0._mm_sll_epi64(masks, count))
        }
        #[inline(always)]
        fn minus(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            Self::each(a, b, |a, b| self.0._mm_sub_epi64(a, b))
        }
    }

    #[inline(always)]
    fn two(a: [__m256i; 2], b: [__m256i; 2], f: impl Fn(__m256i, __m256i) -> __m256i) -> [__m256i; 2] {
        let ([a0, a1], [b0, b1]) = (a, b);
        [f(a0, b0), f(a1, b1)]
    }

    impl Isa for V3 {
        type Masks = [__m256i; 2];

        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above(self, amounts: &[i32; 16], limits: &[i32; 16]) -> u64 {
            let (a, b): ([__m256i; 2], [__m256i; 2]) = (cast(*amounts), cast(*limits));
            let [low, high] = two(a, b, |a, b| self.avx2._mm256_cmpgt_epi32(a, b));
            let mask =
                |part| u64::from(self.avx._mm256_movemask_ps(self.avx._mm256_castsi256_ps(part)).cast_unsigned());
            mask(low) | mask(high) << 8
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let parts: [__m256i; 2] = cast(*codes);
            let mask = |[low, high]: [__m256i; 2]| {
                u64::from(self.avx2._mm256_movemask_epi8(low).cast_unsigned())
                    | u64::from(self.avx2._mm256_movemask_epi8(high).cast_unsigned()) << 32
            };
            [
                mask(parts.map(|part| self.avx2._mm256_slli_epi16::<7>(part))),
                mask(parts.map(|part| self.avx2._mm256_slli_epi16::<6>(part))),
                mask(parts.map(|part| self.avx2._mm256_slli_epi16::<5>(part))),
            ]
        }
        #[inline(always)]
        fn load(self, masks: &Eight) -> Self::Masks {
            cast(*masks)
        }
        #[inline(always)]
        fn store(self, masks: Self::Masks) -> Eight {
            cast(masks)
        }
        #[inline(always)]
        fn and(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            two(a, b, |a, b| self.avx2._mm256_and_si256(a, b))
        }
        #[inline(always)]
        fn or(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            two(a, b, |a, b| self.avx2._mm256_or_si256(a, b))
        }
        #[inline(always)]
        fn xor(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            two(a, b, |a, b| self.avx2._mm256_xor_si256(a, b))
        }
        #[inline(always)]
        fn without(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            two(a, b, |a, b| self.avx2._mm256_andnot_si256(b, a))
        }
        #[inline(always)]
        fn later(self, a: Self::Masks, months: u32) -> Self::Masks {
            let count: __m128i = cast([u64::from(months), 0]);
            a.map(|masks| self.avx2._mm256_sll_epi64(masks, count))
        }
        #[inline(always)]
        fn minus(self, a: Self::Masks, b: Self::Masks) -> Self::Masks {
            two(a, b, |a, b| self.avx2._mm256_sub_epi64(a, b))
        }
    }

    impl Isa for V4 {
        type Masks = __m512i;

        #[inline(always)]
        fn run<F: NullaryFnOnce>(self, work: F) -> F::Output {
            self.vectorize(work)
        }
        #[inline(always)]
        fn above(self, amounts: &[i32; 16], limits: &[i32; 16]) -> u64 {
            u64::from(self.avx512f._mm512_cmpgt_epi32_mask(cast(*amounts), cast(*limits)))
        }
        #[inline(always)]
        fn planes(self, codes: &[u8; 64]) -> [u64; 3] {
            let codes: __m512i = cast(*codes);
            from_fn(|place| self.avx512bw._mm512_test_epi8_mask(codes, self.avx512f._mm512_set1_epi8(1 << place)))
        }
        #[inline(always)]
        fn load(self, masks: &Eight) -> __m512i {
            cast(*masks)
        }
        #[inline(always)]
        fn store(self, masks: __m512i) -> Eight {
            cast(masks)
        }
        #[inline(always)]
        fn and(self, a: __m512i, b: __m512i) -> __m512i {
            self.avx512f._mm512_and_si512(a, b)
        }
        #[inline(always)]
        fn or(self, a: __m512i, b: __m512i) -> __m512i {
            self.avx512f._mm512_or_si512(a, b)
        }
        #[inline(always)]
        fn xor(self, a: __m512i, b: __m512i) -> __m512i {
            self.avx512f._mm512_xor_si512(a, b)
        }
        #[inline(always)]
        fn without(self, a: __m512i, b: __m512i) -> __m512i {
            self.avx512f._mm512_andnot_si512(b, a)
        }
        #[inline(always)]
        fn later(self, a: __m512i, months: u32) -> __m512i {
            self.avx512f._mm512_sll_epi64(a, cast([u64::from(months), 0]))
        }
        #[inline(always)]
        fn minus(self, a: __m512i, b: __m512i) -> __m512i {
            self.avx512f._mm512_sub_epi64(a, b)
        }
    }
}

#[cfg(target_arch = "x86_64")]
pub(super) use x86::Sse2;
