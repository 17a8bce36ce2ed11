//! Processor time and memory of processes, from `/proc` (proc(5)).

use anyhow::{Context, Result};
use std::time::Duration;

/// Clock ticks a second: 100 on every Linux that Rust runs on.
const TICKS: u64 = 100;

/// The processor time, user and system, that a process and its ended threads have used.
///
/// # Errors
/// When the process is gone.
pub fn time_of(pid: u32) -> Result<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).context("/proc/PID/stat")?;
    // The name of the program, in brackets, may hold anything: fields are counted behind it.
    let fields: Vec<&str> = stat.rsplit_once(')').context("/proc/PID/stat")?.1.split_whitespace().collect();
    let ticks = |at: usize| -> Result<u64> { Ok(fields.get(at).context("a field is missing")?.parse()?) };
    Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 1_000 / TICKS))
}

/// The processor time of the calling thread, in nanoseconds.
///
/// # Errors
/// When the kernel does not tell.
pub fn time_of_thread() -> Result<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").context("schedstat")?;
    let first = text.split_whitespace().next().context("schedstat")?;
    Ok(Duration::from_nanos(first.parse()?))
}

/// Resident memory of a process, in MiB.
///
/// # Errors
/// When the process is gone.
pub fn resident_mebibytes(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
    let kibibytes: f64 = line.split_whitespace().next().context("VmRSS")?.parse()?;
    Ok(kibibytes / 1_024.0)
}

/// Microseconds of one of `count` equal pieces of work.
pub fn each(total: Duration, count: usize) -> f64 {
    total.as_secs_f64() * 1e6 / count.max(1) as f64
}
