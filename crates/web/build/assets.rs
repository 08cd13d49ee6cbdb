//! Writes the table of static files. The style sheets in `static/css` become one `app.css`.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

/// All files share one hash in their address, so modules import each other by relative paths.
pub(crate) fn generate(folder: &Path, out: &Path) {
    let files = collect(folder);
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    let hash = format!("{:016x}", hasher.finish());
    let mut constants = String::new();
    let mut table = String::new();
    for (name, text) in &files {
        let stored = name.replace('/', "-");
        crate::write(&out.join(&stored), text);
        let constant = name.to_uppercase().replace(['/', '.', '-'], "_");
        constants.push_str(&format!(
            "/// Address of `{name}`.\npub const {constant}: &str = \"/static/{hash}/{name}\";\n"
        ));
        table.push_str(&format!(
            "    Asset {{ address: {constant}, media_type: {:?}, bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{stored}\")) }},\n",
            media_type(name)
        ));
    }
    crate::write(
        &out.join("assets.rs"),
        &format!("{constants}\nstatic ASSETS: &[Asset] = &[\n{table}];\n"),
    );
}

/// Address below the hash to content.
fn collect(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let css = crate::files(&folder.join("css"));
    found.insert(
        "app.css".to_owned(),
        css.iter().map(|path| crate::read(path)).collect(),
    );
    for path in crate::files(folder) {
        let name = path
            .strip_prefix(folder)
            .expect("listed below the folder")
            .to_string_lossy()
            .replace('\\', "/");
        if !name.starts_with("css/") {
            found.insert(name, crate::read(&path));
        }
    }
    found
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => panic!("{name}: give its media type in build/assets.rs"),
    }
}
