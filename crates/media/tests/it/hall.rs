//! Listeners on virtual time: what goes to whom, and what is heard of them.

use media::{Aim, Codec, FRAME, Hall, ListenerId, Playlist, Sound, What};
use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rtp_types::{RtpPacket, RtpPacketBuilder};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

const PHONE: &str = "192.0.2.10:4000";
const KEYS: u8 = 101;

fn at(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

fn aim(to: &str, codec: Codec) -> Aim {
    let to = Some(at(to));
    let keys = Some(KEYS);
    Aim { to, codec, keys }
}

fn hall() -> Hall {
    Hall::new(StdRng::from_seed([3; 32]))
}

fn listener(hall: &mut Hall, to: &str, codec: Codec) -> ListenerId {
    let signalling: IpAddr = at(to).ip();
    let id = hall.add(signalling);
    hall.aim(id, aim(to, codec));
    id
}

/// A sound whose frames are told apart by their level.
fn steps(levels: &[i16]) -> Arc<Sound> {
    let samples: Vec<i16> = levels.iter().flat_map(|level| [*level; FRAME]).collect();
    Arc::new(Sound::from_samples(&samples))
}

type Sent = Vec<(SocketAddr, Vec<u8>)>;

fn tick(hall: &mut Hall) -> (Sent, Vec<What>) {
    let (mut sent, mut told) = (vec![], vec![]);
    hall.tick(
        |_, to, packet| sent.push((to, packet.to_vec())),
        |happening| told.push(happening.what),
    );
    (sent, told)
}

fn first_sample(packet: &[u8]) -> i16 {
    media::g711::from_a(RtpPacket::parse(packet).unwrap().payload()[0])
}

#[test]
fn announcements_are_played_once_in_order_and_then_the_music_goes_round() {
    let mut hall = hall();
    let id = listener(&mut hall, PHONE, Codec::Alaw);
    let first = vec![steps(&[1000]), steps(&[2000, 3000])];
    let then = Some(steps(&[4000, 5000]));
    hall.play(id, Playlist { first, then });
    let levels: Vec<i16> = (0..7)
        .map(|_| first_sample(&tick(&mut hall).0[0].1) / 900)
        .collect();
    assert_eq!(levels, [1, 2, 3, 5, 4, 5, 4]);
}

#[test]
fn the_end_of_the_announcements_is_told_once_and_silence_follows() {
    let mut hall = hall();
    let id = listener(&mut hall, PHONE, Codec::Alaw);
    let first = vec![steps(&[1000, 2000])];
    hall.play(id, Playlist { first, then: None });
    let told: Vec<usize> = (0..6).map(|_| tick(&mut hall).1.len()).collect();
    assert_eq!(told, [0, 0, 1, 0, 0, 0]);
    assert!(first_sample(&tick(&mut hall).0[0].1).abs() < 20);
}

#[test]
fn all_hear_the_music_at_the_same_place_in_their_own_codec_and_numbering() {
    let mut hall = hall();
    let music = steps(&[1000, 2000, 3000]);
    let playlist = || Playlist {
        first: vec![],
        then: Some(Arc::clone(&music)),
    };
    let anna = listener(&mut hall, PHONE, Codec::Alaw);
    hall.play(anna, playlist());
    tick(&mut hall);
    let bob = listener(&mut hall, "192.0.2.11:4000", Codec::Ulaw);
    hall.play(bob, playlist());
    let (sent, _) = tick(&mut hall);
    let packets: Vec<RtpPacket> = sent
        .iter()
        .map(|(_, p)| RtpPacket::parse(p).unwrap())
        .collect();
    assert_eq!(
        (packets[0].payload_type(), packets[1].payload_type()),
        (8, 0)
    );
    let (a, u) = (packets[0].payload()[0], packets[1].payload()[0]);
    let (a, u) = (media::g711::from_a(a), media::g711::from_u(u));
    assert!((a - u).abs() < 100 && a > 1900, "{a} {u}");
    assert_ne!(packets[0].ssrc(), packets[1].ssrc());
    assert!(!packets[0].marker_bit() && packets[1].marker_bit());
}

#[test]
fn numbers_and_times_go_on_without_gap_through_holding() {
    let mut hall = hall();
    let id = listener(&mut hall, PHONE, Codec::Alaw);
    let of = |hall: &mut Hall| {
        let (sent, _) = tick(hall);
        sent.first().map(|(_, packet)| {
            let packet = RtpPacket::parse(packet).unwrap();
            (
                packet.sequence_number(),
                packet.timestamp(),
                packet.marker_bit(),
            )
        })
    };
    let (sequence, time, _) = of(&mut hall).unwrap();
    let to = None;
    hall.aim(
        id,
        Aim {
            to,
            ..aim(PHONE, Codec::Alaw)
        },
    );
    assert_eq!(of(&mut hall), None, "held: nothing is sent");
    hall.aim(id, aim(PHONE, Codec::Alaw));
    let next = of(&mut hall).unwrap();
    assert_eq!(
        next,
        (sequence.wrapping_add(2), time.wrapping_add(320), true)
    );
}

fn packet(kind: u8, timestamp: u32, payload: &[u8]) -> Vec<u8> {
    let packet = RtpPacketBuilder::<&[u8], &[u8]>::new()
        .payload_type(kind)
        .sequence_number(7)
        .timestamp(timestamp)
        .ssrc(9)
        .payload(payload);
    packet.write_vec().unwrap()
}

#[test]
fn a_key_is_told_once_however_many_packets_it_has() {
    let mut hall = hall();
    let id = listener(&mut hall, PHONE, Codec::Alaw);
    let mut hear = |time: u32, event: u8| {
        let heard = hall.receive(id, at(PHONE), &packet(KEYS, time, &[event, 0x80, 3, 32]));
        heard.map(|heard| heard.what)
    };
    assert_eq!(hear(1000, 5), Some(What::Key('5')));
    assert_eq!(hear(1000, 5), None);
    assert_eq!(hear(5000, 11), Some(What::Key('#')));
    assert_eq!(hear(1000, 5), None, "a late one");
    assert_eq!(hear(9000, 16), None, "a flash is no key");
}

#[test]
fn audio_follows_a_phone_behind_nat_and_nobody_else() {
    let mut hall = hall();
    // The description names an address inside of the phone's network.
    let id = hall.add("203.0.113.5".parse().unwrap());
    hall.aim(id, aim("10.0.0.7:4000", Codec::Alaw));
    let voice = packet(8, 0, &[0xd5; FRAME]);
    let target = |hall: &mut Hall| tick(hall).0[0].0.to_string();
    hall.receive(id, at("198.51.100.66:4000"), &voice);
    assert_eq!(
        target(&mut hall),
        "10.0.0.7:4000",
        "a stranger draws nothing"
    );
    hall.receive(id, at("203.0.113.5:62000"), &packet(13, 0, &[0]));
    assert_eq!(
        target(&mut hall),
        "10.0.0.7:4000",
        "an unknown payload draws nothing"
    );
    hall.receive(id, at("203.0.113.5:61000"), &voice);
    assert_eq!(target(&mut hall), "203.0.113.5:61000");
    hall.receive(id, at("203.0.113.5:62000"), &voice);
    assert_eq!(target(&mut hall), "203.0.113.5:61000", "the first stays");
    hall.aim(id, aim("10.0.0.7:4002", Codec::Alaw));
    assert_eq!(
        target(&mut hall),
        "10.0.0.7:4002",
        "a new description begins anew"
    );
}

#[test]
fn one_who_is_gone_hears_nothing_and_their_successor_is_somebody_else() {
    let mut hall = hall();
    let gone = listener(&mut hall, PHONE, Codec::Alaw);
    hall.remove(gone);
    assert!(tick(&mut hall).0.is_empty());
    let next = listener(&mut hall, PHONE, Codec::Alaw);
    hall.remove(gone);
    assert_eq!(hall.len(), 1);
    hall.remove(next);
    assert!(hall.is_empty());
}

proptest! {
    #[test]
    fn no_packet_harms(bytes: Vec<u8>) {
        let mut hall = hall();
        let id = listener(&mut hall, PHONE, Codec::Alaw);
        hall.receive(id, at(PHONE), &bytes);
        prop_assert_eq!(tick(&mut hall).0.len(), 1);
    }
}
