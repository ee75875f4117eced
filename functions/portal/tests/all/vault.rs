//! Numbers are sealed, indexed and authenticated.

use crate::world::ssn;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use ttw_portal::vault::{LocalKeys, Place, Sealed, Vault, VaultError};

const HERE: Place<'static> = Place { partition: "PERSON#a", sort: "TICKET", schema: 1, field: "sealed" };

fn vault() -> Vault {
    Vault::new(LocalKeys::random().unwrap())
}

fn fresh(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("ttw-{name}-{}", std::process::id()));
    let _ = fs::remove_file(&path);
    path
}

#[tokio::test]
async fn sealed_bytes_open_in_their_place_alone() {
    let vault = vault();
    let sealed = vault.seal(b"900123456", &HERE).await.unwrap();
    assert_eq!(vault.open(&sealed, &HERE).await.unwrap().as_slice(), b"900123456");
    for elsewhere in [
        Place { partition: "PERSON#b", ..HERE },
        Place { sort: "TICKET2", ..HERE },
        Place { schema: 2, ..HERE },
        Place { field: "other", ..HERE },
        // The same text, parted elsewhere.
        Place { partition: "PERSON#aT", sort: "ICKET", ..HERE },
    ] {
        assert_eq!(vault.open(&sealed, &elsewhere).await.unwrap_err(), VaultError::NotOurs);
    }
    assert_eq!(self::vault().open(&sealed, &HERE).await.unwrap_err(), VaultError::NotOurs);
}

#[tokio::test]
async fn every_changed_byte_and_every_cut_is_noticed() {
    let vault = vault();
    let sealed = vault.seal(b"900123456", &HERE).await.unwrap();
    let again = vault.seal(b"900123456", &HERE).await.unwrap();
    assert_ne!(sealed.as_bytes(), again.as_bytes());
    assert!(!sealed.as_bytes().windows(9).any(|nine| nine == b"900123456"));
    for place in 0..sealed.as_bytes().len() {
        let mut changed = sealed.as_bytes().to_vec();
        changed[place] ^= 1;
        assert!(vault.open(&Sealed::stored(changed), &HERE).await.is_err(), "byte {place}");
        let cut = sealed.as_bytes()[..place].to_vec();
        assert!(vault.open(&Sealed::stored(cut), &HERE).await.is_err(), "cut at {place}");
    }
}

#[tokio::test]
async fn an_index_is_one_of_the_person_and_of_the_key() {
    let (vault, number) = (vault(), ssn("900-12-3456"));
    let index = vault.blind_index(&number).await.unwrap();
    assert_eq!(index, vault.blind_index(&ssn("900123456")).await.unwrap());
    assert_ne!(index, vault.blind_index(&ssn("900-12-3457")).await.unwrap());
    assert_ne!(index, self::vault().blind_index(&number).await.unwrap());
    assert_eq!(index.as_str().len(), 43);
}

#[tokio::test]
async fn a_keyed_hash_is_of_its_label_and_its_bytes() {
    let vault = vault();
    let mac = vault.mac("token", b"form").await.unwrap();
    assert!(vault.verify("token", b"form", mac.as_bytes()).await.unwrap());
    assert!(!vault.verify("cursor", b"form", mac.as_bytes()).await.unwrap());
    assert!(!vault.verify("toke", b"nform", mac.as_bytes()).await.unwrap());
    assert!(!vault.verify("token", b"forms", mac.as_bytes()).await.unwrap());
    assert!(!vault.verify("token", b"form", &mac.as_bytes()[..31]).await.unwrap());
}

#[tokio::test]
async fn a_key_file_outlives_the_process_and_is_its_owners_alone() {
    let path = fresh("keys");
    assert!(LocalKeys::open(&path).is_err());
    let first = Vault::new(LocalKeys::open_or_create(&path).unwrap());
    let sealed = first.seal(b"900123456", &HERE).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let second = Vault::new(LocalKeys::open_or_create(&path).unwrap());
    assert_eq!(second.open(&sealed, &HERE).await.unwrap().as_slice(), b"900123456");
    let number = ssn("900-12-3456");
    assert_eq!(first.blind_index(&number).await.unwrap(), second.blind_index(&number).await.unwrap());
    for mode in [0o640, 0o604, 0o660, 0o400, 0o700] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(LocalKeys::open_or_create(&path).unwrap_err().contains("chmod 600"), "{mode:o}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    for length in [0, 95, 97] {
        fs::write(&path, vec![7; length]).unwrap();
        assert!(LocalKeys::open(&path).unwrap_err().contains("three keys"), "{length}");
    }
    fs::remove_file(&path).unwrap();
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let vault = vault();
    let sealed = vault.seal(b"900123456", &HERE).await.unwrap();
    let shown = format!("{vault:?} {sealed:?}");
    assert!(!shown.contains("900123456") && !shown.contains("57, 48, 48"), "{shown}");
    assert!(shown.contains("Key(..)"), "{shown}");
}
