//! The range of ports that audio comes and goes through, and finding a free one.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Even ports between two ends, both included (RFC 3550 §11); the odd ones stay free for RTCP.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PortRange {
    first: u16,
    last: u16,
}

impl Default for PortRange {
    fn default() -> Self {
        PortRange {
            first: 30_000,
            last: 34_999,
        }
    }
}

/// Why a range is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("ports for audio are written as FIRST-LAST, with FIRST at least 1024 and below LAST")]
pub struct BadRange;

impl FromStr for PortRange {
    type Err = BadRange;

    fn from_str(text: &str) -> Result<Self, BadRange> {
        let (first, last) = text.split_once('-').ok_or(BadRange)?;
        let number = |text: &str| text.trim().parse::<u16>().map_err(|_| BadRange);
        let (first, last) = (number(first)?, number(last)?);
        let first = first.checked_add(first % 2).ok_or(BadRange)?;
        (first >= 1024 && first < last)
            .then_some(PortRange { first, last })
            .ok_or(BadRange)
    }
}

impl PortRange {
    /// The first and the last port.
    #[must_use]
    pub fn ends(self) -> (u16, u16) {
        (self.first, self.last)
    }

    /// How many listeners there can be at once.
    #[must_use]
    pub fn room(self) -> usize {
        usize::from((self.last - self.first) / 2 + 1)
    }

    fn port(self, number: usize) -> u16 {
        let step = u16::try_from(number % self.room()).unwrap_or(0);
        self.first + 2 * step
    }
}

/// Goes round the range, so that a port just freed is not taken at once by another call.
pub(crate) struct Ports {
    range: PortRange,
    next: AtomicUsize,
}

impl Ports {
    pub(crate) fn new(range: PortRange, first: usize) -> Ports {
        let next = AtomicUsize::new(first % range.room());
        Ports { range, next }
    }

    /// A socket at the next free port of this address.
    pub(crate) fn open(&self, local: IpAddr) -> io::Result<UdpSocket> {
        for _ in 0..self.range.room() {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            match bind(local, self.range.port(number)) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(error),
                Ok(socket) => {
                    socket.set_nonblocking(true)?;
                    return Ok(socket);
                }
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }
}

/// An address that phones are told and that is not ours (port forwarding) is reached at any of ours.
fn bind(local: IpAddr, port: u16) -> io::Result<UdpSocket> {
    UdpSocket::bind((local, port)).or_else(|error| match (error.kind(), local) {
        (io::ErrorKind::AddrNotAvailable, IpAddr::V4(_)) => {
            UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port))
        }
        (io::ErrorKind::AddrNotAvailable, IpAddr::V6(_)) => {
            UdpSocket::bind((Ipv6Addr::UNSPECIFIED, port))
        }
        _ => Err(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_or_refused() {
        let range: PortRange = "30000-30009".parse().unwrap();
        assert_eq!(range.room(), 5);
        assert_eq!("30001-30009".parse::<PortRange>().unwrap().room(), 4);
        for bad in ["", "30000", "30009-30000", "80-90", "a-b", "65535-65535"] {
            assert_eq!(bad.parse::<PortRange>(), Err(BadRange), "{bad}");
        }
    }

    #[test]
    fn each_port_is_taken_once_and_again_when_it_is_free() {
        let ports = Ports::new("39990-39995".parse().unwrap(), 1);
        let local: IpAddr = "127.0.0.1".parse().unwrap();
        let mut open: Vec<UdpSocket> = (0..3).map(|_| ports.open(local).unwrap()).collect();
        assert!(ports.open(local).is_err());
        let freed = open.remove(1).local_addr().unwrap();
        assert_eq!(ports.open(local).unwrap().local_addr().unwrap(), freed);
    }
}
