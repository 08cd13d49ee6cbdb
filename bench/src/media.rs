//! 500 listeners hear music on loopback: how late the packets go out, and what each costs.

use std::{
    net::{IpAddr, Ipv4Addr, UdpSocket},
    time::Duration,
};

use anyhow::Result;
use media::{Aim, Codec, LATE_MS, Line, Playlist, PortRange, Studio};

use crate::{process, report::Report};

const LISTENERS: u64 = 500;
const SECONDS: u64 = 30;
/// Later ones are heard as gaps.
const LATE: u64 = 20;

/// Measures this process: sending is all it does.
pub(crate) fn measure(report: &mut Report) -> Result<()> {
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let before = process::memory_kb(std::process::id())?;
    let studio = Studio::start(PortRange::default(), [7; 32], Box::new(|_, _| {}))?;
    // Nobody reads: what the kernel drops was sent all the same.
    let phone = UdpSocket::bind((local, 0))?;
    let lines: Result<Vec<Line>> = (0..LISTENERS)
        .map(|number| {
            let line = studio.open(number, local, local)?;
            line.aim(Aim {
                to: Some(phone.local_addr()?),
                codec: Codec::Alaw,
                keys: Some(101),
            });
            let then = Some(media::music());
            let first = Vec::new();
            line.play(Playlist { first, then });
            Ok(line)
        })
        .collect();
    let lines = lines?;
    let cpu = process::cpu_s(std::process::id())?;
    std::thread::sleep(Duration::from_secs(SECONDS));
    let cpu = process::cpu_s(std::process::id())? - cpu;
    let memory = process::memory_kb(std::process::id())? - before;
    let counts = studio.timeliness().read();
    drop(lines);
    let in_time = LATE_MS.iter().take_while(|end| **end <= LATE).count();
    let sent: u64 = counts.iter().sum();
    let late: u64 = counts[in_time..].iter().sum();
    report.line(
        &format!("music for {LISTENERS} listeners, {SECONDS} s"),
        &format!("{late} of {sent} packets later than {LATE} ms"),
        "99.9 % within 20 ms",
    );
    let each = 1000.0 * cpu / f64::from(u32::try_from(LISTENERS * SECONDS)?);
    let kb = memory / f64::from(u32::try_from(LISTENERS)?);
    report.line(
        "the same, for each listener",
        &format!("{each:.3} ms CPU a second, {kb:.1} kB"),
        "",
    );
    Ok(())
}
