//! Makes what the portal is compiled with: one typed function per message, the help texts, and the table of static files.

mod assets;
mod help;
mod words;

use std::path::{Path, PathBuf};

fn main() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how cargo speaks to build scripts"
    )]
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let out = PathBuf::from(out);
    for folder in ["build", "help", "locales", "templates", "static", "src"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let root = Path::new(".");
    for (name, generated) in [
        ("words.rs", words::generate(root)),
        ("help.rs", help::generate(root)),
    ] {
        match generated {
            Ok(code) => write(&out.join(name), &code),
            Err(problems) => problems
                .iter()
                .for_each(|problem| println!("cargo::error={problem}")),
        }
    }
    assets::generate(Path::new("static"), &out);
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("OUT_DIR can be written");
}

/// All files below `folder`, sorted, so that the same sources always give the same code.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is part of the crate") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is UTF-8 text")
}
