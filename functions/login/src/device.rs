//! What a device is recognised by.

use oktan_shared::auth::Keys;
use oktan_shared::domain::UserId;
use oktan_shared::http::Origin;
use std::net::IpAddr;

/// A keyed fingerprint of the browser's family and of the network it came from, one person's own: it says nothing to
/// who reads the row, and nothing about others. An update of the browser or another address of the same network does
/// not make a new device.
pub fn fingerprint(keys: &Keys, user: UserId, origin: &Origin) -> String {
    let family: String = origin.device.chars().filter(|c| !c.is_ascii_digit() && *c != '.').collect();
    let mac = keys.mac("device", &[user.get().as_bytes(), family.as_bytes(), &network(&origin.address)]);
    let mut short = [0; 16];
    short.copy_from_slice(&mac[..16]);
    format!("{:032x}", u128::from_be_bytes(short))
}

/// The first 24 bits of an IPv4 address, 48 of an IPv6 one.
fn network(address: &str) -> Vec<u8> {
    match address.parse() {
        Ok(IpAddr::V4(v4)) => v4.octets()[..3].to_vec(),
        Ok(IpAddr::V6(v6)) => v6.octets()[..6].to_vec(),
        Err(_) => address.as_bytes().to_vec(),
    }
}
