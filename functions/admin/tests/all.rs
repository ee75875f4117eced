//! ttw-admin from outside.

#[cfg(test)]
mod all {
    mod bad_rows;
    mod coverage;
    mod formats;
    mod memory;
    mod resume;
    mod table;
}
