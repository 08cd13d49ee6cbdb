//! The phones of a user that are logged in, and whether a call would ring.

use model::{User, UserId};
use service::{
    Device, Error,
    reachability::{self, Reachability},
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
    let found = reachability::get(&portal.env, reader.actor(), user).await?;
    Ok((found.user.clone(), told(reader, found)))
}

fn told(reader: &Reader, found: Reachability) -> PhoneView {
    let obstacles = found.obstacles();
    PhoneView {
        has_phone: found.user.desk_phone_type.is_some(),
        is_reachable: obstacles.is_empty(),
        sentence: names::reachability(reader.words(), obstacles.first().copied()),
        devices: found
            .devices
            .into_iter()
            .map(|device| device_view(reader, device))
            .collect(),
    }
}

fn device_view(reader: &Reader, device: Device) -> DeviceView {
    DeviceView {
        name: device.user_agent,
        address: device.address.to_string(),
        transport: device.transport,
        since: format::moment(device.since, &reader.zone(), reader.words().language()),
    }
}
