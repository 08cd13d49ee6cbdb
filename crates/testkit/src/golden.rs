//! Files that show what the code says, to be read when they change.

use std::path::Path;

/// Fails unless the file, named from the root of the repository, holds this. With `KLINKE_GOLDEN=write` it is written.
#[track_caller]
#[expect(
    clippy::disallowed_methods,
    reason = "asked for by hand, not configuration"
)]
pub fn assert_golden(name: &str, actual: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join(name);
    if std::env::var("KLINKE_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(&path, actual).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(actual.lines())
        .find(|(kept, actual)| kept != actual);
    assert!(
        kept == actual,
        "{name} is not what the code says (KLINKE_GOLDEN=write brings it up to date); first difference: {differs:#?}"
    );
}
