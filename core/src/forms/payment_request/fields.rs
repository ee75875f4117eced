//! The fields of an object, by name.

/// Makes a struct with the fields of an object under their own names; no place in a list says which is which.
macro_rules! fields {
    ($(#[$doc:meta])* $fields:ident { $($name:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        struct $fields<'v> {
            $($name: Option<&'v serde_json_borrow::Value<'v>>,)*
        }

        impl<'v> $fields<'v> {
            /// The fields as received; none of what is no object.
            fn of(
                sheet: &mut $crate::forms::Sheet<'_>,
                value: &'v serde_json_borrow::Value<'v>,
                path: &$crate::read::Path<'_>,
            ) -> Option<Self> {
                sheet.object(value, path, &[$(stringify!($name)),*]).map(|[$($name),*]| Self { $($name),* })
            }
        }
    };
}
pub(super) use fields;
