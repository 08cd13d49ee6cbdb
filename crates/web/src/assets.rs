//! The static files, embedded in the binary. Their address changes with their content, so browsers may keep them for ever.

/// One static file.
#[derive(Debug)]
pub struct Asset {
    /// Where browsers ask for it, content hash included.
    pub address: &'static str,
    /// Value of `Content-Type`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file at this address, if it is one of this build.
pub fn find(address: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.address == address)
}

/// Every static file.
pub fn all() -> &'static [Asset] {
    ASSETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_found_at_its_address() {
        let css = find(APP_CSS).expect("embedded");
        assert_eq!(css.media_type, "text/css; charset=utf-8");
        assert!(APP_CSS.starts_with("/static/") && APP_CSS.ends_with("/app.css"));
    }

    #[test]
    fn nothing_is_loaded_from_another_host() {
        for asset in ASSETS {
            let text = std::str::from_utf8(asset.bytes).expect("text");
            let foreign = text.replace("http://www.w3.org/2000/svg", "");
            assert!(
                !foreign.contains("http://") && !foreign.contains("https://"),
                "{}",
                asset.address
            );
        }
    }
}
