//! Columns of numbers, days and instants in the one width in which cells are read.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int64Array, PrimitiveArray, TimestampMicrosecondArray,
};
use arrow_buffer::i256;

/// A column of one type as one of another. What is beyond the ends of that becomes its end, which the engine refuses by its place:
/// it is not missing.
fn as_other<From, To>(array: &ArrayRef, value: impl Fn(From::Native) -> To::Native) -> Option<PrimitiveArray<To>>
where
    From: ArrowPrimitiveType,
    To: ArrowPrimitiveType,
{
    array.as_primitive_opt::<From>().map(|values| values.unary(value))
}

fn lossless<From, To>(array: &ArrayRef) -> Option<PrimitiveArray<To>>
where
    From: ArrowPrimitiveType,
    To: ArrowPrimitiveType,
    To::Native: std::convert::From<From::Native>,
{
    as_other::<From, To>(array, Into::into)
}

/// Integers of up to 63 bits; none when the column holds something else.
pub(crate) fn integers(array: &ArrayRef) -> Option<Int64Array> {
    lossless::<Int64Type, _>(array)
        .or_else(|| lossless::<Int32Type, _>(array))
        .or_else(|| lossless::<Int16Type, _>(array))
        .or_else(|| lossless::<Int8Type, _>(array))
        .or_else(|| lossless::<UInt32Type, _>(array))
        .or_else(|| lossless::<UInt16Type, _>(array))
        .or_else(|| lossless::<UInt8Type, _>(array))
}

/// Numbers of binary fractions; none when the column holds something else.
pub(crate) fn floats(array: &ArrayRef) -> Option<Float64Array> {
    lossless::<Float64Type, _>(array)
        .or_else(|| lossless::<Float32Type, _>(array))
        .or_else(|| lossless::<Float16Type, _>(array))
}

/// Decimals, and integers of 64 bits, as they are without their point; none when the column holds something else.
pub(crate) fn decimals(array: &ArrayRef) -> Option<Decimal128Array> {
    let end = |value: i256| if value.is_negative() { i128::MIN } else { i128::MAX };
    lossless::<Decimal128Type, _>(array)
        .or_else(|| lossless::<Decimal64Type, _>(array))
        .or_else(|| lossless::<Decimal32Type, _>(array))
        .or_else(|| lossless::<UInt64Type, _>(array))
        .or_else(|| as_other::<Decimal256Type, _>(array, |value| value.to_i128().unwrap_or_else(|| end(value))))
}

/// Days since 1970; none when the column holds something else.
pub(crate) fn days(array: &ArrayRef) -> Option<Date32Array> {
    const MILLIS_OF_A_DAY: i64 = 86_400_000;
    let day = |millis: i64| i32::try_from(millis.div_euclid(MILLIS_OF_A_DAY)).unwrap_or(i32::MAX);
    lossless::<Date32Type, _>(array).or_else(|| as_other::<Date64Type, _>(array, day))
}

/// Microseconds since 1970; none when the column holds something else.
pub(crate) fn instants(array: &ArrayRef) -> Option<TimestampMicrosecondArray> {
    lossless::<TimestampMicrosecondType, _>(array)
        .or_else(|| as_other::<TimestampNanosecondType, _>(array, |nanos| nanos.div_euclid(1_000)))
        .or_else(|| as_other::<TimestampMillisecondType, _>(array, |millis| millis.saturating_mul(1_000)))
        .or_else(|| as_other::<TimestampSecondType, _>(array, |seconds| seconds.saturating_mul(1_000_000)))
}
