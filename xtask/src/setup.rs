//! `cargo xtask setup`: installs what is missing; quick when everything is there.

use std::fs;

use anyhow::{Result, bail};

use crate::process::{self, command, find, step};
use crate::{postgres, workspace};

/// A Debian package and how to see that it is not needed any more.
struct Package {
    name: &'static str,
    present: fn() -> bool,
}

const PACKAGES: [Package; 5] = [
    Package {
        name: "postgresql",
        present: || postgres::programs().is_ok(),
    },
    Package {
        name: "sqlite3",
        present: || find("sqlite3").is_some(),
    },
    Package {
        name: "chromium",
        present: || find("chromium").is_some(),
    },
    Package {
        name: "baresip-core",
        present: || find("baresip").is_some(),
    },
    Package {
        name: "python3-venv",
        present: || process::succeeds(command("python3").args(["-c", "import ensurepip, venv"])),
    },
];

/// What the load scenarios are compared with, and its database.
const OF_BENCH: [Package; 3] = [
    Package {
        name: "postgresql",
        present: || postgres::programs().is_ok(),
    },
    Package {
        name: "kamailio",
        present: || find("kamailio").is_some(),
    },
    Package {
        name: "kamailio-postgres-modules",
        present: || {
            process::succeeds(command("dpkg").args(["--status", "kamailio-postgres-modules"]))
        },
    },
];

/// A cargo subcommand and the version the settings in this repository were written for.
struct Tool {
    subcommand: &'static str,
    version: &'static str,
}

const NEXTEST: Tool = Tool {
    subcommand: "nextest",
    version: "0.9.151",
};
const DENY: Tool = Tool {
    subcommand: "deny",
    version: "0.20.2",
};

/// A Python package, and the module that shows that it is there.
struct Python {
    name: &'static str,
    package: &'static str,
    module: &'static str,
}

/// The second SIP stack of the tests; runs on Python 3.8 to 3.12.
const PJSUA2: Python = Python {
    name: "pjsua2",
    package: "pjsua2-python==2.15.1",
    module: "pjsua2",
};

/// Asks the API everything that its description allows, and more.
const SCHEMATHESIS: Python = Python {
    name: "schemathesis",
    package: "schemathesis==4.32.5",
    module: "schemathesis",
};

/// What `cargo xtask ci` needs.
pub(crate) fn everything() -> Result<()> {
    for_tests()?;
    install_tool(&DENY)
}

/// What `cargo xtask bench` compares with.
pub(crate) fn for_bench() -> Result<()> {
    install_packages(&OF_BENCH)
}

/// What `cargo xtask test` needs.
pub(crate) fn for_tests() -> Result<()> {
    install_packages(&PACKAGES)?;
    install_tool(&NEXTEST)?;
    install_node_modules()?;
    install_python(&PJSUA2)?;
    install_python(&SCHEMATHESIS)
}

fn install_packages(packages: &[Package]) -> Result<()> {
    let missing = packages.iter().filter(|package| !(package.present)());
    let missing: Vec<_> = missing.map(|package| package.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if find("apt-get").is_none() {
        bail!("install {} with your system's packages", missing.join(", "));
    }
    step("Debian packages", || {
        apt_get(&["update"])?;
        apt_get(
            &[
                &["install", "--yes", "--no-install-recommends"],
                missing.as_slice(),
            ]
            .concat(),
        )
    })
}

fn apt_get(arguments: &[&str]) -> Result<()> {
    let mut apt = if postgres::is_root()? {
        command("env")
    } else {
        command("sudo")
    };
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    process::run(apt.args(arguments))
}

/// Compiled without optimisation, which halves the time: neither tool computes much.
fn install_tool(tool: &Tool) -> Result<()> {
    if process::succeeds(command("cargo").args([tool.subcommand, "--version"])) {
        return Ok(());
    }
    let name = format!("cargo-{}@{}", tool.subcommand, tool.version);
    let mut install = command("cargo");
    install.args(["install", "--debug", "--locked", &name]);
    step(&name, || {
        process::run(install.env("CARGO_PROFILE_DEV_DEBUG", "none"))
    })
}

/// `npm ci` unless it ran since the lock file last changed.
fn install_node_modules() -> Result<()> {
    let folder = workspace::root().join("e2e");
    let lock = modified(&folder.join("package-lock.json"));
    if lock.is_none() || lock < modified(&folder.join("node_modules/.package-lock.json")) {
        return Ok(());
    }
    if find("npm").is_none() {
        bail!("the browser stories need Node.js 20 or newer with npm");
    }
    step("node modules", || {
        process::run(
            command("npm")
                .args(["ci", "--no-fund", "--no-audit"])
                .current_dir(&folder)
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )
    })
}

/// A Python program in an environment of its own below `target/`.
fn install_python(python: &Python) -> Result<()> {
    let folder = workspace::root().join("target").join(python.name);
    let interpreter = folder.join("bin/python");
    let import = format!("import {}", python.module);
    if process::succeeds(command(&interpreter).args(["-c", &import])) {
        return Ok(());
    }
    step(python.name, || {
        let mut venv = command("python3");
        process::run(venv.args(["-m", "venv", "--clear"]).arg(&folder))?;
        let mut pip = command(&interpreter);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        process::run(pip.arg(python.package))
    })
}

fn modified(path: &std::path::Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}
