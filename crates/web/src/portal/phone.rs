//! The phones of a user that are logged in, and whether a call would ring.

use std::borrow::Cow;

use model::{User, UserId};
use service::{
    Device, Error,
    reachability::{self, Obstacle, Reachability},
};

use super::reader::Reader;
use crate::{
    format, names,
    pages::phone::{DeviceView, PhoneView},
    server::Portal,
};

/// The user, and what the user's phones are like now.
pub(super) async fn view(
    portal: &Portal,
    reader: &Reader,
    user: UserId,
) -> Result<(User, PhoneView), Error> {
    let found = reachability::get(&portal.env, reader.actor(), user, None).await?;
    Ok((found.user.clone(), told(reader, found)))
}

fn told(reader: &Reader, found: Reachability) -> PhoneView {
    PhoneView {
        has_phone: found.user.desk_phone_type.is_some(),
        is_reachable: found.is_reachable(),
        sentence: sentence(reader, &found),
        devices: found
            .devices
            .into_iter()
            .map(|device| device_view(reader, device))
            .collect(),
    }
}

/// Whether the user can be called, in a sentence.
pub(super) fn sentence(reader: &Reader, found: &Reachability) -> Cow<'static, str> {
    let is_reachable = found.is_reachable();
    let first = found.obstacles().first().copied();
    let told = first.map(|first| {
        if is_reachable {
            Obstacle::Forwarded
        } else {
            first
        }
    });
    if told.is_none() && !found.is_now {
        return reader.words().reachable_later();
    }
    names::reachability(reader.words(), told)
}

fn device_view(reader: &Reader, device: Device) -> DeviceView {
    DeviceView {
        name: device.user_agent,
        address: device.address.to_string(),
        transport: device.transport,
        since: format::moment(device.since, &reader.zone(), reader.words().language()),
    }
}
