//! The driver on real sockets.

use crate::tone::{heard, share};
use media::{Aim, Codec, Playlist, Studio, What, beep, music};
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::sync::mpsc;
use std::time::Duration;

fn local() -> IpAddr {
    "127.0.0.1".parse().unwrap()
}

fn phone() -> (UdpSocket, SocketAddr) {
    let socket = UdpSocket::bind((local(), 0)).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let at = socket.local_addr().unwrap();
    (socket, at)
}

fn aim(to: SocketAddr) -> Aim {
    Aim {
        to: Some(to),
        codec: Codec::Alaw,
        keys: Some(101),
    }
}

#[test]
fn a_phone_hears_the_tone_and_its_keys_are_heard() {
    let (told, ear) = mpsc::channel();
    let hear = Box::new(move |number, what| told.send((number, what)).unwrap());
    let studio = Studio::start("38000-38099".parse().unwrap(), [1; 32], hear).unwrap();
    let (socket, at) = phone();
    let line = studio.open(5, local(), local()).unwrap();
    assert_eq!(studio.open_ports(), 1);
    line.aim(aim(at));
    line.play(Playlist {
        first: vec![beep()],
        then: None,
    });
    let mut buffer = [0; 500];
    let mut samples = vec![];
    while samples.len() < 1_600 {
        let length = socket.recv(&mut buffer).unwrap();
        let packet = RtpPacket::parse(&buffer[..length]).unwrap();
        let payload = heard(packet.payload());
        // Silence may come first.
        if !samples.is_empty() || payload.iter().any(|sample| sample.abs() > 1000) {
            samples.extend(payload);
        }
    }
    assert!(share(&samples, 880.0) > 0.9);
    assert_eq!(
        ear.recv_timeout(Duration::from_secs(5)).unwrap(),
        (5, What::Played)
    );
    let key = RtpPacketBuilder::<&[u8], &[u8]>::new()
        .payload_type(101)
        .timestamp(1)
        .payload(&[3, 0, 0, 160]);
    socket
        .send_to(&key.write_vec().unwrap(), line.at())
        .unwrap();
    assert_eq!(
        ear.recv_timeout(Duration::from_secs(5)).unwrap(),
        (5, What::Key('3'))
    );
    drop(line);
    assert_eq!(studio.open_ports(), 0);
    assert!(studio.timeliness().read().iter().sum::<u64>() >= 10);
}

#[test]
fn a_port_is_free_again_once_its_line_is_gone() {
    let studio =
        Studio::start("38200-38201".parse().unwrap(), [2; 32], Box::new(|_, _| {})).unwrap();
    let line = studio.open(1, local(), local()).unwrap();
    assert!(studio.open(2, local(), local()).is_err());
    drop(line);
    let again = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        studio.open(3, local(), local()).ok()
    });
    assert!(again.is_some());
}

#[test]
fn our_music_and_words_are_there() {
    let music = music();
    assert_eq!(music.frames(), 800);
    let samples = heard(music.alaw());
    assert!(samples.iter().any(|s| s.abs() > 2000));
    assert!(samples.iter().all(|s| s.abs() < 16_000), "not too loud");
    for voice in [media::Voice::German, media::Voice::English] {
        for spoken in [
            media::Spoken::Welcome,
            media::Spoken::ParkedOn,
            media::Spoken::Figure(7),
        ] {
            assert!(voice.says(spoken).frames() > 15);
        }
    }
}
