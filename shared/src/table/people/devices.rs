//! Signing in, and the devices it came from.

use crate::domain::ids::WriteId;
use crate::domain::notice::Event;
use crate::domain::people::Person;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::Json;
use crate::table::key;
use crate::table::notices::Notice;
use crate::table::outbox::{self, Intent};
use crate::table::sessions::Session;
use crate::table::write::{Values, Write};
use std::net::IpAddr;

/// Devices that are remembered; the oldest is forgotten.
const DEVICES_MAX: usize = 20;

impl Table {
    /// Begins a session of a person whose password was right, if the person has not changed meanwhile. A device that they
    /// never signed in from is remembered by its fingerprint and, unless it is their first, told by mail.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when they have changed.
    pub async fn sign_in(&self, person: &Person, session: &Session, device: &str) -> Result<(), StoreError> {
        let (key, now) = (key::user(person.id), session.created_at);
        let values = Values::none().with("version", person.version).with("now", now);
        let unmoved = "#version = :version";
        let mut write = Write::default().create(self, session.row());
        if person.known_devices.iter().any(|known| known == device) {
            write = write.update(self, &key, "SET #last_signed_in_at = :now", unmoved, values);
        } else {
            let kept = person.known_devices.len().saturating_add(1).saturating_sub(DEVICES_MAX);
            let mut devices: Vec<_> = person.known_devices.iter().skip(kept).cloned().collect();
            devices.push(device.to_owned());
            let update = "SET #last_signed_in_at = :now, #known_devices = :devices";
            write = write.update(self, &key, update, unmoved, values.with("devices", Json(devices)));
            if person.last_signed_in_at.is_some() {
                // What no address is, is not repeated.
                let address = session.address.parse::<IpAddr>().map(|address| address.to_string());
                let event = Event::NewDevice { address: address.unwrap_or_default() };
                let told = Intent::Notice(Notice::to_people(vec![person.id], event, now));
                write = write.mail(self, outbox::row(&told, now));
            }
        }
        self.commit(write, WriteId::new(session.id.get())).await.map_err(|outcome| outcome.into_error())
    }
}
