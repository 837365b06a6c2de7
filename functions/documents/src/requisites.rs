//! OKTAN as it stands in documents.

/// Its name.
pub const NAME: &str = "НК «ОКТАН»";
/// Where documents are signed.
pub const PLACE: &str = "г. Ставрополь";
