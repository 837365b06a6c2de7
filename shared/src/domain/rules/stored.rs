//! Numbers as rows keep them: integers, where the wire has strings. For `#[serde(with)]`.

macro_rules! integer {
    ($(#[$doc:meta])* $name:ident, $type:ty, $integer:ty) => {
        $(#[$doc])*
        pub mod $name {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            pub fn serialize<S: Serializer>(value: &$type, serializer: S) -> Result<S::Ok, S::Error> {
                value.get().serialize(serializer)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$type, D::Error> {
                <$integer>::deserialize(deserializer).map(<$type>::new)
            }
        }
    };
}

integer!(
    /// Kopecks.
    kopecks,
    crate::domain::Kopecks,
    i64
);
integer!(
    /// Thousandths of a unit.
    millilitres,
    crate::domain::Millilitres,
    i64
);

/// Kopecks, if there are any.
pub mod kopecks_option {
    use crate::domain::Kopecks;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(value: &Option<Kopecks>, serializer: S) -> Result<S::Ok, S::Error> {
        value.map(Kopecks::get).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Kopecks>, D::Error> {
        Option::<i64>::deserialize(deserializer).map(|value| value.map(Kopecks::new))
    }
}
