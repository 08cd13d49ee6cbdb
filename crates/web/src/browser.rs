//! What a browser calls itself, in short: enough to recognise the own one.

/// Browsers by a piece of their `User-Agent`; the first that fits counts, since each also claims to be those below it.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Browser and system, where they are known.
pub(crate) fn short(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    (find(&BROWSERS, user_agent), find(&SYSTEMS, user_agent))
}

fn find(known: &[(&str, &'static str)], user_agent: &str) -> Option<&'static str> {
    let found = known.iter().find(|(piece, _)| user_agent.contains(piece));
    found.map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_recognised_among_those_it_claims_to_be() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                    Safari/537.36 Edg/140.0.0.0";
        assert_eq!(short(edge), (Some("Edge"), Some("Windows")));
        let phone = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                     Mobile Safari/537.36";
        assert_eq!(short(phone), (Some("Chrome"), Some("Android")));
        assert_eq!(short("curl/8.0"), (None, None));
    }
}
