//! Processor time, which does not count whoever else is running.

use std::time::Duration;

/// Processor time of this thread; elsewhere than on Linux, the time of the clock since the first call.
#[cfg(target_os = "linux")]
pub fn cpu_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(stat.split(' ').next().unwrap().parse().unwrap())
}

#[cfg(not(target_os = "linux"))]
pub fn cpu_time() -> Duration {
    static BEGAN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
}
