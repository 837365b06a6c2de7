//! How far each person has read.

use crate::domain::UserId;
use crate::domain::ids::TicketId;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::get;
use crate::table::key;
use crate::table::write::Values;

impl Table {
    /// How many messages of each of these tickets a person has seen, in their order.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn seen_of_tickets(&self, tickets: &[TicketId], by: UserId) -> Result<Vec<u32>, StoreError> {
        let keys: Vec<_> = tickets.iter().map(|id| key::ticket_seen(*id, by)).collect();
        let mut rows = self.batch(&keys).await?;
        keys.iter().map(|key| rows.take(key).map_or(Ok(0), |row| get(&row, "seen"))).collect()
    }

    /// A person has seen so many messages of a ticket; fewer than before changes nothing.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn ticket_seen(&self, ticket: TicketId, by: UserId, messages: u32) -> Result<(), StoreError> {
        let values = Values::none().with("seen", messages);
        let further = "attribute_not_exists(#seen) OR #seen < :seen";
        let key = key::ticket_seen(ticket, by);
        self.update_in(&self.cabinet, &key, "SET #seen = :seen", further, values).await.map(|_| ())
    }
}
