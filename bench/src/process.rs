//! What processes have used, from `/proc`.

use std::fs;

use anyhow::{Context, Result};

/// Clock ticks in a second (`getconf CLK_TCK`), in which Linux counts CPU time.
const TICKS: f64 = 100.0;

/// CPU time of a process and its children so far, user and system, in seconds.
pub(crate) fn cpu_s(id: u32) -> Result<f64> {
    let own = ticks(id).with_context(|| format!("process {id} is gone"))?;
    let children = children(id)?.into_iter().filter_map(ticks).sum::<f64>();
    Ok((own + children) / TICKS)
}

/// CPU time of processes so far, without children, in seconds; those that are gone count nothing.
pub(crate) fn sum_cpu_s(ids: &[u32]) -> f64 {
    ids.iter().copied().filter_map(ticks).sum::<f64>() / TICKS
}

/// Memory of one process that is resident, in kB.
pub(crate) fn memory_kb(id: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("there is a VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// CPU time the whole machine has spent so far, in seconds.
pub(crate) fn machine_s() -> Result<f64> {
    let stat = fs::read_to_string("/proc/stat")?;
    let numbers = stat.lines().next().context("there is a first line")?;
    let spent: Vec<f64> = numbers
        .split_whitespace()
        .skip(1)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    // user, nice, system, idle, iowait, irq, softirq.
    let busy = [0, 1, 2, 5, 6].map(|at| spent.get(at).copied().unwrap_or_default());
    Ok(busy.iter().sum::<f64>() / TICKS)
}

/// Load average over the last minute.
pub(crate) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split_whitespace().next();
    first
        .and_then(|load| load.parse().ok())
        .unwrap_or(f64::INFINITY)
}

fn children(of: u32) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let id = entry.file_name().to_str().and_then(|id| id.parse().ok());
        if let Some(id) = id
            && stat(id, 1).is_some_and(|parent| parent == f64::from(of))
        {
            found.push(id);
        }
    }
    Ok(found)
}

fn ticks(id: u32) -> Option<f64> {
    Some(stat(id, 11)? + stat(id, 12)?)
}

/// A field of `/proc/…/stat`, counted from the one after the program's name.
fn stat(id: u32, field: usize) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields = stat.rsplit(')').next()?;
    fields.split_whitespace().nth(field)?.parse().ok()
}
